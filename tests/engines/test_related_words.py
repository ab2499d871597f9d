"""What readings that find nothing of their own do to an answer, in every engine."""

from dataclasses import replace

import pytest

from kbsearch.engines.base import IndexSnapshot, SearchEngine, View
from kbsearch.engines.plan import Clause, Plan
from tests.engines.desk import Listed, asking, ids, reading, ticket

VIEW = View.INTERNAL
SUBJECTS = (
    "Order refused at the till, no refund",
    "Order declined at the till, no refund",
    "Refund declined by the bank",
    "Refund refused by the bank",
    "Spam in the folder",
    "Junk mail comes through",
    "A wallet vanished",
)


@pytest.fixture
def index(engine: SearchEngine) -> IndexSnapshot:
    held = [ticket(number, subject=subject) for number, subject in enumerate(SUBJECTS, start=1)]
    engine.rebuild(VIEW, Listed(held, 1))
    return engine.snapshot(VIEW)


def related(words: str, *others: str) -> Plan:
    """Return a plan in which others are related to the first of the words."""
    plan = asking(words)
    first, *rest = plan.clauses
    more = tuple(reading(other, weight=0.2) for other in others)
    return replace(plan, clauses=(Clause(first.word, first.readings, more), *rest))


def test_a_related_word_moves_the_tickets_that_are_found(index: IndexSnapshot) -> None:
    words = "refused till order refund bank"
    plain = index.search(asking(words), limit=40, explain=True)
    moved = index.search(related(words, "declined"), limit=40, explain=True)
    gained = {one.ticket_id: one.shares[0] for one in moved.scored}
    declined = {number for number, one in enumerate(SUBJECTS, start=1) if "declined" in one}
    for one in plain.scored:
        if one.ticket_id in declined:
            assert one.shares[0] == 0 < gained[one.ticket_id]
        else:
            assert one.shares[0] == pytest.approx(gained[one.ticket_id])
    for found in moved.scored:
        assert sum(found.shares) == pytest.approx(found.score, rel=1e-5)


def test_a_related_word_finds_nothing(index: IndexSnapshot) -> None:
    plain, moved = (
        index.search(plan, limit=99) for plan in (asking("wallet"), related("wallet", "junk"))
    )
    assert ids(moved) == ids(plain) == [7]
    assert moved.total == plain.total


def test_a_related_word_that_gives_less_than_what_was_typed_counts_nothing(
    index: IndexSnapshot,
) -> None:
    plain, moved = (
        index.search(plan, limit=20, explain=True)
        for plan in (asking("spam"), related("spam", "folder"))
    )
    assert [one.score for one in moved.scored] == pytest.approx([one.score for one in plain.scored])
