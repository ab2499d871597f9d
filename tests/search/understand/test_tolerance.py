"""Quotes, pairs, other names and what was typed: how an answer is put together."""

from itertools import product

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.plan import Plan
from kbsearch.messages.message import render
from kbsearch.records.filters import Filters
from kbsearch.records.outcome import TrackRecord
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.query.parse import read_query
from kbsearch.search.results import SearchRequest, SearchResult
from kbsearch.search.searcher import Searcher
from kbsearch.search.synonyms.phrase_table import PhraseRow, PhraseTable
from kbsearch.search.understand.plan import Understanding
from kbsearch.store.facts import TicketFeatures
from tests.search.desk import engine, plan, search, subjects, ticket
from tests.search.query_texts import phrases, texts
from tests.sentences import sentences

DESK = engine().snapshot(View.INTERNAL)
SIDE = ticket(2, "The paper jam of the old grey printer")
APART = ticket(1, "The jam of the old grey printer paper")


def answer(request: SearchRequest, *tickets: StoredTicket, facts: bool = False) -> SearchResult:
    """Answer a request from these tickets; with facts, the last of them has helped often."""
    held = {one.id: one for one in tickets}
    known = {max(held): TicketFeatures(record=TrackRecord(40, 40))}
    searcher = Searcher(
        lambda ids: {one: held[one] for one in ids},
        facts=(lambda ids, _: {one: known.get(one, TicketFeatures()) for one in ids})
        if facts
        else None,
    )
    return searcher.search(request, engine(*tickets).snapshot(View.INTERNAL))


def test_a_quote_that_no_ticket_has_is_loosened_and_a_note_says_so() -> None:
    found = search('"outlok crashes"')
    assert found.hits[0].ticket.subject == "Outlook crashes at start"
    assert sentences(found.notes) == (
        'No ticket has "outlok crashes" word for word; its words were looked for singly.',
    )


def test_a_quote_that_a_ticket_has_is_kept() -> None:
    found = search('"password reset"')
    assert [hit.ticket.subject for hit in found.hits] == ["Password reset loops"]
    assert found.notes == ()


def test_only_the_quotes_that_no_ticket_has_are_loosened() -> None:
    query = read_query('"password reset" "outlok crashes"', Filters())
    loose = Understanding(DESK).loosened(query)
    assert (phrases(loose.quoted), texts(loose.tokens)) == (
        (("password", "reset"),),
        ("outlok", "crashes"),
    )
    assert Understanding(DESK).loosened(loose) == loose


def test_who_is_not_tolerant_keeps_every_quote() -> None:
    query = read_query('"outlok crashes"', Filters())
    assert Understanding(DESK, tolerant=False).loosened(query) == query


def test_many_quotes_that_no_ticket_has_get_few_notes() -> None:
    text = " ".join(f'"nothing {number}"' for number in range(20))
    assert len(search(text).notes) == 6


def test_words_that_stand_side_by_side_are_a_pair_as_each_is_likeliest_meant() -> None:
    pairs = {pair.terms for pair in plan("pasword reset outlok").pairs}
    assert pairs == {("password", "reset"), ("reset", "outlook")}


def test_words_that_tell_nothing_make_no_pair() -> None:
    assert plan("password of the colleague").pairs == ()


def test_the_ticket_that_has_two_words_side_by_side_comes_first_and_says_so() -> None:
    found = search("paper jam", APART, SIDE).hits
    assert [hit.ticket.id for hit in found] == [2, 1]
    assert [[one.name for one in hit.signals] for hit in found] == [["together"], []]
    assert render(found[0].signals[0].message) == 'it has "paper jam" side by side'


def test_a_pair_that_the_ticket_no_longer_has_is_named_all_the_same() -> None:
    held = engine(SIDE).snapshot(View.INTERNAL)
    changed = Searcher(lambda _: {2: ticket(2, "Something else")})
    (hit,) = changed.search(SearchRequest("paper jam"), held).hits
    assert hit.signals[0].name == "together"


@pytest.mark.parametrize(
    ("facts", "text"),
    [*product([True, False], ["paper jam", "papr jamm printer", '"paper jam" old'])],
)
def test_shares_and_signals_add_up_to_the_score(facts: bool, text: str) -> None:
    for hit in answer(SearchRequest(text), APART, SIDE, facts=facts).hits:
        given = sum(one.share for one in hit.reasons) + sum(one.share for one in hit.signals)
        assert given == pytest.approx(hit.score, rel=1e-5)


def test_who_is_not_tolerant_gets_hits_by_words_alone() -> None:
    strict = SearchRequest("paper jam", tolerant=False)
    for hit in answer(strict, APART, SIDE, facts=True).hits:
        assert {signal.name for signal in hit.signals} <= {"together"}


def crowd(others: int) -> list[StoredTicket]:
    """Return a ticket that has a word as it is typed, and others that say more of it otherwise."""
    held = ticket(1, "A cheque " + "and a long story about other things " * 20)
    return [held, *(ticket(number, "Check, check") for number in range(2, others + 2))]


@pytest.mark.parametrize("limit", [1, 2, 3, 10, 70])
def test_a_shorter_answer_is_the_beginning_of_a_longer_one(limit: int) -> None:
    cheques = [ticket(number, f"Cheque {'and more ' * 40}") for number in range(100, 104)]
    held = [*crowd(60), *cheques]
    whole = answer(SearchRequest("cheque", limit=100), *held, facts=True).hits
    found = answer(SearchRequest("cheque", limit=limit), *held, facts=True)
    assert found.hits == whole[:limit]
    assert found.total == len(whole) == 65


def test_another_english_is_an_alternative_and_says_whose() -> None:
    (hit,) = search("torch", ticket(1, "The flashlight is on"), ticket(2, "Printer jams")).hits
    (reason,) = hit.reasons
    assert (reason.kind, reason.found) == (ReadingKind.DIALECT, "flashlight")
    assert render(reason.message).startswith('"torch" is "flashlight" in American')


def test_what_this_desk_calls_it_is_an_alternative() -> None:
    held = {1: ticket(1, "The Hydra hums"), 2: ticket(2, "Printer jams")}
    index = engine(*held.values()).snapshot(View.INTERNAL)
    names = PhraseTable([PhraseRow("big copier", "hydra")])
    searcher = Searcher(lambda ids: {one: held[one] for one in ids})
    (hit,) = searcher.search(SearchRequest("big copier"), index, names).hits
    assert {render(reason.message) for reason in hit.reasons} == {
        '"big copier" is also called "hydra"'
    }
    assert hit.reasons[0].kind is ReadingKind.SYNONYM


def test_an_alternative_that_no_ticket_has_is_not_asked_for() -> None:
    kinds = {one.kind for one in plan("torch").clauses[0].readings}
    assert ReadingKind.DIALECT not in kinds


def test_who_is_not_tolerant_gets_no_alternatives() -> None:
    index = engine(ticket(1, "The flashlight is on")).snapshot(View.INTERNAL)
    assert plan("torch", tolerant=False, index=index) == Plan(plan("torch", tolerant=False).clauses)


def test_a_reason_that_is_known_is_told_rather_than_a_guess() -> None:
    held = (ticket(1, "A check bounced"), ticket(2, "The colour is off"))
    assert subjects("cheque", *held) == ["A check bounced"]
    assert search("cheque", *held).hits[0].reasons[0].kind is ReadingKind.VARIANT
