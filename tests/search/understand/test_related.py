"""A word that the tickets use like one of the query moves hits, and the hit says why."""

from itertools import chain

import pytest

from kbsearch.engines.base import IndexSnapshot, View
from kbsearch.engines.plan import Plan
from kbsearch.messages.message import render
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.results import Hit, SearchResult
from tests.engines.alike import SURROUNDINGS, alike_tickets
from tests.search.desk import engine, plan, search, ticket

TICKETS = tuple(alike_tickets())


@pytest.fixture(scope="module")
def index() -> IndexSnapshot:
    return engine(*TICKETS).snapshot(View.INTERNAL)


def related(plan: Plan) -> dict[str, list[str]]:
    """Return the words that are related to each of a plan."""
    return {clause.word: [one.word for one in clause.related] for clause in plan.clauses}


def hit(result: SearchResult, subject: str) -> Hit:
    """Return the hit of this subject."""
    return next(hit for hit in result.hits if hit.ticket.subject == subject)


@pytest.mark.parametrize(("word", "other"), SURROUNDINGS)
def test_a_word_is_related_to_one_that_is_used_alike(
    index: IndexSnapshot, word: str, other: str
) -> None:
    (clause,) = plan(word, index=index).clauses
    assert other in [one.word for one in clause.related]
    assert all(0 < one.weight <= 0.3 for one in clause.related)
    assert {one.kind for one in clause.related} == {ReadingKind.RELATED}


def test_a_misspelt_word_is_related_to_what_its_correction_is(index: IndexSnapshot) -> None:
    (clause,) = plan("flikers", index=index).clauses
    assert clause.readings[0].word == "flickers"
    assert "blinks" in [one.word for one in clause.related]


def test_what_the_query_says_anyway_is_related_to_nothing(index: IndexSnapshot) -> None:
    found = related(plan("flickers blinks zoom", index=index))
    assert not {"flickers", "blinks", "zoom"} & set(chain(*found.values()))


def test_without_tolerance_nothing_is_related(index: IndexSnapshot) -> None:
    assert related(plan("flickers", tolerant=False, index=index)) == {"flickers": []}


def test_only_the_rarest_words_are_related_to_others(index: IndexSnapshot) -> None:
    words = "spam folder sender newsletter inbox"
    found = related(plan(words, index=index))
    count = {word: index.lexicon.count(word) for word in words.split()}
    commonest = max(count, key=count.__getitem__)
    assert sum(map(bool, found.values())) <= 3
    assert count[commonest] == count["spam"] or not found[commonest]


@pytest.mark.parametrize("code", ["PAY-4417", "0x80070005"])
def test_a_code_is_related_to_nothing(index: IndexSnapshot, code: str) -> None:
    assert not any(clause.related for clause in plan(code, index=index).clauses)


def test_the_hit_says_what_is_related_and_what_it_gave() -> None:
    found = hit(search("flickers tabs zoom backup", *TICKETS), "blinks tabs zoom backup")
    (reason,) = [one for one in found.reasons if one.kind is ReadingKind.RELATED]
    assert render(reason.message) == '"blinks" is used much like "flickers" in these tickets'
    assert (reason.word, reason.found, reason.fields) == ("flickers", "blinks", ("subject",))
    assert reason.share > 0
    shares = [one.share for one in found.reasons] + [one.share for one in found.signals]
    assert sum(shares) == pytest.approx(found.score, rel=1e-4)


def test_the_related_word_is_marked_in_the_hit() -> None:
    told = ticket(500, "Screen", problem="It blinks with tabs, zoom and backup")
    found = hit(search("flickers tabs zoom backup", *TICKETS, told), "Screen")
    marked = [found.problem.text[start:end] for start, end in found.problem.marks]
    assert marked == ["blinks", "tabs", "zoom", "backup"]


def test_what_was_typed_is_said_and_not_what_is_related() -> None:
    found = hit(search("flickers tabs zoom backup", *TICKETS), "flickers tabs zoom backup")
    assert ReadingKind.RELATED not in {one.kind for one in found.reasons}


def test_related_words_find_no_ticket() -> None:
    plain = {hit.ticket.id for hit in search("flickers", *TICKETS).hits}
    assert plain == {one.id for one in TICKETS if "flickers" in one.subject}
