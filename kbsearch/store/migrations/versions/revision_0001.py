"""Make the tables of tickets, their change log and its counter."""

from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0001"
down_revision = None


def upgrade(op: Operations) -> None:
    """Make the tables, and the one row of the counter."""
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("deleted_at", _time()),
        *map(_text, ("reference", "source", "kind", "audience", "status", "product", "category")),
        *map(_text, ("language", "customer_reference", "channel")),
        *(sa.Column(name, _time()) for name in ("created_at", "updated_at", "resolved_at")),
        sa.Column("tags", sa.JSON, nullable=False),
        *map(_text, ("subject", "problem", "environment", "cause", "resolution")),
        sa.UniqueConstraint("reference", "source", name="tickets_reference_source"),
    )
    op.create_table(
        "changes",
        sa.Column("sequence", _long(), primary_key=True, autoincrement=False),
        sa.Column(
            "ticket_id",
            sa.Integer,
            sa.ForeignKey("tickets.id", name="changes_ticket_id"),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer, nullable=False),
        _text("action"),
        sa.Column("at", _time(), nullable=False),
    )
    counter = op.create_table(
        "counter",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last_ticket", sa.Integer, nullable=False),
        sa.Column("last_sequence", _long(), nullable=False),
    )
    op.bulk_insert(counter, [{"id": 1, "last_ticket": 0, "last_sequence": 0}])


def _text(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Text, nullable=False)


def _time() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _long() -> "sa.types.TypeEngine[int]":
    # SQLite keys its rows by a column of the type INTEGER, and by no other.
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")
