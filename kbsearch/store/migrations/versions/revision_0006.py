"""Give the store an identity, by which an index knows whose it is."""

import secrets

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0006"
down_revision = "0005"


def upgrade(op: Operations) -> None:
    """Add the column to the one row, with a random value."""
    op.add_column("counter", sa.Column("identity", sa.Text, nullable=False, server_default=""))
    counter = sa.table("counter", sa.column("identity", sa.Text))
    op.execute(sa.update(counter).values(identity=secrets.token_hex(16)))
