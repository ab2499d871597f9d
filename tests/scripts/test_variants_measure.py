"""Which pairs of spellings count, and how many of those meet."""

import runpy
from pathlib import Path
from typing import Any

import pytest

Pairs = list[tuple[str, str, frozenset[str]]]

SCRIPT: dict[str, Any] = runpy.run_path(
    str(Path(__file__).parents[2] / "scripts" / "variants-measure")
)


def pairs(folder: Path, *rows: str) -> Pairs:
    """Return what the script reads from a file of these rows."""
    path = folder / "pairs.tsv"
    path.write_text("\n".join(["american other where", *rows, ""]).replace(" ", "\t"))
    found: Pairs = SCRIPT["read_pairs"](path)
    return found


@pytest.mark.parametrize(
    "row",
    [
        "story storey B",
        "curb kerb B",
        "license licence B/C",
    ],
)
def test_one_spelling_in_each_english_is_unambiguous_by_the_pairs(tmp_path: Path, row: str) -> None:
    assert SCRIPT["ambiguous_by_pairs"](pairs(tmp_path, row)) == set()


@pytest.mark.parametrize(
    "rows",
    [
        ["practice practise B", "practise practice C"],
        ["disk disc B", "disco disc B"],
        ["meter metre B", "meter metar Z"],
    ],
    ids=["in both columns", "two American partners", "two that Britain writes"],
)
def test_two_words_of_one_english_are_ambiguous(tmp_path: Path, rows: list[str]) -> None:
    found = pairs(tmp_path, *rows)
    assert SCRIPT["ambiguous_by_pairs"](found) == set(found)


def test_two_spellings_that_two_countries_write_are_one_word(tmp_path: Path) -> None:
    found = pairs(tmp_path, "yogurt yoghurt B", "yogurt yogourt C")
    assert SCRIPT["ambiguous_by_pairs"](found) == set()


def test_a_pair_of_which_a_dictionary_has_both_is_left_out(tmp_path: Path) -> None:
    found = pairs(tmp_path, "color colour B", "check cheque B", "ax axe B", "size sise B")
    left = SCRIPT["in_one_way"](found, {"color", "check", "axe"}, {"colour", "check", "size"})
    assert [american for american, _, _ in left] == ["color", "size"]


def test_a_dictionary_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="wamerican and wbritish"):
        SCRIPT["read_words"](tmp_path / "american-english")
