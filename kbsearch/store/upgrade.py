"""The migrations, run by alembic on a connection of ours."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kbsearch.errors import StoreUnavailable
from kbsearch.store.tables import VERSION_TABLE

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory


def upgrade(connection: Connection, revision: str | None, place: str) -> None:
    """Bring the tables from this revision to the newest, inside the caller's transaction.

    revision  None for an empty database.

    Raises StoreUnavailable if no migration of ours knows the revision.
    """
    # Imported here: it takes longer than all else that opening an existing store does.
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    scripts = migration_scripts()
    known = [script.revision for script in scripts.walk_revisions()]
    if revision is not None and revision not in known:
        raise StoreUnavailable(
            f"{place} was made by a newer kbsearch (its tables are at {revision}, this one knows"
            f" them up to {known[0]}); install that kbsearch."
        )
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    steps = list(scripts.iterate_revisions("head", revision or "base"))
    for step in reversed(steps):
        # Handed over rather than taken from `alembic.op`, which all threads share.
        step.module.upgrade(Operations(context))
        context.stamp(scripts, step.revision)


def migration_scripts() -> "ScriptDirectory":
    """Return the migrations that come with kbsearch."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    return ScriptDirectory(Path(__file__).parent / "migrations")
