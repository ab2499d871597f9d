"""Every engine finds exactly the tickets that fulfil a boolean tree."""

from pathlib import Path

import pytest

from kbsearch.engines.base import SearchEngine, View
from kbsearch.engines.boolean_tree import And, Not, Or, Tree
from kbsearch.engines.memory import MemoryEngine
from kbsearch.engines.plan import Clause, Condition, Phrase, Plan, ScoredDoc
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.inverted.field import Field
from kbsearch.records.filters import Filters
from kbsearch.records.history import Mark
from tests.engines.desk import (
    MOMENT,
    Listed,
    asking,
    clause,
    gone,
    ids,
    phrase,
    reading,
    saved,
    ticket,
    tickets,
)

VIEW = View.INTERNAL
PENDING = Filters(statuses=("pending",))
DESK = (
    ticket(1, "The printer jams", status="pending", created_at=MOMENT),
    ticket(2, "The printer is offline", status="Solved"),
    ticket(3, "Error 0x80070005 in the calendar", status="pending"),
    ticket(4, "Calendar error", status="Solved"),
    ticket(5, "Nothing to see"),
)


def word(text: str) -> Clause:
    """Return a word that is read in one way."""
    return clause(reading(text))


@pytest.fixture
def desk(engine: SearchEngine) -> SearchEngine:
    """An engine that holds these tickets, in two parts, and did hold another one."""
    engine.rebuild(VIEW, Listed((*DESK[:3], ticket(9, "printer calendar error jams")), 10))
    engine.apply(VIEW, [*saved(*DESK[3:]), *gone(9)], after=10, mark=Mark(11))
    return engine


def found(engine: SearchEngine, must: Tree[Condition], words: str = "") -> list[int]:
    plan = Plan(asking(words).clauses, must=must)
    answer = engine.snapshot(VIEW).search(plan, limit=99)
    assert answer.total == len(answer.scored)
    return ids(answer)


CASES: list[tuple[Tree[Condition], list[int]]] = [
    (word("printer"), [1, 2]),
    (And((word("printer"), word("jams"))), [1]),
    (Or((word("jams"), word("calendar"))), [1, 3, 4]),
    (Not(word("printer")), [3, 4, 5]),
    (And((word("printer"), Not(Or((word("jams"), word("submarine")))))), [2]),
    (Or((word("jams"), Not(word("error")))), [1, 2, 5]),
    (Not(Not(word("jams"))), [1]),
    (phrase("calendar error"), [4]),
    (And((word("calendar"), Not(phrase("calendar error")))), [3]),
    (PENDING, [1, 3]),
    (Filters(), [1, 2, 3, 4, 5]),
    (Or((PENDING, word("offline"))), [1, 2, 3]),
    (And((Not(PENDING), word("error"))), [4]),
    (Filters(created_from=MOMENT), [1]),
    (clause(reading("submarine"), reading("printer", "jams"), reading("offline")), [1, 2]),
    (clause(reading("0x80070005", field=Field.CODE)), [3]),
    (Phrase(()), []),
]


@pytest.mark.parametrize(("must", "held"), CASES, ids=str)
def test_a_tree_finds_what_fulfils_it(
    desk: SearchEngine, must: Tree[Condition], held: list[int]
) -> None:
    assert sorted(found(desk, must)) == held
    assert sorted(found(desk, must, "printer calendar submarine")) == held


def test_what_holds_no_word_comes_last_the_newest_first(desk: SearchEngine) -> None:
    assert found(desk, Or((PENDING, word("offline"))), "offline calendar") == [2, 3, 1]
    assert found(desk, Or((PENDING, word("offline"))), "submarine") == [1, 2, 3]


def test_what_holds_no_word_scores_nothing(desk: SearchEngine) -> None:
    plan = Plan(asking("offline jams").clauses, pairs=(phrase("printer jams"),), must=PENDING)
    *_, last = desk.snapshot(VIEW).search(plan, limit=9, explain=True).scored
    assert last == ScoredDoc(3, 0.0, (0.0, 0.0), (0.0,))


def test_the_limit_of_a_tree_cuts_and_its_total_does_not(desk: SearchEngine) -> None:
    plan = Plan(asking("printer").clauses, must=Not(word("jams")))
    for limit in range(5):
        answer = desk.snapshot(VIEW).search(plan, limit=limit)
        assert (len(answer.scored), answer.total) == (limit, 4)


def test_a_tree_narrows_what_the_rest_of_a_plan_lets_pass(desk: SearchEngine) -> None:
    plan = Plan((), excluded=(phrase("offline"),), filters=PENDING, must=Not(word("calendar")))
    assert ids(desk.snapshot(VIEW).search(plan, limit=9)) == [1]


def test_a_code_is_held_by_what_a_tree_lets_pass(desk: SearchEngine) -> None:
    snapshot = desk.snapshot(VIEW)
    code = (Phrase(("0x80070005",), Field.CODE),)
    cases: list[tuple[Tree[Condition], int]] = [(PENDING, 1), (Not(PENDING), 0)]
    for must, total in cases:
        assert snapshot.search(Plan((), required=code, must=must), limit=9).total == total


@pytest.mark.parametrize(
    "must", [word("printer"), Not(word("printer")), And((PENDING, Not(PENDING)))]
)
def test_a_tree_that_is_too_late_finds_nothing_for_sure(
    desk: SearchEngine, must: Tree[Condition]
) -> None:
    answer = desk.snapshot(VIEW).search(Plan((), must=must), limit=9, deadline=0.0)
    assert (ids(answer), answer.partial) == ([], True)


def test_both_engines_rank_what_fulfils_a_tree_alike(tmp_path: Path) -> None:
    wanted: Tree[Condition] = And((word("printer"), Not(word("tray"))))
    must: Tree[Condition] = Or((wanted, Filters(products=("Wagefinch",))))
    plan = Plan(asking("printer jams").clauses, must=must)
    answers = []
    for engine in (MemoryEngine(), WhooshEngine(tmp_path)):
        engine.rebuild(VIEW, Listed(tickets(300, seed=1), 1))
        answers.append(engine.snapshot(VIEW).search(plan, limit=999))
    ours, theirs = answers
    assert theirs.total == ours.total > 0
    assert {s.ticket_id: s.score for s in theirs.scored} == pytest.approx(
        {s.ticket_id: s.score for s in ours.scored}, rel=1e-5
    )
