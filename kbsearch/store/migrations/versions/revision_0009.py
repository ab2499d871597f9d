"""Keep the texts of a ticket as they came, where these differ."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0009"
down_revision = "0008"


def upgrade(op: Operations) -> None:
    """Add the table; of tickets that are there already no one knows how their texts came."""
    op.create_table(
        "raw_texts",
        sa.Column(
            "ticket_id",
            sa.Integer,
            sa.ForeignKey("tickets.id", name="raw_texts_ticket_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("field", sa.Text, primary_key=True),
        sa.Column("message", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
    )
