"""Say of each ticket by which rules it was masked."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0011"
down_revision = "0010"


def upgrade(op: Operations) -> None:
    """Add the column; the tickets that are there were masked by none."""
    op.add_column("tickets", sa.Column("rules", sa.Text, nullable=False, server_default=""))
    op.create_index("tickets_rules", "tickets", ["rules", "purged_at"])
