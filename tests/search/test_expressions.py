"""Random queries with operators find what plain Python finds."""

from collections import Counter
from random import Random

import pytest

from kbsearch.engines.base import IndexSnapshot, View
from kbsearch.engines.memory import MemoryEngine
from kbsearch.search.results import SearchRequest
from kbsearch.search.searcher import Searcher
from tests.engines.desk import Listed
from tests.search.expressions import (
    Chosen,
    Desk,
    Either,
    Every,
    Exactly,
    Expression,
    Typed,
    Verdict,
    Without,
    judge,
    queries,
    text,
)

TICKETS = 5_000
EXPRESSIONS = 300
EITHER = Either((Typed("dark"), Typed("dim")))


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Tickets of sample text."""
    return Desk(TICKETS, Random(3))


@pytest.fixture(scope="module")
def index(desk: Desk) -> IndexSnapshot:
    """The index of these tickets."""
    engine = MemoryEngine()
    engine.rebuild(View.INTERNAL, Listed(desk.tickets, 1))
    return engine.snapshot(View.INTERNAL)


def test_random_expressions_find_what_plain_python_finds(desk: Desk, index: IndexSnapshot) -> None:
    made = queries(desk, Random(5))
    verdicts = Counter(judge(desk, index, *next(made)) for _ in range(EXPRESSIONS))
    assert {*verdicts} <= {Verdict.AGREES, Verdict.REFUSED, Verdict.READ_TOGETHER}
    assert verdicts[Verdict.AGREES] > 0.7 * EXPRESSIONS
    assert verdicts[Verdict.REFUSED] > 0


def test_an_answer_counts_all_that_fulfils_a_query(desk: Desk, index: IndexSnapshot) -> None:
    held = {ticket.id: ticket for ticket in desk.tickets}
    searcher = Searcher(lambda ids: {number: held[number] for number in ids})
    answer = searcher.search(SearchRequest("status:open OR NOT tag:usb"), index)
    fulfilled = [one for one in desk.tickets if one.status == "open" or "usb" not in one.tags]
    assert (len(answer.hits), answer.total) == (10, len(fulfilled))


@pytest.mark.parametrize(
    ("tree", "query"),
    [
        (
            Every((Typed("red"), Either((Typed("dark"), Typed("dim")))), " AND "),
            "red AND (dark OR dim)",
        ),
        (Every((Typed("red"), Either((Typed("dark"), Typed("dim")))), " "), "red dark OR dim"),
        (Either((Typed("red"), Every((Typed("dark"), Typed("dim")), " "))), "red OR (dark dim)"),
        (Without(Without(Exactly(("red", "light")))), 'NOT (NOT "red light")'),
        (Either((Chosen("tag:usb", bool), Without(Typed("dim")))), "tag:usb OR NOT dim"),
    ],
)
def test_a_tree_is_written_with_the_brackets_that_it_needs(tree: Expression, query: str) -> None:
    written = {text(tree, Random(seed)) for seed in range(40)}
    assert query in written
