"""Keep of a ticket who wrote, why it was closed, its files and its messages."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0008"
down_revision = "0007"


def upgrade(op: Operations) -> None:
    """Add the columns, which rewrites no row, and the table of messages."""
    for name in ("resolution_from", "close_reason", "requester"):
        op.add_column("tickets", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in ("agents", "attachments"):
        op.add_column("tickets", sa.Column(name, sa.JSON, nullable=False, server_default="[]"))
    op.create_table(
        "messages",
        sa.Column(
            "ticket_id",
            sa.Integer,
            sa.ForeignKey("tickets.id", name="messages_ticket_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True)),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
