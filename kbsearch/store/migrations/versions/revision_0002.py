"""Make the tables of what calls say of tickets, and of its sums."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0002"
down_revision = "0001"


def upgrade(op: Operations) -> None:
    """Make the two tables."""
    op.create_table(
        "outcomes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column(
            "ticket_id",
            sa.Integer,
            sa.ForeignKey("tickets.id", name="outcomes_ticket_id"),
            nullable=False,
        ),
        sa.Column("solved", sa.Boolean, nullable=False),
        sa.Column("call", sa.Text),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("call", "ticket_id", name="outcomes_call_ticket"),
    )
    op.create_table(
        "track_records",
        sa.Column(
            "ticket_id",
            sa.Integer,
            sa.ForeignKey("tickets.id", name="track_records_ticket_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("solved", sa.Integer, nullable=False),
        sa.Column("tried", sa.Integer, nullable=False),
    )
