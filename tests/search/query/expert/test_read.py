"""A query with operators is read as its tree; whatever is wrong with it is said."""

import codecs
from pathlib import Path

import pytest

from kbsearch.analysis.tables import read_table
from kbsearch.engines.boolean_tree import And, Not, Or, Tree
from kbsearch.errors import QueryInvalid
from kbsearch.records.filters import Filters
from kbsearch.search.query.expert.query import ExpertQuery, Quote, Wanted, Words
from kbsearch.search.query.expert.read import read
from kbsearch.search.query.parse import Query, read_query
from kbsearch.search.query.tokens import tokenize
from tests.search.query_texts import texts
from tests.sentences import sentences

NO_FILTERS = Filters()
FOLDER = Path(__file__).parent


def rows(name: str) -> list[tuple[str, ...]]:
    """Return the cases of a table; a backslash is written as in Python."""
    table = read_table(FOLDER / name)
    return [
        (codecs.decode(text, "unicode_escape") if "\\" in text else text, *rest)
        for text, *rest in table
    ]


def written(tree: Tree[Wanted]) -> str:
    """Return a tree as the table of cases writes it."""
    if isinstance(tree, And | Or):
        return f"{type(tree).__name__.upper()}({', '.join(map(written, tree.parts))})"
    if isinstance(tree, Not):
        return f"NOT({written(tree.part)})"
    if isinstance(tree, Filters):
        return filter_written(tree)
    words = " ".join(texts(tree.tokens))
    return f'"{words}"' if isinstance(tree, Quote) else words


def filter_written(filters: Filters) -> str:
    """Return the one filter that is set, with its value."""
    (field,) = (name for name in filters.__slots__ if getattr(filters, name))
    value = getattr(filters, field)
    return f"{field}:{value[0] if isinstance(value, tuple) else value.date().isoformat()}"


def expert(text: str) -> ExpertQuery:
    """Read a query that has operators."""
    query = read(text, NO_FILTERS)
    assert isinstance(query, ExpertQuery)
    return query


@pytest.mark.parametrize(("text", "reading"), rows("readings.tsv"))
def test_a_query_is_read_as_its_tree(text: str, reading: str) -> None:
    assert written(expert(text).must) == reading


@pytest.mark.parametrize(("text", "what", "where"), rows("malformed.tsv"))
def test_a_malformed_query_is_plain_words_with_a_note(text: str, what: str, where: str) -> None:
    query = read(text, NO_FILTERS)
    assert not isinstance(query, ExpertQuery)
    note = sentences(query.notes)[0]
    assert what in note
    assert where in note
    assert note.endswith(", so the words were searched without AND, OR and NOT.")
    assert not {"and", "or", "not"} & set(texts(query.tokens))


@pytest.mark.parametrize("text", [text for text, _ in rows("device_texts.tsv")])
def test_what_a_device_shows_in_capitals_has_no_operator(text: str) -> None:
    assert read(text, NO_FILTERS) == read_query(text, NO_FILTERS)


@pytest.mark.parametrize(
    "text",
    ["printer jam", "not and or", "(red) -jam", "ANDROID oreo", "nand/AND/or", '"a AND b" c', ""],
)
def test_without_an_operator_a_query_is_read_as_ever(text: str) -> None:
    def read_as(query: Query | QueryInvalid) -> object:
        return str(query) if isinstance(query, QueryInvalid) else query

    assert read_as(outcome(read, text)) == read_as(outcome(read_query, text))


def outcome(reader: object, text: str) -> Query | QueryInvalid:
    """Return what a reader makes of a query, also a refusal."""
    assert callable(reader)
    try:
        query = reader(text, NO_FILTERS)
    except QueryInvalid as refusal:
        return refusal
    assert isinstance(query, Query)
    return query


@pytest.mark.parametrize("text", ["NOT jam", "NOT (jam OR fan)", "-jam OR NOT fan", "NOT tag:usb"])
def test_what_only_leaves_out_is_refused(text: str) -> None:
    with pytest.raises(QueryInvalid, match="only says what to leave out"):
        read(text, NO_FILTERS)


def test_a_chosen_filter_is_something_to_leave_out_of() -> None:
    chosen = Filters(products=("Modem 3",))
    query = read("NOT jam", chosen)
    assert isinstance(query, ExpertQuery)
    assert (query.filters, query.must) == (chosen, Not(Words(tuple(tokenize("jam")))))


def test_an_operator_that_is_read_as_a_word_is_mentioned() -> None:
    [note] = sentences(expert("jam AND PAPER AND TRAY").notes)
    assert note == (
        'AND in "PAPER AND TRAY" was searched as a word; to use it as an operator, put words of'
        " the problem in small letters next to it."
    )


def test_other_words_in_capitals_are_not_mentioned() -> None:
    assert expert("jam AND COVER OPEN").notes == ()


def test_a_sign_that_is_no_operator_says_nothing() -> None:
    query = read("printer NOT PAY-4417 &&", NO_FILTERS)
    assert isinstance(query, ExpertQuery)
    assert query.notes == ()


def test_a_filter_that_cannot_be_read_demands_nothing() -> None:
    query = expert("jam AND (since:tomorrow OR status:open)")
    assert written(query.must) == "AND(jam, statuses:open)"
    [note] = sentences(query.notes)
    assert note == "since:tomorrow was left out: write a day as since:2026-03-01."


def test_the_words_that_are_wanted_are_its_tokens() -> None:
    query = expert('printer NOT (jam OR NOT fan) OR "red light" dark')
    assert (texts(query.tokens), query.quoted, query.excluded) == (
        ("printer", "fan", "dark"),
        (),
        (),
    )


@pytest.mark.parametrize(
    ("text", "open_end"),
    [("red AND blu", True), ("red AND blu ", False), ("red AND (blu", True), ("a AND -blu", False)],
)
def test_a_query_that_ends_in_a_word_may_go_on(text: str, open_end: bool) -> None:
    assert read(text, NO_FILTERS).open_end == open_end
