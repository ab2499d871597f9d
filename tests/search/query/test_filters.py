"""field:value in a query."""

from datetime import UTC, datetime

import pytest

from kbsearch.errors import FilterInvalid
from kbsearch.records.filters import Filters
from kbsearch.search.query.parse import Query, read_query
from tests.search.query_texts import phrases, texts
from tests.sentences import sentences

MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def read(text: str) -> Query:
    return read_query(text, Filters())


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("product:Router", Filters(products=("Router",))),
        ("status:solved", Filters(statuses=("solved",))),
        ("category:Network", Filters(categories=("Network",))),
        ("tag:usb", Filters(tags=("usb",))),
        ("tags:usb", Filters(tags=("usb",))),
        ("kind:article", Filters(kinds=("article",))),
        ("from:2026-03-01", Filters(created_from=MARCH)),
        ("after:2026-03-01", Filters(created_from=MARCH)),
        ("before:2026-03-01", Filters(created_before=MARCH)),
    ],
)
def test_every_filter_is_taken_out_of_the_words(text: str, filters: Filters) -> None:
    query = read(f"modem {text}")
    assert (texts(query.tokens), query.filters, query.notes) == (("modem",), filters, ())


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ('product:"Router 3"', "Router 3"),
        ("product:“Router 3”", "Router 3"),
        ("PRODUCT:Router", "Router"),
        ("product:Router,", "Router"),
        ('product:"Router', "Router"),
        ("product:Größe-3", "Größe-3"),
    ],
)
def test_a_value_is_kept_as_it_is_typed_but_for_the_marks_around_it(
    text: str, product: str
) -> None:
    assert read(f"{text} modem").filters == Filters(products=(product,))


def test_the_same_filter_twice_names_two_values() -> None:
    assert read("product:Router product:Modem red").filters.products == ("Router", "Modem")


def test_a_field_that_is_no_filter_is_searched_with_a_note() -> None:
    query = read("modem colour:red colour:blue")
    assert texts(query.tokens) == ("modem", "colour", "red", "colour", "blue")
    assert sentences(query.notes) == ("There is no filter colour:, so its words were searched.",)


@pytest.mark.parametrize(
    ("typed", "ending"),
    [("statsu", "; did you mean status:?"), ("befor", "; did you mean before:?"), ("bug", ".")],
)
def test_a_field_that_is_no_filter_is_answered_with_the_nearest(typed: str, ending: str) -> None:
    (note,) = sentences(read(f"{typed}:red modem").notes)
    assert note == f"There is no filter {typed}:, so its words were searched{ending}"


def test_a_customer_is_no_filter_and_is_searched_by_the_number_alone() -> None:
    (note,) = sentences(read("customer:C-7 modem").notes)
    assert note.endswith("; for the tickets of a customer, search for the number alone.")


@pytest.mark.parametrize(("typed", "month"), [("2024-11", 11), ("2024", 1)])
def test_a_month_or_a_year_begins_with_its_first_day(typed: str, month: int) -> None:
    assert read(f"before:{typed}").filters.created_before == datetime(2024, month, 1, tzinfo=UTC)


def test_a_field_that_is_no_filter_can_still_be_left_out() -> None:
    query = read('modem -colour:red -colour:"dark blue"')
    assert phrases(query.excluded) == (("colour", "red"), ("colour", "dark", "blue"))
    assert sentences(query.notes) == ("There is no filter colour:, so its words were left out.",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0x8007:5", ("0x8007", "5")),
        ("http://intranet", ("http", "intranet")),
        ("10:30", ("10", "30")),
        (r"C:\temp", ("c", "temp")),
        ("c:/temp", ("c", "temp")),
        ("std::string", ("std", "string")),
        ("(product:Router)", ("product", "router")),
        ("my-product:Router", ("my-product", "router")),
    ],
)
def test_a_colon_in_a_path_a_time_or_a_code_makes_no_filter(
    text: str, words: tuple[str, ...]
) -> None:
    query = read(text)
    assert (texts(query.tokens), query.filters, query.notes) == (words, Filters(), ())


def test_a_filter_without_a_value_is_left_out_with_a_note() -> None:
    query = read("product: Router")
    assert (texts(query.tokens), query.filters) == (("router",), Filters())
    [note] = sentences(query.notes)
    assert note == "product: was left out: what follows is no product that a ticket has."


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "2026-03-1", "01.03.2026", '"1 March"'])
def test_a_day_that_is_none_is_left_out_with_a_note(day: str) -> None:
    query = read(f"modem from:{day}")
    assert query.filters == Filters()
    assert sentences(query.notes) == (
        f"from:{day.strip(chr(34))} was left out: write a day as from:2026-03-01.",
    )


def test_a_time_of_another_zone_is_read_as_utc() -> None:
    query = read("modem from:2026-03-01T05:30:00+05:30 before:2026-03-01T00:00:00")
    assert query.filters == Filters(created_from=MARCH, created_before=MARCH)


def test_a_time_before_the_first_year_is_left_out_with_a_note() -> None:
    assert read("modem from:0001-01-01T00:00+14:00").filters == Filters()


@pytest.mark.parametrize("text", ['product:""', "product:,", 'product:" "'])
def test_a_filter_that_names_nothing_is_left_out_with_a_note(text: str) -> None:
    query = read(f"modem {text}")
    assert query.filters == Filters()
    assert sentences(query.notes) == ("product: was left out: it names nothing.",)


def test_a_value_longer_than_any_ticket_has_is_left_out_with_a_note() -> None:
    query = read(f"modem kind:{'A' * 201}")
    assert query.filters == Filters()
    assert sentences(query.notes) == ("kind: was left out: no ticket has a value that long.",)


@pytest.mark.parametrize("name", ["product", "status", "category", "tag", "kind"])
def test_a_filter_names_a_hundred_values_at_most(name: str) -> None:
    text = " ".join(f"{name}:{number}" for number in range(101))
    with pytest.raises(FilterInvalid, match=rf"^{name}: has 101 values, the limit is 100; leave"):
        read(text)


def test_a_filter_cannot_exclude_and_says_so() -> None:
    query = read("modem -product:Router")
    assert (texts(query.tokens), phrases(query.excluded), query.filters) == (
        ("modem",),
        (),
        Filters(),
    )
    assert sentences(query.notes) == ("-product: was left out: a filter cannot exclude.",)


def test_half_a_character_that_a_terminal_let_through_is_kept_from_the_index() -> None:
    assert read("modem product:Gr\udcf6sse").filters.products == ("Gr?sse",)
