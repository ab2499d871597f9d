"""Make the index by which the tickets of a customer are found."""

from alembic.operations import Operations

revision = "0005"
down_revision = "0004"


def upgrade(op: Operations) -> None:
    """Make the index; tickets without a customer take no room in it."""
    key = "customer_reference"
    for mark in "- ./_#":
        key = f"replace({key}, '{mark}', '')"
    op.execute(
        f"CREATE INDEX tickets_customer ON tickets (lower({key}), customer_reference, created_at,"
        " deleted_at)"
        " WHERE customer_reference <> '' AND deleted_at IS NULL"
    )
