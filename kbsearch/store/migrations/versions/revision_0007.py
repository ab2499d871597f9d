"""Say of a deleted ticket when its texts and values were removed."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0007"
down_revision = "0006"


def upgrade(op: Operations) -> None:
    """Add the column; nothing was ever purged."""
    op.add_column("tickets", sa.Column("purged_at", sa.DateTime(timezone=True)))
