"""Personal data: what is masked, and masking again by the rules of today."""

import io
import re
import time
from collections import Counter
from collections.abc import Iterator

from kbsearch.errors import DeletionUnconfirmed, InputError
from kbsearch.privacy.tickets import Found
from kbsearch.privacy.traces import traces
from kbsearch.progress import Progress, Stage, silent
from kbsearch.records.audit import AuditAction
from kbsearch.records.privacy import FoundPiece, MaskingSample, MaskingState, Remasked, Trace
from kbsearch.services.service import Service

_STEP = 200
"""Tickets that are masked in one transaction."""
_PAUSE = 0.02
"""Seconds between two steps, in which others get a turn to write."""
SAMPLED = 2_000
"""Tickets that a sample reads."""
SHOWN = 20
"""Findings of a sample that are shown."""
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_REASON = 5
"""Letters of a reason to show an original."""
_AROUND = 24
"""Characters that are shown before and after a finding."""


class Privacy(Service):
    """Looks after what is masked."""

    def state(self) -> MaskingState:
        """Return how many tickets the rules of today masked, and how many not."""
        remasking = self._parts.store.remasking
        return MaskingState(remasking.counts(), tuple(remasking.withheld(SHOWN)))

    def shows_all(self) -> bool:
        """Tell whether a ticket came before there were rules, so that pages must say so."""
        return self._parts.store.remasking.any_never()

    def sample(self) -> MaskingSample:
        """Return what masking would find in some of the tickets that it would mask."""
        remasking, masking = self._parts.store.remasking, self._parts.masking
        tickets = remasking.sample(SAMPLED)
        kinds: Counter[str] = Counter()
        found: list[Found] = []
        for ticket in tickets:
            mine = list(masking.findings(ticket))
            kinds.update(one.finding.kind for one in mine)
            found += mine[:1]
        due = remasking.counts().due
        some = found[:: max(1, len(found) // SHOWN)][:SHOWN]
        return MaskingSample(due, len(tickets), dict(kinds), tuple(map(_piece, some)))

    def reveal(self, reference: str, reason: str, source: str | None = None) -> dict[str, str]:
        """Return what the texts of a ticket said before they were masked, by their places.

        The audit log has a row of it, with the reason, or it is refused. Cards are in no original.

        Raises InputError if the reason says nothing, TicketNotFound, KeysUnusable or VaultDamaged.
        """
        if len(_LETTER.findall(reason)) < _LEAST_REASON:
            raise InputError("Nothing was shown. Say in words what the original is needed for.")
        ticket = self._parts.store.get(reference, source)
        originals = self._parts.store.vault.originals(ticket.id)
        if originals:
            self._record(
                AuditAction.REVEAL,
                f"{ticket.source}:{ticket.reference}",
                reason=self._parts.masking.text(reason),
                texts=sorted(originals),
            )
        return originals

    def scan(self) -> Iterator[Trace]:
        """Yield where data has card numbers, or originals that only the vault may have.

        It reads every file of the data folder, and of a database elsewhere every row. Names,
        passwords and addresses are not looked for: each may be words of any text.
        """
        parts = self._parts
        sought = frozenset(parts.masking.sought(parts.store.vault.every()))
        for path in sorted(one for one in parts.settings.home.rglob("*") if one.is_file()):
            with path.open("rb") as file:
                yield from (Trace(str(path), *one) for one in traces(file, sought))
        if parts.settings.database_url:
            for table, text in parts.store.streamed():
                row = io.BytesIO(text.encode("utf-8", "replace"))
                yield from (Trace(f"table {table}", *one) for one in traces(row, sought))

    def remask(self, *, agreed: int | None, progress: Progress = silent) -> Remasked:
        """Mask every ticket that the rules of today have not masked; searches go on meanwhile.

        What is broken off is finished by the next call. At the end nothing of the texts before is
        left in the database or in the index, which is rebuilt.

        agreed  how many tickets a person said they would be, None if no one said anything.

        Raises DeletionUnconfirmed, for a card cannot be had back, KeysUnusable or OperatorError.
        """
        remasking = self._parts.store.remasking
        counts = remasking.counts()
        if counts.never and agreed != counts.due:
            raise DeletionUnconfirmed(
                f"Nothing was changed. That would mask {counts.due:,} tickets, and card numbers"
                f" cannot be had back; if you mean these, add --yes {counts.due}"
            )
        last = self._parts.store.audit.last_of(AuditAction.REMASK_BEGUN, AuditAction.REMASK)
        unfinished = last is not None and last.action == AuditAction.REMASK_BEGUN
        if not counts.due and not unfinished:
            return Remasked(0, 0)
        self._record(AuditAction.REMASK_BEGUN, tickets=counts.due)
        done = changed = 0
        for step in self._steps():
            done, changed = done + step[0], changed + step[1]
            progress(Stage.MASKING, done, counts.due)
        if changed or unfinished:  # the index may have texts of the run that was broken off
            self._parts.index.forget_deleted(progress)
        remasking.finish()
        self._record(AuditAction.REMASK, tickets=done, changed=changed)
        return Remasked(done, changed)

    def _steps(self) -> Iterator[tuple[int, int]]:
        after: int | None = 0
        while after is not None:
            step = self._parts.store.remasking.step(after, _STEP)
            yield step.done, step.changed
            after = step.last
            time.sleep(_PAUSE)


def _piece(found: Found) -> FoundPiece:
    text, (start, end, _, mark) = found
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return FoundPiece(before, text[start:end], after, mark)
