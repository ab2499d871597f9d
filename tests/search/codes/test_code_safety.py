"""Real-looking codes of many shapes, each with near neighbours: none is ever taken for another."""

from collections.abc import Iterable
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from kbsearch.analysis.codes import normal_code
from kbsearch.analysis.tables import read_table
from kbsearch.engines.base import IndexSnapshot, SearchEngine, View
from kbsearch.engines.memory import MemoryEngine
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.messages.catalogue import Code
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.codes.near import MOST_NEAR
from kbsearch.search.results import SearchRequest, SearchResult
from kbsearch.search.searcher import Searcher
from tests.engines.desk import Listed
from tests.search.desk import ticket


class Case(NamedTuple):
    """A code as a product has it, and three others that are nearly the same."""

    shape: str
    code: str
    near: tuple[str, ...]


class Desk(NamedTuple):
    """One ticket for each code, in an index."""

    tickets: dict[int, StoredTicket]
    snapshot: IndexSnapshot

    def search(self, text: str) -> SearchResult:
        """Search them as a rep does."""
        searcher = Searcher(lambda ids: {one: self.tickets[one] for one in ids})
        return searcher.search(SearchRequest(text, limit=50), self.snapshot)


ROWS = tuple(
    Case(shape, code, tuple(near))
    for shape, code, *near in read_table(Path(__file__).with_name("code_cases.tsv"))
)
CASES = ROWS
NEAR = tuple(near for case in CASES for near in case.near)
EVERY_CODE = (*(case.code for case in CASES), *NEAR)


def subject(code: str) -> str:
    return f"Setup stops with {code}"


def subjects(result: SearchResult) -> list[str]:
    return [hit.ticket.subject for hit in result.hits]


def open_desk(codes: Iterable[str], engine: SearchEngine) -> Desk:
    numbers = count(1)
    tickets = [ticket(next(numbers), subject(code)) for code in codes]
    engine.rebuild(View.INTERNAL, Listed(tickets, 1))
    return Desk({one.id: one for one in tickets}, engine.snapshot(View.INTERNAL))


@cache
def in_memory(codes: tuple[str, ...]) -> Desk:
    return open_desk(codes, MemoryEngine())


@pytest.fixture(scope="module", params=["memory", "whoosh"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Every code and every neighbour."""
    if request.param == "memory":
        return in_memory(EVERY_CODE)
    return open_desk(EVERY_CODE, WhooshEngine(tmp_path_factory.mktemp("home") / "index"))


@pytest.fixture(scope="module", params=["memory", "whoosh"])
def without(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The neighbours only."""
    if request.param == "memory":
        return in_memory(NEAR)
    return open_desk(NEAR, WhooshEngine(tmp_path_factory.mktemp("home") / "index"))


def test_the_cases_are_enough() -> None:
    assert len(CASES) >= 200
    assert len({case.shape for case in CASES}) >= 8
    assert len({normal_code(code.lower()) for code in EVERY_CODE}) == 4 * len(CASES)


def test_a_code_alone_finds_its_own_ticket_and_no_other(full: Desk) -> None:
    found = {case.code: subjects(full.search(case.code)) for case in CASES}
    assert found == {case.code: [subject(case.code)] for case in CASES}


def test_a_code_in_capitals_or_without_hyphens_is_the_same_code(full: Desk) -> None:
    for case in CASES:
        ways = {case.code.upper(), case.code.lower()}
        if any(map(str.isdigit, case.code)):  # else nothing but its underscores makes it a code
            ways.add(normal_code(case.code))
        found = {tuple(subjects(full.search(typed))) for typed in ways}
        assert found == {(subject(case.code),)}, case


def test_a_code_that_no_ticket_has_finds_nothing(without: Desk) -> None:
    assert [case.code for case in CASES if without.search(case.code).total] == []


def test_the_neighbours_of_a_missing_code_are_shown_apart(without: Desk) -> None:
    for case in CASES:
        shown = [near.found for near in without.search(case.code).near_codes]
        assert set(case.near) <= set(shown) or len(shown) == MOST_NEAR, (case, shown)


def test_the_differing_characters_of_a_neighbour_are_marked(without: Desk) -> None:
    for case in CASES:
        for near in without.search(case.code).near_codes:
            assert near.typed == case.code
            assert near.marks, near
            assert all(0 <= start < end <= len(near.found) for start, end in near.marks), near


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_beside_words_a_near_miss_adds_nothing_and_is_labelled(case: Case) -> None:
    desk = in_memory(case.near)
    words, both = desk.search("setup stops"), desk.search(f"setup stops {case.code}")
    assert {hit.ticket.id: hit.score for hit in both.hits} == {
        hit.ticket.id: hit.score for hit in words.hits
    }
    assert {reason.word for hit in both.hits for reason in hit.reasons} == {"setup", "stops"}
    assert {near.found for near in both.near_codes} == set(case.near)


def test_beside_words_the_exact_code_comes_first(full: Desk) -> None:
    for case in CASES:
        first, *_ = subjects(full.search(f"setup stops {case.code}"))
        assert first == subject(case.code)


def test_beside_an_exact_code_only_what_looks_like_it_is_shown(full: Desk) -> None:
    shown = [
        (case.code, near.found, near.hints)
        for case in CASES
        for near in full.search(case.code).near_codes
    ]
    assert ("WF-M5799", "WF-MS799", ((Code.LOOK_ALIKE, "5", "S"),)) in shown
    assert "CE287A" not in {found for _, found, _ in shown}
    assert {code for *_, hints in shown for code, *_ in hints} == {Code.LOOK_ALIKE}
