"""What a series of changes makes of the tickets: worked out first, then written at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from kbsearch.errors import ReferenceTaken, TicketInvalid
from kbsearch.names import is_storable, tidy
from kbsearch.records.masking import MaskedTicket, Masking
from kbsearch.records.message import Message
from kbsearch.records.places import with_texts
from kbsearch.records.raw_text import RawText, raw_texts
from kbsearch.records.ticket import FIELDS, StoredTicket, TicketFields, content_of
from kbsearch.store import raw, threads, vault
from kbsearch.store.deleted import Gone
from kbsearch.store.keyring import StoreKeys
from kbsearch.store.merge import (
    DEFAULT_SOURCE,
    Key,
    is_older,
    key_of,
    merge,
    part_of,
    same_content,
    tidied,
)
from kbsearch.store.rows import COLUMNS, KEPT_IN_ROW, portions, ticket_of, values_of
from kbsearch.store.tables import ChangeRow, CounterRow, TicketRow
from kbsearch.store.vault import Originals

WITHHELD = "!"
"""What the rules of a ticket end with if a text of it could not be masked and is withheld."""


class Outcome(StrEnum):
    """What saving made of a ticket.

    OLDER    what was given is older than what is stored, so nothing changed.
    DELETED  the ticket was deleted and stays so.
    """

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one row, and which ticket it is.

    emptied  the fields that held something before.
    """

    outcome: Outcome
    ticket_id: int
    emptied: tuple[str, ...] = ()


class ChangeAction(StrEnum):
    """What the change log says became of a ticket."""

    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class TicketState:
    """A ticket as the store holds it, masked, deleted or not.

    rules      the version of the rules that it was masked by, see `TicketRow`.
    originals  what the vault has of it; only a batch that saves reads them.
    """

    ticket: StoredTicket
    deleted_at: datetime | None = None
    purged_at: datetime | None = None
    rules: str = ""
    originals: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def original(self) -> StoredTicket:
        """The ticket as it was before it was masked."""
        return with_texts(self.ticket, self.originals)

    @property
    def gone(self) -> Gone | None:
        """What is still said of it if it was deleted."""
        if self.deleted_at is None:
            return None
        ticket = self.ticket
        return Gone(ticket.id, ticket.reference, ticket.source, self.deleted_at, self.purged_at)


def states(connection: Connection, rows: Sequence[Row[Any]]) -> list[TicketState]:
    """Return the whole tickets of rows that were selected by COLUMNS."""
    messages = threads.read(connection, [row.id for row in rows])
    tickets = [ticket_of(row, messages.get(row.id, ())) for row in rows]
    return [
        TicketState(ticket, row.deleted_at, row.purged_at, row.rules)
        for ticket, row in zip(raw.with_raw(connection, tickets), rows, strict=True)
    ]


