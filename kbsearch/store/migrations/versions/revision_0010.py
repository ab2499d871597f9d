"""Make the vault of originals, and the audit log that only grows."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0010"
down_revision = "0009"

_TEXTS = ("at", "actor", "action", "object", "detail", "key", "previous", "hash")
_SQLITE = {
    "update": "UPDATE ON audit",
    "delete": "DELETE ON audit",
    # INSERT OR REPLACE deletes a row without the trigger above.
    "replace": "INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)",
}
_POSTGRESQL = {
    "change": "UPDATE OR DELETE ON audit FOR EACH ROW",
    "truncate": "TRUNCATE ON audit FOR EACH STATEMENT",
}


def upgrade(op: Operations) -> None:
    """Make both tables, empty; nothing that is there is touched."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "vault",
        sa.Column(
            "ticket_id",
            sa.Integer,
            sa.ForeignKey("tickets.id", name="vault_ticket_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("field", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("nonce", sa.LargeBinary, nullable=False),
        sa.Column("ciphertext", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("sequence", number, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
    )
    if op.get_bind().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'audit only grows'); END"
        triggers = _SQLITE
    else:
        op.execute(
            "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'audit only grows'; END $$"
        )
        refuse = "EXECUTE FUNCTION audit_only_grows()"
        triggers = _POSTGRESQL
    for name, change in triggers.items():
        op.execute(f"CREATE TRIGGER audit_no_{name} BEFORE {change} {refuse}")
