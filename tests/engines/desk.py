"""Small words with which the tests write tickets and plans."""

import random
from collections.abc import Iterable, Iterator, Sequence, Sized
from datetime import UTC, datetime
from typing import Any

from kbsearch.analysis.terms import term
from kbsearch.engines.plan import Clause, Phrase, Plan, Reading, TopDocs
from kbsearch.engines.source import Changes, Update
from kbsearch.inverted.field import Field
from kbsearch.records.filters import Filters
from kbsearch.records.history import Mark
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket

WORDS: tuple[str, ...] = tuple(
    """
printer jams tray paper toner screen frozen mouse keyboard laptop battery charger password reset
account locked email outlook calendar sync attachment folder shared drive network cable router modem
signal vpn tunnel certificate expired browser cookies cache page blank error install update restart
driver version licence invoice payment refund order basket colour
""".split()
)
PRODUCTS = ("Tallyfold", "Mailthrush", "Wagefinch", "")
MOMENT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


class Listed:
    """A source of some tickets, of which nothing is known to have changed since a watermark."""

    def __init__(self, tickets: Iterable[StoredTicket], watermark: int, store: str = "") -> None:
        self._tickets = tickets
        self._mark = Mark(watermark, store)

    def mark(self) -> Mark:
        """Return how far these tickets go."""
        return self._mark

    def holds(self, mark: Mark) -> bool:
        """Tell whether a mark is of the same store."""
        return mark.store == self._mark.store

    def count(self) -> int:
        """Return how many tickets there are, 0 if that is not known."""
        return len(self._tickets) if isinstance(self._tickets, Sized) else 0

    def tickets(self) -> Iterable[StoredTicket]:
        """Return all tickets."""
        return self._tickets

    def changes(self, after: Mark) -> Changes | None:
        """Return that there are none."""

    def updates(self, ids: Sequence[int]) -> list[Update]:
        """Return that other tickets than these are gone."""
        return [Update(number, None) for number in ids]


def ticket(number: int, text: str = "", **fields: Any) -> StoredTicket:
    """Return a ticket whose problem is `text`."""
    given: dict[str, Any] = {"reference": f"T-{number}", "problem": text, **fields}
    return StoredTicket(id=number, revision=1, **given)


def tickets(count: int, seed: int) -> Iterator[StoredTicket]:
    """Yield generated tickets, some of their words frequent and some rare."""
    chance = random.Random(seed)
    for number in range(1, count + 1):
        picked = [WORDS[int(len(WORDS) * chance.random() ** 2)] for _ in range(45)]
        yield ticket(
            number,
            " ".join(picked[: chance.randint(4, 40)]),
            subject=" ".join(picked[40:]),
            resolution=" ".join(chance.choices(WORDS, k=chance.randint(0, 30))),
            tags=tuple(chance.sample(WORDS, k=2)),
            product=chance.choice(PRODUCTS),
            status=chance.choice(("open", "Solved")),
        )


def reading(*words: str, weight: float = 1.0, field: Field = Field.TEXT) -> Reading:
    """Return a reading of these words; codes and sounds are given as they are filed."""
    terms = tuple(term(word) if field is Field.TEXT else word for word in words)
    return Reading(ReadingKind.EXACT, terms, weight, " ".join(words), field=field)


def clause(*readings: Reading) -> Clause:
    """Return a word of the query with these readings, the likeliest first."""
    return Clause(readings[0].word, readings)


def asking(words: str) -> Plan:
    """Return a plan with one exact reading for each word."""
    return Plan(tuple(clause(reading(word)) for word in words.split()))


def phrase(words: str) -> Phrase:
    """Return the phrase of these words."""
    return Phrase(tuple(term(word) for word in words.split()))


def listing(**filters: Any) -> Plan:
    """Return a plan that asks for what the filters let pass."""
    return Plan((), filters=Filters(**filters))


def saved(*changed: StoredTicket) -> Sequence[Update]:
    """Return the updates of tickets that were added or changed."""
    return [Update(one.id, one) for one in changed]


def gone(*ids: int) -> Sequence[Update]:
    """Return the updates of tickets that were deleted."""
    return [Update(number, None) for number in ids]


def ids(found: TopDocs) -> list[int]:
    """Return the ids of what was found, in order."""
    return [scored.ticket_id for scored in found.scored]
