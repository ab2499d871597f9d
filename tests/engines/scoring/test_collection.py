"""A collection answers as plain Python does, whatever it leaves out."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.plan import Clause, Plan
from kbsearch.engines.scoring.collection import Collection
from kbsearch.records.filters import Filters
from tests.engines.desk import asking
from tests.engines.reference import Paper, scores
from tests.engines.reference_docs import PLANS, PaperSegment, paper, papers, segments

CUTS = st.integers(0, 24)


@given(papers(), CUTS, CUTS, PLANS)
def test_a_collection_scores_as_plain_python_does(
    held: list[Paper], one: int, two: int, plan: Plan
) -> None:
    answer = Collection(segments(held, one, two)).search(plan, limit=99)
    expected = scores(plan, held)
    assert {one.ticket_id: one.score for one in answer.scored} == pytest.approx(expected, rel=1e-5)
    assert answer.total == len(expected)
    order = [(-one.score, one.ticket_id) for one in answer.scored]
    assert order == sorted(order)


@given(papers(), CUTS, PLANS, st.integers(0, 5))
def test_what_is_skipped_changes_nothing(
    held: list[Paper], cut: int, plan: Plan, limit: int
) -> None:
    everything = Collection(segments(held, cut), lookup=inf).search(plan, limit=99)
    answer = Collection(segments(held, cut), lookup=0).search(plan, limit)
    assert answer.scored == everything.scored[:limit]
    assert answer.total == everything.total


@given(papers(), CUTS, PLANS, st.integers(0, 5))
def test_where_it_is_cut_into_segments_changes_nothing(
    held: list[Paper], cut: int, plan: Plan, limit: int
) -> None:
    one = Collection([PaperSegment(held)]).search(plan, limit)
    assert Collection(segments(held, cut)).search(plan, limit) == one


@given(papers(), CUTS, PLANS)
def test_shares_add_up(held: list[Paper], cut: int, plan: Plan) -> None:
    collection = Collection(segments(held, cut))
    answer = collection.search(plan, limit=99, explain=True)
    for one in answer.scored:
        assert len(one.shares) == len(plan.clauses)
        assert sum(one.shares) == pytest.approx(one.score, rel=1e-5)


@given(papers(), CUTS, PLANS, st.integers(1, 3))
def test_the_best_solved_tickets_score_as_in_the_whole_answer(
    held: list[Paper], cut: int, plan: Plan, limit: int
) -> None:
    collection = Collection(segments(held, cut))
    found = collection.search(plan, limit, explain=True, solved=len(held)).solved
    everything = collection.search(plan, len(held) + 1, explain=True).scored
    expected = (
        [one for one in everything if one.ticket_id % 2 and one.score] if plan.clauses else []
    )
    assert [one.ticket_id for one in found] == [one.ticket_id for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.score == pytest.approx(other.score, rel=1e-5)
        assert (one.shares, one.together) == (other.shares, other.together)


def test_no_more_solved_tickets_are_listed_than_asked_for() -> None:
    held = [paper(number, "ink") for number in range(9)]
    found = Collection([PaperSegment(held)]).search(asking("ink"), 9, solved=2)
    assert [one.ticket_id for one in found.solved] == [1, 3]
    assert Collection([PaperSegment(held)]).search(asking("ink"), 9).solved == ()


def test_a_deleted_ticket_has_no_share_and_its_successor_has() -> None:
    old, new = paper(1, "jam", alive=False), paper(1, "jam", "ink")
    collection = Collection([PaperSegment([old]), PaperSegment([new])])
    [(jam, ink)] = [
        one.shares for one in collection.search(asking("jam ink"), limit=9, explain=True).scored
    ]
    assert jam == ink > 0


def test_no_segments_hold_nothing() -> None:
    for collection in (Collection([]), Collection([PaperSegment([])])):
        assert collection.search(Plan(()), limit=5).total == 0
        assert collection.search(asking("jam"), limit=5).total == 0


def a_desk(now: float) -> Collection:
    """Return a collection whose clock stands still, in which "ink" is rarer than "jam"."""
    held = [paper(1, "ink", "jam"), paper(2, "jam"), paper(3, "jam", "log"), paper(4, "net")]
    return Collection([PaperSegment(held)], clock=lambda: now)


def test_a_deadline_that_passed_leaves_the_rarest_word() -> None:
    answer = a_desk(now=8.0).search(asking("jam ink"), 9, deadline=8.0)
    assert answer == replace(a_desk(now=8.0).search(asking("ink"), 9), partial=True)
    assert [one.ticket_id for one in answer.scored] == [1]


def test_a_deadline_that_passed_leaves_the_first_segment_that_filters_look_into() -> None:
    everything = [paper(number, "ink") for number in range(4)]
    filters = Filters(products=("",))
    for plan in (replace(asking("ink"), filters=filters), Plan((), filters=filters)):
        desk = Collection(segments(everything, 1, 3), clock=lambda: 8.0)
        answer = desk.search(plan, 9, deadline=8.0)
        assert ([one.ticket_id for one in answer.scored], answer.partial) == ([0], True)
        assert desk.search(plan, 9, deadline=8.1).total == 4


@pytest.mark.parametrize("deadline", [None, 8.1], ids=["none", "later"])
def test_without_a_deadline_that_passed_the_answer_is_whole(deadline: float | None) -> None:
    answer = a_desk(now=8.0).search(asking("jam ink"), 9, deadline)
    assert (answer.total, answer.partial) == (3, False)


def test_an_answer_to_one_word_is_never_partial() -> None:
    assert not a_desk(now=8.0).search(asking("jam"), 9, deadline=0.0).partial


def test_a_clause_without_readings_finds_nothing() -> None:
    assert a_desk(now=0.0).search(Plan((Clause("the", ()),)), 9).total == 0
