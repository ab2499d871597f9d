"""The base of every service."""

from kbsearch.records.actor import Actor
from kbsearch.records.audit import AuditAction, Entry
from kbsearch.services.parts import Parts


class Service:
    """What one actor may do with the parts of a knowledge base."""

    def __init__(self, parts: Parts, actor: Actor) -> None:
        """Serve `actor`."""
        self._parts = parts
        self._actor = actor

    def _entry(self, action: AuditAction, what: str = "", /, **detail: object) -> Entry:
        """Return what the audit log says of something that this actor does."""
        return Entry(self._actor, action, what, detail)

    def _record(self, action: AuditAction, what: str = "", /, **detail: object) -> None:
        """Add a row to the audit log, or refuse what would follow: raises KeysUnusable."""
        self._parts.store.audit.record(self._entry(action, what, **detail))
