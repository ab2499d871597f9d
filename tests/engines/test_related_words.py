"""What every engine knows of words that are used alike, and what they do to an answer."""

from dataclasses import replace

import pytest

from kbsearch.engines.base import IndexSnapshot, SearchEngine, View
from kbsearch.engines.plan import Clause, Plan
from kbsearch.records.history import Mark
from tests.engines.alike import SURROUNDINGS, alike_tickets
from tests.engines.desk import Listed, asking, ids, reading, saved, ticket

VIEW = View.INTERNAL


@pytest.fixture
def index(engine: SearchEngine) -> IndexSnapshot:
    """Tickets of words that are used alike, and one that came later."""
    engine.rebuild(VIEW, Listed(alike_tickets(), 1))
    engine.apply(VIEW, saved(ticket(500, "A wallet vanished")), after=1, mark=Mark(2))
    return engine.snapshot(VIEW)


def related(words: str, *others: str) -> Plan:
    """Return a plan in which others are related to the first of the words."""
    plan = asking(words)
    first, *rest = plan.clauses
    more = tuple(reading(other, weight=0.2) for other in others)
    return replace(plan, clauses=(Clause(first.word, first.readings, more), *rest))


@pytest.mark.parametrize(("one", "other"), SURROUNDINGS)
def test_an_engine_knows_who_is_used_like_whom(index: IndexSnapshot, one: str, other: str) -> None:
    assert other in [found.word for found in index.lexicon.related(one)]
    assert one in [found.word for found in index.lexicon.related(other)]


def test_a_word_that_came_later_is_used_like_none(index: IndexSnapshot) -> None:
    assert index.lexicon.count("wallet") == 1
    assert index.lexicon.related("wallet") == []


def test_a_related_word_moves_the_tickets_that_are_found(index: IndexSnapshot) -> None:
    """Of the tickets about till and order some are declined, and none is refused."""
    words = "refused till order refund bank"
    plain = index.search(asking(words), limit=40, explain=True)
    moved = index.search(related(words, "declined"), limit=40, explain=True)
    gained = {one.ticket_id: one.shares[0] for one in moved.scored}
    declined = {ticket.id for ticket in alike_tickets() if "declined" in ticket.subject}
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
    assert ids(moved) == ids(plain) == [500]
    assert moved.total == plain.total


def test_a_related_word_that_gives_less_than_what_was_typed_counts_nothing(
    index: IndexSnapshot,
) -> None:
    plain, moved = (
        index.search(plan, limit=20, explain=True)
        for plan in (asking("spam"), related("spam", "folder"))
    )
    assert [one.score for one in moved.scored] == pytest.approx([one.score for one in plain.scored])
