"""What every engine tells of words that stand together, and whom it keeps in an answer."""

from dataclasses import replace

import numpy as np
import pytest

from kbsearch.engines.base import IndexSnapshot, SearchEngine, View
from kbsearch.engines.memory import MemoryEngine
from kbsearch.engines.plan import Phrase
from kbsearch.records.history import Mark
from tests.engines.desk import (
    WORDS,
    Listed,
    asking,
    gone,
    ids,
    phrase,
    saved,
    ticket,
    tickets,
)

VIEW = View.INTERNAL
HELD = (
    ticket(1, "The jam is of paper"),
    ticket(2, "The paper jam is back"),
    ticket(3, "Paper jam, paper jam"),
    ticket(4, "The screen is black"),
)


@pytest.fixture
def index(engine: SearchEngine) -> IndexSnapshot:
    """Four tickets, of which the last came later and the third is gone."""
    engine.rebuild(VIEW, Listed(HELD[:3], 1))
    engine.apply(VIEW, saved(HELD[3]), after=1, mark=Mark(2))
    engine.apply(VIEW, gone(3), after=2, mark=Mark(3))
    return engine.snapshot(VIEW)


@pytest.mark.parametrize(
    ("words", "count"),
    [("paper jam", 1), ("jam paper", 0), ("jam", 2), ("screen jam", 0), ("submarine jam", 0)],
)
def test_tickets_with_terms_side_by_side_are_counted(
    index: IndexSnapshot, words: str, count: int
) -> None:
    assert index.counts([phrase(words)]) == [count]


def test_tickets_with_terms_anywhere_are_counted_in_the_same_call(index: IndexSnapshot) -> None:
    asked = [phrase(words) for words in ("jam paper", "jam back", "paper", "screen jam", "jam jam")]
    anywhere = [one._replace(unordered=True) for one in asked]
    assert index.counts([*anywhere, *asked]) == [2, 1, 2, 0, 2, 0, 0, 2, 0, 0]


def test_a_pair_puts_the_ticket_first_that_has_it_side_by_side(index: IndexSnapshot) -> None:
    plain = asking("paper jam back screen")
    paired = replace(plain, pairs=(phrase("paper jam"), phrase("jam screen")))
    first, *others = index.search(paired, limit=9, explain=True).scored
    assert first.ticket_id == 2
    assert [one > 0 for one in first.together] == [True, False]
    assert sum((*first.shares, *first.together)) == pytest.approx(first.score, rel=1e-5)
    assert all(one.together == (0.0, 0.0) for one in others)


def test_a_pair_adds_nothing_to_what_is_found(index: IndexSnapshot) -> None:
    paired = replace(asking("screen"), pairs=(phrase("paper jam"),))
    assert index.search(paired, limit=9) == replace(
        index.search(asking("screen"), limit=9),
        scored=tuple(one._replace(together=(0.0,)) for one in index.search(paired, limit=9).scored),
    )


def test_terms_that_go_together_lift_each_other(engine: SearchEngine) -> None:
    held = ["printer tray"] * 6 + ["modem router"] * 6 + ["invoice"] * 40
    engine.rebuild(VIEW, Listed([ticket(*pair) for pair in enumerate(held, start=1)], 1))
    terms, context = phrase("printer modem").terms, phrase("tray router submarine").terms
    found = engine.snapshot(VIEW).lifts(terms, context)
    assert found.shape == (2, 3)
    assert found[0, 0] > 0 > found[0, 1]
    assert found[1, 1] > 0 > found[1, 0]


def test_all_engines_tell_the_same(engine: SearchEngine) -> None:
    reference = MemoryEngine()
    for one in (reference, engine):
        one.rebuild(VIEW, Listed(tickets(120, seed=3), 1))
        one.apply(VIEW, saved(*(ticket(n, "paper jam") for n in (7, 130))), after=1, mark=Mark(2))
    ours, theirs = engine.snapshot(VIEW), reference.snapshot(VIEW)
    terms = [phrase(word).terms[0] for word in WORDS[:20]]
    assert np.allclose(ours.lifts(terms, terms[:8]), theirs.lifts(terms, terms[:8]), atol=0.02)
    pairs = tuple(Phrase((one, other)) for one in terms[:6] for other in terms[:6] if one != other)
    asked = [*pairs, *(pair._replace(unordered=True) for pair in pairs)]
    assert ours.counts(asked) == theirs.counts(asked)
    plan = replace(asking("printer jams tray paper"), pairs=pairs)
    mine, other = (one.search(plan, limit=9, solved=9) for one in (ours, theirs))
    assert ids(mine) == ids(other)
    assert [one.ticket_id for one in mine.solved] == [one.ticket_id for one in other.solved]
    assert [one.score for one in mine.scored] == pytest.approx([one.score for one in other.scored])
