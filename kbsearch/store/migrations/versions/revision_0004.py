"""Make the table of calls, with a row for each call that has said something so far."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0004"
down_revision = "0003"


def upgrade(op: Operations) -> None:
    """Make the table and fill it."""
    op.create_table(
        "calls",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute(
        "INSERT INTO calls (id, started_at, last_at)"
        " SELECT call, min(at), max(at) FROM outcomes WHERE call IS NOT NULL GROUP BY call"
    )
