"""Searching for a customer number: its tickets come, and nothing keeps the number."""

import pytest

from kbsearch.records.filters import Filters
from kbsearch.records.outcome import OutcomeReport
from kbsearch.records.ticket import TicketFields
from kbsearch.search.results import SearchRequest, SearchResult
from kbsearch.services.knowledge_base import KnowledgeBase
from tests.sentences import sentences

TICKETS = (
    TicketFields(reference="T-1", subject="VPN drops", customer_reference="C-20806", product="VPN"),
    TicketFields(reference="T-2", subject="Mail is slow", customer_reference="C-20806"),
    TicketFields(reference="T-3", subject="Door D-20801 is locked", customer_reference="C-1"),
    TicketFields(reference="T-4", subject="See C-1", product="Doors"),
)


@pytest.fixture
def desk(kb: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base with the tickets of two customers."""
    kb.parts.store.save_many(TICKETS)
    kb.parts.index.reindex()
    return kb


def search(kb: KnowledgeBase, text: str, filters: Filters | None = None) -> SearchResult:
    """Answer a query that somebody has typed to its end."""
    return kb.local.searching.search(SearchRequest(text, filters or Filters()))


def listed(result: SearchResult) -> tuple[int, list[str]]:
    """Return how many tickets of the customer there are, and which are listed."""
    assert result.customer is not None
    return result.customer.total, [ticket.reference for ticket in result.customer.tickets]


def test_the_tickets_of_a_customer_answer_its_number(desk: KnowledgeBase) -> None:
    result = search(desk, "c20806")
    assert listed(result) == (2, ["T-2", "T-1"])
    assert (result.hits, result.notes, result.near_codes, result.did_you_mean) == ((), (), (), "")


def test_tickets_that_have_the_number_in_their_words_are_found_as_well(
    desk: KnowledgeBase,
) -> None:
    result = search(desk, "C-1")
    assert listed(result) == (1, ["T-3"])
    assert [hit.ticket.reference for hit in result.hits] == ["T-4"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(products=("vpn",)), (1, ["T-1"])),
        (Filters(products=("Doors",)), (0, [])),
        (Filters(tags=("usb",)), (0, [])),
    ],
    ids=["one passes", "none passes", "no tag"],
)
def test_filters_hold_for_the_tickets_of_a_customer(
    desk: KnowledgeBase, filters: Filters, expected: tuple[int, list[str]]
) -> None:
    result = search(desk, "C-20806", filters)
    assert (listed(result), result.notes) == (expected, ())


def test_a_number_that_no_ticket_has_is_said_to_be_missing(desk: KnowledgeBase) -> None:
    result = search(desk, "C-99999")
    assert (result.customer, sentences(result.notes)) == (None, ('No ticket has "C-99999".',))


def test_the_number_in_a_longer_query_is_a_code_like_any_other(desk: KnowledgeBase) -> None:
    assert search(desk, "mail C-20806").customer is None


def test_a_customer_number_is_in_no_suggestion(desk: KnowledgeBase) -> None:
    for typed in ("C-2", "20", "c20806"):
        suggested = desk.local.searching.suggest(typed)
        assert "20806" not in " ".join((*suggested.words, *suggested.subjects))


def test_a_customer_number_is_not_kept_as_a_query(desk: KnowledgeBase) -> None:
    for text in ("C-20806", " c20806", "mail"):
        search(desk, text)
    desk.parts.recent.flush()
    assert desk.parts.recent.latest() == ["mail"]


def test_a_customer_number_is_not_kept_as_the_query_that_led_to_a_ticket(
    desk: KnowledgeBase,
) -> None:
    desk.local.outcomes.record("T-1", OutcomeReport(solved=True, call="1", query="C 20806"))
    desk.local.outcomes.record("T-1", OutcomeReport(solved=True, call="2", query="vpn"))
    assert [solved.query for solved in desk.parts.store.solved_queries()] == ["vpn"]
