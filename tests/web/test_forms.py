"""What people type into the pages."""

import pytest

from kbsearch.records.filters import Filters
from kbsearch.web.forms import Asked, Draft


def test_an_empty_address_asks_for_nothing() -> None:
    assert Asked.read({}) == Asked()
    assert not Asked.read({"q": "  "}).says_something


def test_a_space_at_the_end_is_kept_because_it_ends_the_word() -> None:
    assert Asked.read({"q": "print "}).request.text == "print "


def test_filters_reach_the_request() -> None:
    asked = Asked.read({"q": "modem", "product": "Modem 3", "kind": "article"})
    assert asked.request.filters == Filters(products=("Modem 3",), kinds=("article",))
    assert asked.filters == {"product": "Modem 3", "kind": "article"}


def test_only_the_typing_page_may_have_an_unfinished_word() -> None:
    assert Asked.read({"q": "prin", "typing": "1"}).request.typing
    assert not Asked.read({"q": "prin"}).request.typing


@pytest.mark.parametrize(
    ("typed", "limit"), [("", 10), ("50", 50), ("7", 10), ("9999", 10), ("-1", 10), ("x", 10)]
)
def test_a_page_shows_one_of_the_limits_it_offers(typed: str, limit: int) -> None:
    assert Asked.read({"limit": typed}).limit == limit


def test_the_address_of_a_search_reads_back_as_the_same_search() -> None:
    asked = Asked(q="a&b=c #1", product="Häuser & Söhne", status="open")
    assert Asked.read(asked.address) == asked


def test_line_ends_of_a_browser_become_ours_and_the_rest_stays() -> None:
    fields = Draft(problem="\r\n  a\r\n\tb  \r\n\r\n").fields("KB-1")
    assert fields["problem"] == "  a\n\tb"


def test_tags_are_separated_by_commas() -> None:
    assert Draft(tags=" usb, ,two words ").fields("KB-1")["tags"] == ("usb", "two words")


def test_times_are_left_to_the_knowledge_base() -> None:
    fields = Draft(resolution="Reseat it.").fields("KB-1")
    assert fields.keys().isdisjoint({"created_at", "resolved_at"})


def test_a_status_that_is_left_empty_is_left_to_the_store() -> None:
    assert "status" not in Draft(status=" ").fields("KB-1")
    assert Draft(status="waiting").fields("KB-1")["status"] == "waiting"
