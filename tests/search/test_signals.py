"""What the store knows moves hits a few places, and says so."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.plan import ScoredDoc
from kbsearch.messages.message import render
from kbsearch.records.outcome import TrackRecord
from kbsearch.search.signals import (
    WEIGHTS,
    RankedHit,
    SignalWeights,
    merit,
    ranked,
    signals,
    wilson_lower,
)
from kbsearch.store.facts import TicketFeatures

NOW = datetime(2026, 7, 1, tzinfo=UTC)
PLAIN = TicketFeatures()
FRESH = SignalWeights(recent=0.05, half_life=180)


def tried(solved: int, times: int, *, failed_here: bool = False) -> TicketFeatures:
    return TicketFeatures(record=TrackRecord(solved, times), failed_here=failed_here)


def order(scored: list[ScoredDoc], facts: dict[int, TicketFeatures]) -> list[int]:
    """Return the ids of the tickets, the best first."""
    return [one.scored.ticket_id for one in ranked(scored, facts, NOW)]


def sentences(
    facts: TicketFeatures, weights: SignalWeights = WEIGHTS, *, solved: bool = False
) -> list[str]:
    given = signals(facts, 10.0, NOW, weights, solved=solved)
    return [render(signal.message) for signal in given]


@pytest.mark.parametrize(
    ("successes", "trials", "low"),
    [(1, 1, 0.2065), (0, 3, 0.0), (5, 10, 0.2366), (81, 263, 0.2553), (1000, 1000, 0.9962)],
)
def test_the_lower_bound_is_that_of_wilson(successes: int, trials: int, low: float) -> None:
    assert wilson_lower(successes, trials) == pytest.approx(low, abs=5e-5)


def test_the_better_and_the_surer_a_rate_the_more_it_gives() -> None:
    records = [(0, 1), (1, 2), (0, 0), (1, 1), (3, 4), (7, 8), (70, 80), (80, 80)]
    merits = [merit(TrackRecord(*pair)) for pair in records]
    assert all(one < other for one, other in pairwise(merits))


def test_one_success_lifts_as_much_as_one_failure_lowers() -> None:
    assert merit(TrackRecord(1, 1)) == pytest.approx(-merit(TrackRecord(0, 1)))


def test_a_fix_that_helped_passes_one_whose_words_fit_little_better() -> None:
    scored = [ScoredDoc(1, 10.0), ScoredDoc(2, 9.6)]
    assert order(scored, {1: PLAIN, 2: tried(7, 8)}) == [2, 1]


def test_no_record_makes_up_for_words_that_fit_much_worse() -> None:
    scored = [ScoredDoc(1, 10.0), ScoredDoc(2, 8.0)]
    assert order(scored, {1: PLAIN, 2: tried(10_000, 10_000)}) == [1, 2]
    helped = {1: tried(0, 1), 2: tried(40, 40)}
    assert order([ScoredDoc(1, 10.0), ScoredDoc(2, 7.0, solved=True)], helped) == [1, 2]


def test_a_ticket_that_says_what_to_do_passes_its_like_that_does_not() -> None:
    scored = [ScoredDoc(1, 10.0), ScoredDoc(2, 9.9, solved=True)]
    assert order(scored, {}) == [2, 1]
    assert [one.scored.ticket_id for one in ranked(scored, None, NOW)] == [1, 2]


def test_what_failed_in_this_call_stands_behind_the_others_whatever_it_did_elsewhere() -> None:
    scored = [ScoredDoc(1, 10.0), ScoredDoc(2, 4.0), ScoredDoc(3, 1.0)]
    facts = {1: tried(99, 100, failed_here=True), 2: PLAIN, 3: tried(0, 9)}
    assert order(scored, facts) == [2, 3, 1]
    assert sentences(facts[1]) == ["it did not help in this call"]


def test_every_signal_says_what_it_is() -> None:
    facts = TicketFeatures(NOW - timedelta(days=3), TrackRecord(7, 8))
    assert sentences(facts, FRESH, solved=True) == [
        "worked in 7 of 8 calls",
        "it says what solved the problem",
        "it is 3 days old",
    ]


def test_half_a_life_later_a_ticket_gains_half_as_much() -> None:
    ages = [timedelta(0), timedelta(days=180), timedelta(days=-1)]
    shares = [
        signals(TicketFeatures(created_at=NOW - age), 10.0, NOW, FRESH)[0].share for age in ages
    ]
    assert shares == [0.5, 0.25, 0.5]


@pytest.mark.parametrize(
    "facts",
    [PLAIN, TicketFeatures(created_at=datetime(1998, 1, 1, tzinfo=UTC))],
    ids=["nothing is known", "it is old"],
)
def test_what_moves_nobody_is_not_said(facts: TicketFeatures) -> None:
    assert sentences(facts, FRESH) == []


def test_a_list_without_words_keeps_its_order() -> None:
    newest = [ScoredDoc(9, 0.0), ScoredDoc(3, 0.0), ScoredDoc(5, 0.0)]
    assert ranked(newest, {5: tried(9, 9)}, NOW) == [RankedHit(one, (), 0.0) for one in newest]


def test_a_ticket_of_which_nothing_is_known_keeps_its_score() -> None:
    assert ranked([ScoredDoc(1, 0.75)], {}, NOW) == [RankedHit(ScoredDoc(1, 0.75), (), 0.75)]
    assert ranked([], {}, NOW) == []


def test_equals_stand_by_their_ids() -> None:
    assert order([ScoredDoc(7, 2.0), ScoredDoc(3, 2.0), ScoredDoc(5, 2.0)], {5: PLAIN}) == [3, 5, 7]


shares = st.lists(st.floats(0, 50, width=32), min_size=1, max_size=8)
records = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(
    lambda pair: TrackRecord(pair[0], sum(pair))
)
known = st.builds(TicketFeatures, st.none(), records, st.booleans())


@given(st.lists(st.tuples(shares, known), min_size=1, max_size=8))
def test_the_parts_add_up_to_the_total_and_the_totals_fall(
    found: list[tuple[list[float], TicketFeatures]],
) -> None:
    scored = [ScoredDoc(i, math.fsum(given), tuple(given)) for i, (given, _) in enumerate(found)]
    result = ranked(scored, {i: facts for i, (_, facts) in enumerate(found)}, NOW, FRESH)
    for one in result:
        parts = [*one.scored.shares, *(signal.share for signal in one.signals)]
        assert one.total == math.fsum(reversed(parts))
    totals = [one.total for one in result]
    assert totals == sorted(totals, reverse=True)
    assert sorted(one.scored.ticket_id for one in result) == list(range(len(found)))
