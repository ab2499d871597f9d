"""Which ticket a reference means, among those of that reference in any spelling and source."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Connection, func, select

from kbsearch.errors import InputError, TicketNotFound, shown
from kbsearch.names import spellings, tidy
from kbsearch.store.tables import TicketRow

_NAMED = 6
"""References that a sentence names at most."""
_MOST_NEAR = 3
"""References that are near to one that no ticket has."""


class Referenced(Protocol):
    """What has a reference and a source."""

    @property
    def id(self) -> int:
        """Ours."""

    @property
    def reference(self) -> str:
        """What the source calls it."""

    @property
    def source(self) -> str:
        """Where it came from."""


Found = TypeVar("Found", bound=Referenced)


class Lookup(Generic[Found]):
    """Finds among these what a reference means."""

    def __init__(self, held: Iterable[Found]) -> None:
        self._held: defaultdict[str, list[Found]] = defaultdict(list)
        for one in held:
            self._held[one.reference].append(one)

    def the_one(self, reference: str, source: str | None) -> Found | None:
        """Return the one that is meant, None if none of these is.

        Raises InputError if several sources have it.
        """
        meant = self._meant(reference, source)
        if len(meant) > 1:
            sources = ", ".join(one.source for one in meant)
            raise InputError(
                f'Several sources have a ticket "{shown(reference)}": {sources}; name one.'
            )
        return meant[0] if meant else None

    def _meant(self, reference: str, source: str | None) -> list[Found]:
        """Return those of the likeliest spelling that any has, in that source or in all."""
        sources = [None] if source is None else [source, tidy(source)]
        for spelling in spellings(reference):
            held = self._held.get(spelling, [])
            for name in sources:
                if meant := [one for one in held if name in {None, one.source}]:
                    return meant
        return []


def not_found(reference: str, source: str | None, near: Sequence[str] = ()) -> TicketNotFound:
    """Return the error for a reference that means no ticket.

    near  what it may be spelt as instead.
    """
    where = f' from "{shown(source)}"' if source is not None else ""
    hint = f"did you mean {' or '.join(map(shown, near))}?" if near else "check the reference."
    return TicketNotFound(f'There is no ticket "{shown(reference)}"{where}; {hint}')


def each(references: Iterable[str], find: Callable[[str], Found]) -> list[Found]:
    """Return what the references mean, each once.

    Raises TicketNotFound, naming all of which `find` raises it.
    """
    found: dict[int, Found] = {}
    missing: dict[str, TicketNotFound] = {}
    for reference in dict.fromkeys(references):
        try:
            one = find(reference)
        except TicketNotFound as error:
            missing[reference] = error
        else:
            found[one.id] = one
    if missing:
        raise _all_of(missing, alone=not found)
    return list(found.values())


def _all_of(missing: dict[str, TicketNotFound], *, alone: bool) -> TicketNotFound:
    (_, first), *others = missing.items()
    if not others and alone:
        return first
    sentence = f"Nothing was changed. {first}"
    if others:
        names = ", ".join(f'"{shown(name)}"' for name, _ in others[:_NAMED])
        more = ", ..." if len(others) > _NAMED else ""
        sentence += f" The same holds for {len(others):,} more: {names}{more}"
    return type(first)(sentence)


def spelt_otherwise(connection: Connection, reference: str) -> list[str]:
    """Return the first references that differ in case, hyphens and blanks only."""
    asked, stored = reference, func.upper(TicketRow.reference)
    for mark in ("-", " ", "_"):
        asked, stored = asked.replace(mark, ""), func.replace(stored, mark, "")
    alike = select(TicketRow.reference).where(
        stored == asked.upper(), TicketRow.deleted_at.is_(None)
    )
    return [*connection.scalars(alike.order_by(TicketRow.reference).distinct().limit(_MOST_NEAR))]
