"""Reading and checking the audit log."""

from collections.abc import Iterator

from kbsearch.privacy.chain import Link, Verdict
from kbsearch.services.service import Service


class Auditing(Service):
    """Shows and checks what was done."""

    def newest(self, limit: int) -> list[Link]:
        """Return the newest rows, the last one first."""
        return self._parts.store.audit.newest(limit)

    def rows(self) -> Iterator[dict[str, object]]:
        """Stream all rows as they are stored, with what binds each to the one before."""
        return (link._asdict() for link in self._parts.store.audit.rows())

    def verify(self) -> Verdict:
        """Check the whole log. Raises KeysUnusable if there are no keys to do so."""
        return self._parts.store.audit.verify()
