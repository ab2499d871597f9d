"""What is spelt out on a telephone is read as what it spells, and nothing else is."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.tokens import chunks
from kbsearch.messages.catalogue import Code
from kbsearch.search.codes.spoken import Spoken, spoken_code
from tests.index.tables import cells

LETTERS = cells("spoken_letters.tsv")
SYMBOLS = cells("spoken_symbols.tsv")
KNOWN = [word for row in (*LETTERS[1:], *SYMBOLS[1:]) for word in row[0].split()]
QUERIES = Path(__file__).parents[1] / "rep_queries.tsv"


def spoken(query: str) -> list[Spoken]:
    return spoken_code([chunk for chunk, _, _ in chunks(query)])


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("B as in Bravo", "b"),
        ("b for Bertie, d for Delhi", "bd"),
        ("bravo tango one two", "bt12"),
        ("adam boy charles", "abc"),
        ("x-ray yankee zulu", "xyz"),
        ("bravo-tango-1-2", "bt12"),
        ("m as in mike w as in whiskey eight oh nine", "mw809"),
        ("b bravo t tango 7", "bt7"),
        ("capital b bravo four five", "b45"),
        ("e one oh four", "e104"),
        ("zero ex eight double oh seven", "0x8007"),
        ("zero x 80070005", "0x80070005"),
        ("0 x 8 0 0 7", "0x8007"),
        ("kb five oh three four four four one", "kb5034441"),
        ("kb fifty thirty four four forty one", "kb5034441"),
        ("pay dash four four one seven", "pay-4417"),
        ("pay dash 4417", "pay-4417"),
        ("e hyphen mail", "e-mail"),
        ("four oh four", "404"),
        ("double seven", "77"),
        ("triple o", "000"),
        ("double o seven", "007"),
        ("eight point one", "8.1"),
        ("ten dot two dot one", "10.2.1"),
        ("end underscore of underscore file", "end_of_file"),
        ("firefox dot exe", "firefox.exe"),
        ("double u u u dot example dot com", "www.example.com"),
        ("double you double you double you dot example dot co dot uk", "www.example.co.uk"),
        ("support at the rate example dot com", "support@example.com"),
        ("support at sign mail dot example dot com", "support@mail.example.com"),
        ("bravo tango space one two", "bt 12"),
        ("p a y slash 7", "pay/7"),
    ],
)
def test_what_is_spelt_out_is_read(query: str, text: str) -> None:
    [found] = spoken(query)
    assert (found.start, found.text) == (0, text)
    assert found.end == len(list(chunks(query)))


@pytest.mark.parametrize(
    "query",
    """
    hotel wifi|delta airlines|golf app|one drive|dash cam|dot matrix|double click|at the rate
    number one issue|golf hotel wifi|mike charlie|november 2023|windows ten|windows 7 8 10
    one or two|step one two|two factor|twenty twenty four|nineteen ninety five|zero day
    dot net framework|save as dot pdf|the dot com bubble|full stop key|press hash|slash command
    plan b|option a b or c|double l in username|double 2 windows|i like india|a for all
    add hyphen in name|oh no one drive|star wars|about colon config|the underscore key
    tango down|x box one|case sensitive|i|a|echo|as in|for|dash|double|zero|at sign
    """.strip()
    .replace("\n    ", "|")
    .split("|"),
)
def test_words_that_could_spell_but_do_not_are_left_alone(query: str) -> None:
    assert spoken(query) == []


def test_the_reason_names_what_was_typed_and_what_it_spells() -> None:
    [found] = spoken("error Bravo Tango one two again")
    assert found == Spoken(1, 5, "bt12", (Code.SPELLS, "bravo tango one two", "bt12"))


def test_two_codes_in_one_query_are_two_answers() -> None:
    found = spoken("bravo tango one two and kb five oh three")
    assert [one.text for one in found] == ["bt12", "kb503"]


def test_initials_before_a_number_belong_to_one_code_only() -> None:
    found = spoken("a underscore kb one two three")
    assert [(one.start, one.text) for one in found] == [(0, "a_kb"), (3, "123")]


def test_an_article_before_a_code_is_no_letter_of_it() -> None:
    assert [found.text for found in spoken("i got a bravo tango four")] == ["bt4"]


def test_of_the_queries_of_the_desk_one_is_spelt() -> None:
    with QUERIES.open(encoding="utf-8") as lines:
        queries = [row["query"] for row in csv.DictReader(lines, delimiter="\t")]
    assert [query for query in queries if spoken(query)] == ["vee pee en drops every hour"]


@given(st.lists(st.sampled_from(KNOWN) | st.text(max_size=6) | st.sampled_from("abio0127-")))
def test_any_words_are_read_without_an_error_and_without_overlap(words: list[str]) -> None:
    end = 0
    for found in spoken_code(words):
        assert end <= found.start < found.end <= len(words)
        end = found.end
        assert found.text


def test_a_long_row_of_words_that_change_others_is_read() -> None:
    assert spoken_code(["capital", "double"] * 2_000) == []


@pytest.mark.parametrize("rows", [LETTERS, SYMBOLS], ids=["letters", "symbols"])
def test_a_table_is_sorted_full_and_has_each_key_once(rows: list[list[str]]) -> None:
    header, *body = rows
    assert len(header) == 4
    assert sorted(body) == body
    assert len({row[0] for row in body}) == len(body)
    assert all(cell and cell == cell.strip() for row in body for cell in row)
    assert all(row[0] == row[0].lower() for row in body)


def test_every_word_of_an_alphabet_begins_with_what_it_spells() -> None:
    words = [row for row in LETTERS[1:] if row[2] != "name" and row[1] != "0x"]
    assert [row for row in words if not row[0].startswith(row[1])] == []
