"""Every table parses, is clean, and agrees with the others."""

import unicodedata

import pytest

from kbsearch.intake.values.nothing import LONGEST
from tests.index.tables import HEADERS, ORDERED, REPEATING, cells, read, text

TABLES = sorted(HEADERS)
WORDS = {
    "abbreviations.tsv": ("short", "long"),
    "compounds.tsv": ("joined", "parts"),
    "readings.tsv": ("word", "also"),
    "small_words.tsv": ("word", "like"),
    "stopwords.tsv": ("word",),
    "variants.tsv": ("form", "canonical"),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_header_names_the_columns(name: str) -> None:
    assert tuple(cells(name)[0]) == HEADERS[name]


@pytest.mark.parametrize("name", TABLES)
def test_every_row_fills_every_column(name: str) -> None:
    width = len(HEADERS[name])
    bad = [row for row in cells(name) if len(row) != width or any(c != c.strip() for c in row)]
    assert bad == []
    assert [row for row in cells(name) if "" in row] == []


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_composed_unicode_with_plain_line_ends(name: str) -> None:
    content = text(name)
    assert unicodedata.is_normalized("NFC", content)
    assert "\r" not in content
    assert content.endswith("\n")


@pytest.mark.parametrize("name", [name for name in TABLES if name not in ORDERED])
def test_rows_are_sorted(name: str) -> None:
    rows = cells(name)[1:]
    assert rows == sorted(rows)


@pytest.mark.parametrize("name", [name for name in TABLES if name not in REPEATING])
def test_no_key_stands_twice(name: str) -> None:
    keys = [row[0] for row in cells(name)[1:]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_are_lower_case_without_odd_characters(name: str) -> None:
    words = [row[column] for row in read(name) for column in WORDS[name]]
    odd = [word for word in words if word != word.lower() or not word.replace(" ", "").isalnum()]
    assert odd == []


def test_a_reading_goes_both_ways() -> None:
    pairs = {(row["word"], row["also"]) for row in read("readings.tsv")}
    assert {(also, word) for word, also in pairs} == pairs
    assert len(pairs) == len(read("readings.tsv"))


def test_no_stop_word_is_a_reading_or_an_abbreviation() -> None:
    tables = ("stopwords.tsv", "small_words.tsv")
    stops = {row["word"] for table in tables for row in read(table)}
    assert stops.isdisjoint(row["word"] for row in read("readings.tsv"))
    assert stops.isdisjoint(row["short"] for row in read("abbreviations.tsv"))


def test_no_stop_word_is_a_small_word() -> None:
    stops, small = (
        {row["word"] for row in read(name)} for name in ("stopwords.tsv", "small_words.tsv")
    )
    assert stops.isdisjoint(small)


def test_what_a_small_word_is_like_is_like_itself() -> None:
    likes = {row["word"]: row["like"] for row in read("small_words.tsv")}
    assert {likes[like] for like in likes.values()} == set(likes.values())


@pytest.mark.parametrize("word", ["off", "out", "down", "up", "over", "after"])
def test_particles_are_no_stop_words(word: str) -> None:
    tables = ("stopwords.tsv", "small_words.tsv")
    assert word not in {row["word"] for table in tables for row in read(table)}


def test_the_parts_of_a_compound_are_its_letters() -> None:
    rows = read("compounds.tsv")
    assert [row for row in rows if row["parts"].replace(" ", "") != row["joined"]] == []
    assert [row for row in rows if " " not in row["parts"]] == []


def test_an_abbreviation_is_not_explained_by_another() -> None:
    shorts = {row["short"] for row in read("abbreviations.tsv")}
    assert [row for row in read("abbreviations.tsv") if shorts & set(row["long"].split())] == []


def test_no_mark_for_nothing_is_longer_than_is_looked_at() -> None:
    assert max(len(row["mark"]) for row in read("nothing.tsv")) <= LONGEST
