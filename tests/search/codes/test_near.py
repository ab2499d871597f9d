"""Near codes: shown apart, with what differs, and only for codes."""

from datetime import UTC, datetime

import pytest

from kbsearch.engines.base import View
from kbsearch.records.filters import Filters
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.codes.near import (
    MOST_BESIDE_EXACT,
    MOST_NEAR,
    TICKETS_SHOWN,
    find_near_codes,
    near_codes,
)
from kbsearch.search.query.parse import read_query
from kbsearch.search.results import NearCode
from kbsearch.search.understand.plan import Understanding
from tests.search.desk import engine, search, ticket
from tests.sentences import sentences


def near(text: str, *tickets: StoredTicket, filters: Filters | None = None) -> list[NearCode]:
    """Return what is shown apart from the hits of a query."""
    index = engine(*tickets).snapshot(View.INTERNAL)
    query = read_query(text, filters or Filters())
    plan = Understanding(index).plan(query)
    held = {one.id: one for one in tickets}
    return list(find_near_codes(query, plan, index, lambda ids: {one: held[one] for one in ids}))


def about(*codes: str) -> tuple[StoredTicket, ...]:
    return tuple(ticket(number, f"Till shows {code}") for number, code in enumerate(codes, start=1))


def found(text: str, *codes: str) -> list[str]:
    return [one.found for one in near(text, *about(*codes))]


@pytest.mark.parametrize(
    ("typed", "held", "marked", "hint"),
    [
        ("PAY-4418", "PAY-4417", "PAY-441[7]", ""),
        ("PAY-4471", "PAY-4417", "PAY-44[17]", ""),
        ("PAY-441", "PAY-4417", "PAY-441[7]", ""),
        ("PAY-44717", "PAY-4417", "PAY-4[41]7", ""),
        ("pay4O17", "PAY-4017", "PAY-4[0]17", "0 and O look alike"),
        ("OxBOO7OOO5", "0x80070005", "[0]x[800]7[000]5", "0 and O look alike; 8 and B look alike"),
        ("e1l4", "E114", "E1[1]4", "1 and l look alike"),
        ("settlngs.ini", "settings.ini", "sett[i]ngs.ini", "I and l look alike"),
        ("KB-5034441", "KP5034441", "K[P]5034441", "B and P sound alike"),
        ("PAY-4417", "PAY-4471", "PAY-44[71]", ""),
        ("0x80070005", "0x80070057", "0x800700[57]", ""),
        ("11873", "QBE11873", "[QBE]11873", ""),
        ("KB50200", "KB5020030", "KB50200[30]", ""),
        ("3c52.826f.b129", "3C:52:82:6F:B1:28", "3C:52:82:6F:B1:2[8]", ""),
        ("PAY-1517", "PAY-5017", "PAY-[50]17", "15 and 50 sound alike"),
        ("10.2.1", "10.3.1.7", "10.[3].1", ""),
        ("host1.example.com", "host2.example.com", "host[2].example.com", ""),
    ],
)
def test_what_differs_is_marked_and_explained(
    typed: str, held: str, marked: str, hint: str
) -> None:
    (only,) = near(typed, *about(held))
    shown = only.found
    for start, end in reversed(only.marks):
        shown = f"{shown[:start]}[{shown[start:end]}]{shown[end:]}"
    assert (shown, "; ".join(sentences(only.hints))) == (marked, hint)
    assert (only.typed, only.total) == (typed, 1)


def test_what_looks_alike_comes_first_then_what_most_tickets_have() -> None:
    held = ("PAY-4018", "PAY-4019", "PAY-4019", "PAY-4O17")
    assert found("PAY-4017", *held) == ["PAY-4O17", "PAY-4019", "PAY-4018"]


def test_no_more_than_a_few_are_shown() -> None:
    assert len(found("PAY-4017", *(f"PAY-402{last}" for last in range(10)))) == MOST_NEAR
    alike = ("PAY-4O17", "PAY-40I7", "PAY-4OI7", "PAY-A017", "PAY-4D17")
    assert len(found("PAY-4017", "PAY-4017", *alike)) == MOST_BESIDE_EXACT


