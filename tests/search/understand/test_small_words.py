"""Negations and other small words find no ticket, and break ties among those found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.terms import small_words, stop_words
from kbsearch.messages.catalogue import Code
from kbsearch.search.results import SearchResult
from tests.search import desk

SUBJECTS = (
    "Label printer does not feed",
    "Label printer feeds two labels",
    "Rota cannot be printed",
    "Host unreachable from the clinic",
    "Ward tablet asks for the proxy",
    "Doe account merged by mistake",
    "Saint Kitts office moved",
    "Aunt of the owner wants a login",
    "Notes vanish from the ward tablet",
    "No dial tone at the desk",
    "Badge reader is getting hot",
    "Google Keep shows old lists",
    "Keyboard keeps repeating the letter",
)
TICKETS = tuple(desk.ticket(*pair) for pair in enumerate(SUBJECTS, start=1))
SMALL = sorted(word for word in stop_words() if " " not in word)
CONTENT = ["printer", "tablet", "badge", "dial", "rota", "keyboard", "lists", "proxy"]


def search(text: str) -> SearchResult:
    return desk.search(text, *TICKETS)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("label printer doesn't feed", 1),
        ("label printer wont feed", 1),
        ("label printer fails to feed", 1),
        ("label printer no longer feeds", 1),
        ("unable to print rota", 3),
        ("rota can`t be printed", 3),
        ("rota isnt printing", 3),
        ("hasn't a proxy", 5),
        ("tablet didn\u00b4t ask for proxy", 5),
        ("tablet isn't showing proxy", 5),
        ("aren't notes on the tablet", 9),
        ("don't hear dial tone", 10),
        ("not getting dial tone", 10),
        ("never a dial tone since morning", 10),
        ("badge reader going hot", 11),
        ("badge reader hot kindly do the needful", 11),
        ("google keep lists", 12),
        ("keep shows lists", 12),
        ("keyboard keeps on repeating", 13),
        ("letter keeps getting repeated please", 13),
    ],
)
def test_the_words_of_the_problem_choose_the_ticket(text: str, first: int) -> None:
    """Own wordings of twenty kinds: no small word is read as another, none finds a ticket."""
    result = search(text)
    assert result.hits[0].ticket.id == first
    assert result.did_you_mean == ""
    for hit in result.hits:
        assert {reason.word for reason in hit.reasons} - stop_words()


@pytest.mark.parametrize("text", ["don't", "aren`t", "it is not going", "no longer", "fails to"])
@pytest.mark.parametrize("typing", [False, True])
def test_small_words_alone_ask_for_a_word(text: str, typing: bool) -> None:
    result = desk.search(f"{text} ", *TICKETS, typing=typing)
    assert result.hits == ()
    assert result.total == 0
    assert result.notes == ((Code.ADD_WORD,),)


def test_a_small_word_that_is_still_typed_may_begin_another() -> None:
    [hit] = desk.search("not", *TICKETS, typing=True).hits
    assert [reason.found for reason in hit.reasons] == ["notes"]


def test_of_two_tickets_alike_the_one_with_the_negation_is_first() -> None:
    tickets = desk.ticket(1, "Till prints receipts"), desk.ticket(2, "Till cannot print receipts")
    found = desk.search("till won't print receipts", *tickets).hits
    assert [hit.ticket.id for hit in found] == [2, 1]
    assert (Code.SAYS_SAME, "cannot", "wont") in [reason.message for reason in found[0].reasons]


def test_a_ticket_with_more_words_of_the_problem_is_before_one_with_the_negation() -> None:
    texts = "Scale shows weight", "Scale is not level", "Till is not open", "Fan is not on"
    tickets = [desk.ticket(*pair) for pair in enumerate(texts, start=1)]
    assert desk.search("scale not weight", *tickets).hits[0].ticket.id == 1


def test_two_small_words_make_no_pair() -> None:
    pairs = desk.plan("printer does not keep going").pairs
    assert all(set(pair.terms) - {*small_words(), "keep", "go"} for pair in pairs)


@given(
    st.lists(st.sampled_from(SMALL), max_size=4),
    st.lists(st.sampled_from(CONTENT), min_size=1, max_size=2),
)
def test_every_hit_has_a_reason_that_is_no_small_word(small: list[str], words: list[str]) -> None:
    result = search(" ".join([*small, *words, *small]))
    assert result.hits
    for hit in result.hits:
        assert any(reason.word not in stop_words() for reason in hit.reasons)
        assert any(reason.found not in stop_words() for reason in hit.reasons)


def test_a_small_word_is_not_marked() -> None:
    fan = desk.ticket(1, "Fan", problem="The fan will not spin")
    (hit,) = desk.search("fan does not spin", fan).hits
    marked = [hit.problem.text[start:end] for start, end in hit.problem.marks]
    assert marked == ["fan", "spin"]