class Batch:
    """Changes to tickets, in order. Nothing is written before `write`.

    Ids and sequences come from the one counter row, which a writer keeps locked until it
    commits: so they become visible in order, without gaps, and no id is given twice.
    """

    def __init__(
        self,
        connection: Connection,
        masking: Masking,
        keys: StoreKeys,
        *,
        lock: bool = True,
    ) -> None:
        """Begin inside the caller's transaction; without the lock, the batch cannot be written."""
        self._keys = keys
        self._connection = connection
        self._masking = masking
        self._now = datetime.now(UTC)
        counter = select(CounterRow.last_ticket, CounterRow.last_sequence)
        row = connection.execute(counter.with_for_update() if lock else counter).one()
        self._last_ticket: int = row.last_ticket
        self._last_sequence: int = row.last_sequence
        self._held: dict[Key, TicketState] = {}
        self._new: dict[int, TicketState] = {}
        self._changed: dict[int, TicketState] = {}
        self._threads: dict[int, tuple[Message, ...]] = {}
        self._raw: dict[int, tuple[RawText, ...]] = {}
        self._originals: dict[int, Originals] = {}
        self._log: list[dict[str, Any]] = []

    def load(self, references: Iterable[str]) -> None:
        """Read what is held under these references, as they are and tidied, in any source."""
        written = {name for one in references for name in (one, tidy(one))}
        wanted = {reference for reference in written if is_storable(reference)}
        for portion in portions(wanted):
            query = select(*COLUMNS).where(TicketRow.reference.in_(portion))
            self.hold(states(self._connection, self._connection.execute(query).all()))

    def hold(self, held: Sequence[TicketState]) -> list[TicketState]:
        """Take these tickets as loaded, and return them with their originals.

        Raises KeysUnusable.
        """
        ids = [one.ticket.id for one in held]
        originals = vault.read(self._connection, self._keys, ids)
        known = [replace(one, originals=originals.get(one.ticket.id, {})) for one in held]
        self._held |= {(one.ticket.source, one.ticket.reference): one for one in known}
        return known

    def live(self) -> list[StoredTicket]:
        """Return the loaded tickets that are not deleted, by source."""
        held = [self._held[key] for key in sorted(self._held)]
        return [one.ticket for one in held if one.gone is None]

    def gone(self) -> list[Gone]:
        """Return what is still said of the loaded tickets that are deleted, by source."""
        return [gone for key in sorted(self._held) if (gone := self._held[key].gone)]

    def save(self, given: TicketFields, *, force_older: bool = False) -> Saved:
        """Merge these fields onto what is held; raises TicketInvalid.

        force_older  also if they are older than that.
        """
        given = self._masking.without_cards(self._named(given))
        held = self._held.get(key_of(given))
        before = held.original if held else None
        if held and held.gone:
            return Saved(Outcome.DELETED, held.ticket.id)
        given = part_of(before, given)
        if before and not force_older and is_older(given, before):
            return Saved(Outcome.OLDER, before.id)
        masked = self._masking.mask(merge(before, given, now=self._now))
        if held is None:
            self._last_ticket += 1
            self._put(self._state(masked, self._last_ticket, 1), ChangeAction.ADDED)
            return Saved(Outcome.NEW, self._last_ticket)
        number, revision = held.ticket.id, held.ticket.revision
        if same_content(held.ticket, masked.ticket):
            self._keep(self._state(masked, number, revision))
            return Saved(Outcome.UNCHANGED, number)
        self._put(self._state(masked, number, revision + 1), ChangeAction.CHANGED)
        emptied = [
            one for one in FIELDS if getattr(before, one) and not getattr(masked.ticket, one)
        ]
        return Saved(Outcome.CHANGED, number, tuple(emptied))

    def _state(self, masked: MaskedTicket, number: int, revision: int) -> TicketState:
        content: dict[str, Any] = dict(zip(FIELDS, content_of(masked.ticket), strict=True))
        ticket = StoredTicket(**content, raw=masked.ticket.raw, id=number, revision=revision)
        rules = self._masking.version + (WITHHELD if masked.withheld else "")
        return TicketState(ticket, rules=rules, originals=masked.originals)

    def create(self, given: TicketFields, *, in_any_source: bool = False) -> None:
        """Save a new ticket; only the spellings of its reference were loaded.

        It was created now unless it says otherwise, and resolved now if it says how.

        in_any_source  refuse a reference that another source has, too.

        Raises TicketInvalid, or ReferenceTaken: a reference stays that of its ticket, deleted or
        not.
        """
        given = tidied(given)
        source, reference = key_of(given)
        for key, held in self._held.items():
            if in_any_source or tidy(key[0]) == source:
                raise _taken(held)
        times = TicketFields(reference=reference, created_at=self._now)
        if given.get("resolution"):
            times["resolved_at"] = self._now
        self.save({**times, **given})

    def delete(self, ticket: StoredTicket) -> Gone:
        """Mark this ticket as deleted."""
        state = self._held[ticket.source, ticket.reference]
        ticket = replace(ticket, revision=ticket.revision + 1)
        self._put(replace(state, ticket=ticket, deleted_at=self._now), ChangeAction.DELETED)
        return Gone(ticket.id, ticket.reference, ticket.source, self._now)

    def undelete(self, gone: Gone) -> StoredTicket:
        """Bring a loaded ticket that is not purged back as it was."""
        held = self._held[gone.source, gone.reference]
        back = replace(held.ticket, revision=held.ticket.revision + 1)
        self._put(replace(held, ticket=back, deleted_at=None), ChangeAction.RETURNED)
        return back

    def remask(self, state: TicketState) -> bool:
        """Mask a held ticket by the rules of today; return whether others see it otherwise then.

        One whose reference is personal gets another.
        """
        held = state.original
        fields = {name: getattr(held, name) for name in (*FIELDS, "raw")}
        original = replace(held, **self._masking.without_cards(cast("TicketFields", fields)))
        try:
            masked = self._masking.mask(original)
        except TicketInvalid:
            renamed = replace(original, reference=f"ticket-{held.id}", source=DEFAULT_SOURCE)
            masked = self._masking.mask(renamed)
        is_same = same_content(state.ticket, masked.ticket)
        revision = state.ticket.revision + (not is_same)
        new = replace(
            self._state(masked, held.id, revision),
            deleted_at=state.deleted_at,
            purged_at=state.purged_at,
        )
        if is_same:
            self._keep(new)
            self._changed[held.id] = new
        else:
            self._put(new, ChangeAction.CHANGED)
        return not is_same

    def ticket(self, given: TicketFields) -> StoredTicket:
        """Return the ticket that these fields were saved to."""
        return self._held[key_of(self._named(given))].ticket

    def write(self) -> None:
        """Write tickets, originals, change log and counter, inside the caller's transaction.

        Raises KeysUnusable if there are originals to seal, and no keys.
        """
        if self._new or self._changed:
            self._write_changes()
        if self._raw:
            raw.write(self._connection, self._raw)
        if self._originals:
            vault.write(self._connection, self._keys, self._originals)

    def _write_changes(self) -> None:
        if self._new:
            self._connection.execute(insert(TicketRow), [_row(held) for held in self._new.values()])
        if self._changed:
            rows = [_row(held) for held in self._changed.values()]
            for row in rows:
                # One that sets its own id makes SQLite look through all tables that refer to it.
                row["key"] = row.pop("id")
            self._connection.execute(_UPDATE, rows)
        if self._threads:
            threads.write(self._connection, self._threads)
        if self._log:
            self._connection.execute(insert(ChangeRow), self._log)
        self._connection.execute(
            update(CounterRow).values(
                last_ticket=self._last_ticket, last_sequence=self._last_sequence
            )
        )

    def _named(self, given: TicketFields) -> TicketFields:
        """Return the fields, tidied; a ticket that is held under an untidy name keeps that."""
        fields, key = tidied(given), key_of(given)
        if key in self._held:
            fields["source"], fields["reference"] = key
        return fields

    def _put(self, held: TicketState, action: ChangeAction) -> None:
        ticket = held.ticket
        key = ticket.source, ticket.reference
        before = self._held[key].ticket.messages if key in self._held else ()
        if ticket.messages != before:
            self._threads[ticket.id] = ticket.messages
        self._keep(held)
        if action is ChangeAction.ADDED or ticket.id in self._new:
            self._new[ticket.id] = held
        else:
            self._changed[ticket.id] = held
        self._last_sequence += 1
        self._log.append(
            {
                "sequence": self._last_sequence,
                "ticket_id": ticket.id,
                "revision": ticket.revision,
                "action": action.value,
                "at": self._now,
            }
        )

    def _keep(self, state: TicketState) -> None:
        """Hold a ticket; write how its texts came, and its originals, if that is not what is."""
        ticket = state.ticket
        held = self._held.get((ticket.source, ticket.reference))
        texts = raw_texts(ticket)
        if texts != (raw_texts(held.ticket) if held else ()):
            self._raw[ticket.id] = texts
        if state.originals != (held.originals if held else {}):
            self._originals[ticket.id] = state.originals
        self._held[ticket.source, ticket.reference] = state


def _taken(held: TicketState) -> ReferenceTaken:
    ticket = held.ticket
    there_is = "there was" if held.gone else "there is"
    gone = ", which was deleted" if held.gone else " already"
    return ReferenceTaken(
        f'{there_is} a ticket "{ticket.reference}" from "{ticket.source}"{gone};'
        " leave the reference out to get a new one."
    )


def _row(held: TicketState) -> dict[str, Any]:
    return values_of(held.ticket) | {
        "deleted_at": held.deleted_at,
        "purged_at": held.purged_at,
        "rules": held.rules,
    }


_WRITTEN = ("revision", "deleted_at", "purged_at", "rules", *KEPT_IN_ROW)
_UPDATE = (
    update(TicketRow)
    .where(TicketRow.id == bindparam("key"))
    .values({name: bindparam(name) for name in _WRITTEN})
)
