"""Searches read the admin's table as it is now, and a bad file breaks none."""

from pathlib import Path

import pytest

from kbsearch.messages.catalogue import Code
from kbsearch.search.query.tokens import tokenize
from kbsearch.search.synonyms.live_table import Synonyms

HEAD = "phrase\talso\tboth\tnote\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "synonyms.tsv"


def write(path: Path, *rows: str) -> None:
    """Put these rows in the place of the table, as kbsearch does."""
    aside = path.with_suffix(".new")
    aside.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    aside.replace(path)


def found(synonyms: Synonyms, *words: str) -> list[str]:
    """Return what else these words are called."""
    return [
        " ".join(one.words) for one in synonyms.table().alternatives([*tokenize(" ".join(words))])
    ]


def test_without_a_file_there_are_no_synonyms(path: Path) -> None:
    synonyms = Synonyms(path)
    assert (found(synonyms, "sso"), synonyms.note()) == ([], None)


def test_a_file_that_appears_changes_and_goes_is_noticed(path: Path) -> None:
    synonyms = Synonyms(path)
    write(path, "fob\ttoken")
    assert found(synonyms, "my", "fob") == ["token"]
    write(path, "fob\tdongle")
    assert found(synonyms, "my", "fob") == ["dongle"]
    path.unlink()
    assert found(synonyms, "my", "fob") == []


def test_a_file_that_is_edited_in_place_is_noticed(path: Path) -> None:
    write(path, "fob\ttoken")
    synonyms = Synonyms(path)
    assert found(synonyms, "fob") == ["token"]
    with path.open("a") as file:
        file.write("kit\tlaptop\n")
    assert found(synonyms, "kit") == ["laptop"]


def test_a_file_that_did_not_change_is_not_read_again(path: Path) -> None:
    write(path, "fob\ttoken")
    synonyms = Synonyms(path)
    assert synonyms.table() is synonyms.table()


def test_a_row_works_both_ways_unless_it_says_no(path: Path) -> None:
    write(path, "fob\ttoken", "kit\tlaptop\tno")
    synonyms = Synonyms(path)
    assert found(synonyms, "token") == ["fob"]
    assert (found(synonyms, "kit"), found(synonyms, "laptop")) == (["laptop"], [])


def test_a_line_that_is_no_row_is_left_out_and_noted(path: Path) -> None:
    write(path, "kit", "fob\ttoken")
    synonyms = Synonyms(path)
    assert found(synonyms, "fob") == ["token"]
    assert synonyms.note() == (Code.SYNONYMS_LEFT_OUT,)
    write(path, "fob\ttoken")
    assert found(synonyms, "fob") == ["token"]
    assert synonyms.note() is None


def test_a_file_that_became_unreadable_leaves_the_table_as_it_was(path: Path) -> None:
    write(path, "fob\ttoken")
    synonyms = Synonyms(path)
    synonyms.table()
    path.write_bytes(b"\xff\xfe")
    assert found(synonyms, "fob") == ["token"]
    assert synonyms.note() == (Code.SYNONYMS_UNREADABLE,)
