"""Tickets go: found no more at once, gone for good after thirty days, or today."""

from collections.abc import Sequence
from dataclasses import dataclass

from kbsearch.errors import DeletionUnconfirmed, OperatorError
from kbsearch.progress import Progress, silent
from kbsearch.records.audit import AuditAction, Entry
from kbsearch.records.ticket import StoredTicket
from kbsearch.services.service import Service
from kbsearch.store.deleted import KEPT, Gone

_MANY = 0.01
"""The part of the tickets that may be deleted without saying how many it is; one always may."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """Tickets that were deleted.

    note  what of them may still be seen, and why, "" if nothing.
    """

    tickets: tuple[Gone, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """Tickets that were deleted and are back.

    note  why they cannot be found yet, "" if they can.
    """

    tickets: tuple[StoredTicket, ...]
    note: str = ""


class Deletion(Service):
    """Deletes tickets, restores them and purges them."""

    def delete(
        self, references: Sequence[str], source: str | None = None, *, agreed: int | None = None
    ) -> Deleted:
        """Delete these tickets, all or none; they are found no more when this returns.

        agreed  how many a person said they would be, None if no one said anything.

        Raises DeletionUnconfirmed, TicketNotFound, or InputError if several sources have one.
        """

        def check(number: int, total: int) -> None:
            is_small = agreed is None and number <= max(1, total * _MANY)
            if not is_small and agreed != number:
                raise DeletionUnconfirmed(
                    f"Nothing was changed. That would delete {number:,} of {total:,} tickets;"
                    f" if you mean these, add --yes {number}"
                )

        gone = self._parts.store.delete_many(references, source, check, entry=self._deleted)
        return Deleted(tuple(gone), self._left_of(gone))

    def undelete(self, references: Sequence[str], source: str | None = None) -> BroughtBack:
        """Bring deleted tickets back as they were, all or none.

        Raises TicketNotFound, TicketDeleted if one is purged, TicketNotDeleted, or InputError if
        several sources have one.
        """
        back = self._parts.store.undelete_many(
            references, source, entry=lambda back: self._of(AuditAction.UNDELETE, back)
        )
        wait = self._parts.index.apply_now([one.id for one in back])
        return BroughtBack(tuple(back), f"They can be found later. {wait}." if wait else "")

    def erase(
        self,
        references: Sequence[str],
        source: str | None = None,
        *,
        agreed: int | None = None,
        progress: Progress = silent,
    ) -> Deleted:
        """Purge these tickets now, deleted already or not, all or none.

        Raises as `delete` does, and DeletionUnconfirmed also for one ticket: nothing brings it
        back. Raises OperatorError if they are deleted, but something of them is left.
        """

        def check(number: int, total: int) -> None:
            if agreed != number:
                raise DeletionUnconfirmed(
                    f"Nothing was changed. That would remove {number:,} of {total:,} tickets, and"
                    f" nothing brings them back; if you mean these, add --yes {number}"
                )

        gone = self._parts.store.delete_many(
            references, source, check, again=True, entry=self._deleted
        )
        try:
            self._purge([one.id for one in gone], progress)
        except OperatorError as error:
            raise type(error)(
                "They are deleted and found no more, but their texts are not all removed yet;"
                f" run the command again. {error}"
            ) from error
        return Deleted(tuple(gone))

    def is_due(self) -> bool:
        """Tell whether `purge_due` has anything to do."""
        return bool(self._due()) or self._parts.store.owes_rewriting()

    def purge_due(self, progress: Progress = silent) -> int:
        """Purge what was deleted over thirty days ago; return how many tickets that were."""
        return self._purge(self._due(), progress)

    def _due(self) -> list[int]:
        return self._parts.store.deleted_before(self._parts.clock() - KEPT)

    def _purge(self, ids: Sequence[int], progress: Progress) -> int:
        """Remove tickets from the index first, so that what is broken off is done again."""
        if ids:
            self._parts.index.forget_deleted(progress)
        return self._parts.store.purge(
            ids, entry=lambda purged: self._entry(AuditAction.PURGE, tickets=purged, ids=[*ids])
        )

    def _deleted(self, gone: Sequence[Gone]) -> Entry:
        return self._of(AuditAction.DELETE, gone)

    def _of(self, action: AuditAction, tickets: Sequence[Gone | StoredTicket]) -> Entry:
        """Return what the audit log says of these tickets: one by its name, all by their ids."""
        names = {f"{one.source}:{one.reference}" for one in tickets}
        name = names.pop() if len(names) == 1 else ""
        return self._entry(action, name, tickets=len(tickets), ids=[one.id for one in tickets])

    def _left_of(self, gone: Sequence[Gone]) -> str:
        """Let the index forget these; return what may be seen of them until it could."""
        wait = self._parts.index.apply_now([one.id for one in gone])
        if not wait:
            return ""
        return f"No search shows them; how many tickets it found may be too many yet. {wait}."
