"""What searches answer, and what that costs the store."""

import pytest

from kbsearch.errors import (
    IndexMissing,
)
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from tests.sentences import sentences
from tests.services.samples import MODEM, SCANNER, found
from tests.statements import statements


def test_a_search_without_an_index_says_what_to_run(kb: KnowledgeBase) -> None:
    for act in (lambda: found(kb, "modem"), kb.parts.index.catch_up, kb.parts.index.verify):
        with pytest.raises(IndexMissing, match="There is no index yet; run: kbsearch reindex"):
            act()


@pytest.mark.parametrize(
    "text",
    [
        "modem product:Gr\udcf6sse",
        "modem tag:\ud800",
        "modem tag:a\x1fb",
        "modem\x00",
        "modem from:0001-01-01 before:9999-12-31",
        'modem "' + "a " * 900 + '"',
        "modem " + "ab" * 900,
        "modem " + "-".join(["abc"] * 400),
    ],
)
def test_odd_queries_are_answered_from_the_files_of_the_index(kb: KnowledgeBase, text: str) -> None:
    kb.local.tickets.add(MODEM)
    assert set(found(kb, text)) <= {"T-1"}


def test_a_search_says_what_the_index_lacks(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    kb.parts.store.save({"reference": "T-2", "subject": "Kettle"})
    assert kb.parts.index.behind() == 1
    (note,) = sentences(kb.local.searching.search(SearchRequest("modem")).notes)
    assert note == "The index lacks the last change; run: kbsearch reindex"


def test_a_filter_that_no_ticket_passes_names_those_there_are(kb: KnowledgeBase) -> None:
    kb.local.tickets.add({**MODEM, "product": "Brindlewave"})
    found = kb.local.searching.search(SearchRequest("modem product:Brindle status:gone"))
    assert sentences(found.notes) == (
        'No ticket has the product "Brindle"; did you mean "Brindlewave"?',
        'No ticket has the status "gone"; there are solved.',
    )
    assert kb.local.searching.search(SearchRequest("modem product:BRINDLEWAVE")).notes == ()


def test_a_quote_that_no_ticket_of_the_filter_has_is_searched_singly(kb: KnowledgeBase) -> None:
    kb.local.tickets.add({"reference": "A", "subject": "Red light", "product": "Modems"})
    kb.local.tickets.add({"reference": "B", "subject": "Light is red", "product": "Lamps"})
    found = kb.local.searching.search(SearchRequest('"red light" product:Lamps'))
    assert [hit.ticket.reference for hit in found.hits] == ["B"]
    assert "word for word" in sentences(found.notes)[0]
    found = kb.local.searching.search(SearchRequest('"red light" product:Modems'))
    assert ([hit.ticket.reference for hit in found.hits], found.notes) == (["A"], ())


def add_nine_products(kb: KnowledgeBase) -> None:
    for number in range(9):
        product = f"Line {number}"
        kb.local.tickets.add({"reference": f"A-{number}", "subject": "Hum", "product": product})


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("product:ketles", "Kettles"),
        ("product:Kettle", "Kettles"),
        ("tag:steamnozzle", "steam nozzle"),
        ("category:galey", "Galley"),
        ("status:solvd", "solved"),
    ],
)
def test_a_filter_value_that_is_nearly_right_is_answered_with_the_right_one(
    kb: KnowledgeBase, query: str, named: str
) -> None:
    add_nine_products(kb)
    kb.local.tickets.add(
        {**MODEM, "product": "Kettles", "category": "Galley", "tags": ("steam nozzle",)}
    )
    (note,) = sentences(kb.local.searching.search(SearchRequest(f"modem {query}")).notes)
    assert note.endswith(f'; did you mean "{named}"?')


def test_a_list_of_values_says_how_many_it_leaves_out(kb: KnowledgeBase) -> None:
    add_nine_products(kb)
    (note,) = sentences(kb.local.searching.search(SearchRequest("hum product:Zebra")).notes)
    assert note.endswith("there are Line 0, Line 1, Line 2, Line 3, Line 4, Line 5 and 3 others.")


def test_a_search_reads_facts_tickets_and_how_far_the_store_is_in_one_transaction(
    kb: KnowledgeBase,
) -> None:
    for fields in (MODEM, SCANNER):
        kb.local.tickets.add(fields)
    with statements() as sent:
        found = kb.local.searching.search(SearchRequest("scaner hums"))
    assert found.did_you_mean
    assert [one.split()[0] for one in sent] == ["BEGIN", "SELECT", "SELECT", "SELECT"]
