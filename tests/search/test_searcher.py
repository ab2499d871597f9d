"""From a query to hits, over a store and an engine."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.base import View
from kbsearch.engines.memory import MemoryEngine
from kbsearch.engines.source import Update
from kbsearch.errors import QueryInvalid
from kbsearch.indexer.store_source import StoreSource
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import render
from kbsearch.records.filters import Filters
from kbsearch.records.history import Mark
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import TicketFields
from kbsearch.search.matches.snippet import SNIPPET_LENGTH
from kbsearch.search.results import RESULTS_LIMIT, Hit, SearchRequest, SearchResult
from kbsearch.search.searcher import RESOLUTION_LENGTH, Searcher
from kbsearch.store.store import Store
from tests.masking import unmasked
from tests.search import desk
from tests.sentences import sentences

TICKETS = (
    TicketFields(
        reference="T-1",
        subject="Modem light is red",
        problem="The light of the modem is red since the storm.",
        resolution="  Change the fuse of the modem.\n",
        product="Router",
        tags=("storm", "power"),
        created_at=datetime(2026, 3, 1, tzinfo=UTC),
    ),
    TicketFields(
        reference="T-2",
        subject="Modem too warm",
        problem=" \n",
        environment="Modem on a shelf",
        resolution=" \r\n",
        product="router",
        created_at=datetime(2026, 2, 1, tzinfo=UTC),
    ),
    TicketFields(reference="T-3", subject="Scanner hums", resolution="Oil it."),
    TicketFields(
        reference="T-4",
        subject="Beamer stays dark",
        problem="No picture at all",
        messages=(Message("Ann", Role.AGENT, None, True, "Replace the ballast, then reseat it."),),
    ),
)
ODD_PIECES = (
    *("modem", "modum", "-modem", '"light is', 'red"', "wi-fi", "win10", "10.2.1", "x.y.z", "2nd"),
    *("0x80070005", "product:Router", "from:2026-01-01", "colour:red", "the", "__", "won’t", "नेट"),
    *("passwordreset", "pass", "word", "O'Neill's", "mail.example.com", "ab" * 50, "-5", "cheque"),
)
INDEX = desk.engine().snapshot(View.INTERNAL)
IN_MEMORY = Searcher(
    lambda ids: {one: desk.ticket(one, desk.SUBJECTS[one - 1]) for one in ids},
)
Ask = Callable[..., SearchResult]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path / 'kbsearch.db'}", masking=unmasked)
    store.save_many(TICKETS)
    yield store
    store.close()


@pytest.fixture
def engine(store: Store) -> MemoryEngine:
    engine = MemoryEngine()
    engine.rebuild(View.INTERNAL, StoreSource(store))
    return engine


@pytest.fixture
def ask(engine: MemoryEngine, store: Store) -> Ask:
    """Search the tickets with the options of a request."""
    searcher = Searcher(store.fetch, whole=store.fetch_whole)

    def search(text: str, **options: Any) -> SearchResult:
        return searcher.search(SearchRequest(text, **options), engine.snapshot(View.INTERNAL))

    return search


def references(result: SearchResult) -> list[str]:
    return [hit.ticket.reference for hit in result.hits]


def by_reference(result: SearchResult) -> dict[str, Hit]:
    return {hit.ticket.reference: hit for hit in result.hits}


def test_words_of_a_conversation_find_its_ticket_and_are_shown(ask: Ask) -> None:
    (hit,) = ask("ballast").hits
    assert (hit.ticket.reference, hit.ticket.messages) == ("T-4", ())
    assert hit.problem.text == "Replace the ballast, then reseat it."
    assert hit.problem.text[slice(*hit.problem.marks[0])] == "ballast"
    assert [reason.fields for reason in hit.reasons] == [("messages",)]


def test_the_problem_is_shown_if_it_has_a_word_too(ask: Ask) -> None:
    (hit,) = ask("picture ballast").hits
    assert hit.problem.text == "No picture at all"
    assert [reason.fields for reason in hit.reasons] == [("problem",), ("messages",)]


def test_a_hit_shows_the_problem_and_the_whole_resolution(ask: Ask) -> None:
    hit = by_reference(ask("modem light"))["T-1"]
    assert hit.problem.text == "The light of the modem is red since the storm."
    assert hit.resolution is not None
    assert hit.resolution.text == "Change the fuse of the modem."
    ((start, end),) = hit.resolution.marks
    assert hit.resolution.text[start:end] == "modem"


def test_a_hit_without_a_resolution_says_so_plainly(ask: Ask) -> None:
    assert by_reference(ask("modem"))["T-2"].resolution is None


def test_where_nobody_told_the_problem_the_environment_is_shown(ask: Ask) -> None:
    assert by_reference(ask("modem"))["T-2"].problem.text == "Modem on a shelf"
    assert by_reference(ask("scanner"))["T-3"].problem.text == ""


def test_the_best_hit_comes_first_and_the_answer_says_how_many_there_are(ask: Ask) -> None:
    result = ask("modem light")
    assert references(result) == ["T-1", "T-2"]
    assert (result.query, result.total, result.notes) == ("modem light", 2, ())
    assert [hit.score for hit in result.hits] == sorted(
        (h.score for h in result.hits), reverse=True
    )
    assert result.took > 0


def test_a_limit_cuts_the_hits_and_not_the_total(ask: Ask) -> None:
    result = ask("modem light", limit=1)
    assert (references(result), result.total) == (["T-1"], 2)


@pytest.mark.parametrize("limit", [0, -1, RESULTS_LIMIT + 1])
def test_a_limit_that_nobody_could_read_is_refused(ask: Ask, limit: int) -> None:
    with pytest.raises(QueryInvalid, match=f"limit must be from 1 to 200, it is {limit}"):
        ask("modem", limit=limit)
    assert len(ask("modem", limit=RESULTS_LIMIT).hits) == 2


def test_nothing_found_is_an_answer(ask: Ask) -> None:
    assert (ask("zzzzz").hits, ask("zzzzz").total) == ((), 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("modem -red", ["T-2"]),
        ('modem -"light is red"', ["T-2"]),
        ('"light of the modem"', ["T-1"]),
        ('"modem light of"', ["T-1", "T-2"]),
        ("product:ROUTER", ["T-1", "T-2"]),
        ("modem tag:storm", ["T-1"]),
        ("modem tag:storm tag:wind", []),
        ("modem from:2026-03-01", ["T-1"]),
        ("modem before:2026-03-01", ["T-2"]),
        ("kind:article", []),
        ("product:Router -red", ["T-2"]),
    ],
)
def test_the_marks_of_a_query_choose_the_tickets(ask: Ask, text: str, found: list[str]) -> None:
    assert references(ask(text)) == found


def test_filters_of_the_request_count_like_those_of_the_text(ask: Ask) -> None:
    filters = Filters(created_before=datetime(2026, 3, 1, tzinfo=UTC))
    assert references(ask("modem", filters=filters)) == ["T-2"]
    assert references(ask("", filters=filters)) == ["T-2"]


def test_the_notes_of_the_query_come_with_the_answer(ask: Ask) -> None:
    assert sentences(ask("modem colour:red").notes)[0] == (
        "There is no filter colour:, so its words were searched."
    )


def test_a_misspelt_word_is_forgiven_only_where_the_request_is_tolerant(ask: Ask) -> None:
    assert references(ask("skanner")) == ["T-3"]
    assert references(ask("skanner", tolerant=False)) == []


def test_the_best_reading_of_a_word_counts_and_not_their_sum() -> None:
    both, one = desk.search(
        "cheque", desk.ticket(1, "Cheque and check"), desk.ticket(2, "Cheque and modem")
    ).hits
    assert both.score == one.score > 0


def test_a_word_as_it_is_typed_comes_before_what_it_may_stand_for() -> None:
    held = (desk.ticket(1, "The cache is full"), desk.ticket(2, "The cash is short"))
    assert desk.subjects("cash", *held)[0] == "The cash is short"
    assert desk.subjects("cache", *held)[0] == "The cache is full"


def test_half_a_word_is_found_while_somebody_types(ask: Ask) -> None:
    assert references(ask("modem li", typing=True))[0] == "T-1"


def test_an_answer_that_ran_out_of_time_is_partial_and_says_so(
    engine: MemoryEngine, store: Store
) -> None:
    hasty = Searcher(store.fetch, patience=0)
    result = hasty.search(SearchRequest("modem light"), engine.snapshot(View.INTERNAL))
    assert (result.partial, result.notes) == (True, ((Code.LATE,),))
    assert result.hits


def test_an_answer_in_time_is_whole(ask: Ask) -> None:
    assert not ask("modem light").partial


def test_a_ticket_deleted_since_it_was_indexed_is_left_out(ask: Ask, store: Store) -> None:
    store.delete("T-1")
    assert references(ask("modem light")) == ["T-2"]


def test_a_hit_says_what_the_ticket_says_now(ask: Ask, store: Store) -> None:
    store.save({"reference": "T-1", "resolution": "Buy a new one."})
    resolution = by_reference(ask("modem"))["T-1"].resolution
    assert resolution is not None
    assert resolution.text == "Buy a new one."


def test_an_answer_is_of_one_index_whatever_is_committed_meanwhile(
    engine: MemoryEngine, store: Store
) -> None:
    index = engine.snapshot(View.INTERNAL)
    engine.apply(View.INTERNAL, [Update(1, None)], after=0, mark=Mark(99))
    result = Searcher(store.fetch).search(SearchRequest("modem light"), index)
    assert references(result) == ["T-1", "T-2"]
    assert min(one.share for one in by_reference(result)["T-1"].reasons) > 0


def test_long_texts_are_cut(ask: Ask, engine: MemoryEngine, store: Store) -> None:
    store.save(
        {
            "reference": "T-4",
            "subject": "Kettle",
            "problem": "lorem ipsum " * 5_000 + "kettle",
            "resolution": "dolor sit " * 5_000,
        }
    )
    engine.rebuild(View.INTERNAL, StoreSource(store))
    (hit,) = ask("kettle").hits
    assert len(hit.problem.text) <= SNIPPET_LENGTH + 2
    assert hit.problem.text.endswith("kettle")
    assert hit.resolution is not None
    assert len(hit.resolution.text) <= RESOLUTION_LENGTH + 1


@pytest.mark.parametrize("text", ["\ud800 modem", "modem\x00", "ﷺ modem", "½ modem ʼn", "İ modem"])
def test_odd_characters_are_no_obstacle(ask: Ask, text: str) -> None:
    assert "T-1" in references(ask(text))


@given(text=st.text(st.characters(exclude_categories=()), max_size=200), typing=st.booleans())
def test_any_text_is_answered_or_refused(text: str, typing: bool) -> None:
    try:
        result = IN_MEMORY.search(SearchRequest(text, typing=typing), INDEX)
    except QueryInvalid:
        return
    assert len(result.hits) == min(result.total, 10)


@given(st.lists(st.sampled_from(ODD_PIECES), max_size=12).map(" ".join))
def test_any_mixture_of_pieces_is_answered_or_refused(text: str) -> None:
    try:
        result = IN_MEMORY.search(SearchRequest(text, typing=True), INDEX)
    except QueryInvalid:
        return
    for hit in result.hits:
        assert hit.score >= 0
        assert len({render(reason.message) for reason in hit.reasons}) > 0 or hit.score == 0


@pytest.mark.parametrize("text", ["KB-7Q3M9X", "kb7q3m9x", "KB-ABCDEF kettle"])
def test_a_reference_finds_its_ticket(
    ask: Ask, engine: MemoryEngine, store: Store, text: str
) -> None:
    for reference in ("KB-7Q3M9X", "KB-ABCDEF"):
        store.save({"reference": reference, "subject": "Kettle", "problem": "It whistles."})
    engine.rebuild(View.INTERNAL, StoreSource(store))
    assert references(ask(text))[0].replace("-", "").lower() in text.replace("-", "").lower()


@pytest.mark.parametrize("tick", "'`\u00b4\u2019\u2032\uff07\u02bc")
def test_a_ticket_is_found_and_marked_whatever_apostrophe_it_has(tick: str) -> None:
    """The mark covers the word as the ticket has it."""
    hit = desk.only_hit("anna's badge", desk.ticket(1, "Badge", problem=f"Anna{tick}s badge"))
    [(start, end), *_] = hit.problem.marks
    assert hit.problem.text[start:end] == f"Anna{tick}s"


def test_a_fix_that_is_a_hit_is_not_listed_once_more() -> None:
    held = [
        desk.ticket(1, "Drum grinds"),
        *(desk.ticket(number, "Drum grinds", resolution="Oil it.") for number in range(2, 20)),
    ]
    found = desk.search("drum grinds", *held, limit=4)
    listed = {hit.ticket.id for hit in (*found.hits, *found.solved)}
    assert found.older_fixes
    assert listed.isdisjoint(one.id for one in found.older_fixes)