def test_beside_an_exact_code_only_what_looks_alike_is_shown() -> None:
    assert found("PAY-4017", "PAY-4017", "PAY-4018", "PAY-4011", "PAY-4O17") == ["PAY-4O17"]


@pytest.mark.parametrize("typed", ["e10", "till", "shows", "tills", "modem"])
def test_words_and_short_codes_have_no_near_ones(typed: str) -> None:
    assert found(typed, "e11", "t1ll", "sh0ws", "modern") == []


def test_a_code_that_is_near_to_nothing_shows_nothing() -> None:
    assert found("0x80240034", "PAY-4417", "0xC1900101") == []


@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        ("win ABC-99812", ('No ticket has "ABC-99812".',)),
        ("win abc_def", ('No ticket has "abc_def".',)),
        ("win PAY-4418", ()),  # shown among the near ones
        ("win PAY-4417", ()),
        ("win win99 e99", ('No ticket has "e99".',)),  # the other stands there in two words
        ("win 42", ()),
    ],
)
def test_a_code_that_no_ticket_has_is_told(typed: str, notes: tuple[str, ...]) -> None:
    assert sentences(search(typed, *about("PAY-4417", "Win 99")).notes) == notes


def test_a_code_in_a_quote_has_near_ones() -> None:
    assert found('"shows PAY-4418"', "PAY-4417") == ["PAY-4417"]


def test_a_code_that_was_typed_with_a_space_has_near_ones() -> None:
    (only,) = near("install kb 5034442", *about("KB5034441"))
    assert (only.typed, only.found, only.marks) == ("kb 5034442", "KB5034441", ((8, 9),))


@pytest.mark.parametrize("typed", ["PAY-4418", "Pay4418", "KB 5034442", "pay_4418"])
def test_a_code_without_hits_is_named_as_it_was_typed(typed: str) -> None:
    (only,) = near(f"Error {typed}?", *about("PAY-4417", "KB5034441"))
    assert only.typed == typed


def test_the_number_alone_is_looked_at_if_the_word_before_it_is_no_part_of_it() -> None:
    assert found("room 50344", "50345") == ["50345"]


def test_the_newest_tickets_are_shown_and_all_counted() -> None:
    held = [
        StoredTicket(
            id=day,
            revision=1,
            reference=f"T-{day}",
            subject="Till E1044",
            created_at=datetime(2026, 3, day, tzinfo=UTC),
        )
        for day in range(1, 9)
    ]
    (only,) = near("E1045", *held)
    assert only.total == len(held)
    assert [one.id for one in only.tickets] == [8, 7, 6][:TICKETS_SHOWN]


def test_the_filters_and_exclusions_of_the_query_hold() -> None:
    held = (
        StoredTicket(id=1, revision=1, reference="T-1", subject="Till E1044", product="Till"),
        StoredTicket(id=2, revision=1, reference="T-2", subject="Scanner E1044", product="Scanner"),
        StoredTicket(id=3, revision=1, reference="T-3", subject="Scanner E1046", product="Scanner"),
    )
    filtered = near("E1045", *held, filters=Filters(products=("till",)))
    assert [(one.found, [each.id for each in one.tickets]) for one in filtered] == [("E1044", [1])]
    assert [one.found for one in near("E1045 -scanner", *held)] == ["E1044"]


def test_a_ticket_that_was_deleted_meanwhile_is_not_shown() -> None:
    index = engine(*about("E1044")).snapshot(View.INTERNAL)
    query = read_query("E1045", Filters())
    assert find_near_codes(query, Understanding(index).plan(query), index, lambda _: {}) == ()


def test_a_query_without_a_code_asks_nothing_of_the_store() -> None:
    index = engine().snapshot(View.INTERNAL)
    query = read_query("printer jams", Filters())
    plan = Understanding(index).plan(query)
    assert find_near_codes(query, plan, index, lambda ids: pytest.fail(f"fetched {ids}")) == ()


def test_near_codes_are_filed_forms_with_their_tickets() -> None:
    index = engine(*about("PAY-4417", "PAY-4417")).snapshot(View.INTERNAL)
    assert [tuple(one) for one in near_codes("pay4418", index)] == [("pay4417", (), 2)]


def test_a_short_number_comes_near_the_same_digits_with_dots() -> None:
    assert found("419", "4.1.9", "4.9.1") == ["4.1.9"]
