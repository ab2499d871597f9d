"""What is a code, and what its name is."""

import pytest

from kbsearch.analysis.codes import (
    is_name,
    is_ordinal,
    normal_code,
    version_parts,
    word_and_number,
)


@pytest.mark.parametrize("chunk", ["wf-m5799", "wfm5799", "wf_m5799"])
def test_hyphens_and_underscores_do_not_count_in_a_code(chunk: str) -> None:
    assert normal_code(chunk) == "wfm5799"


@pytest.mark.parametrize("chunk", ["1st", "2nd", "3rd", "11th", "21st", "100th"])
def test_an_ordinal_is_a_word(chunk: str) -> None:
    assert is_ordinal(chunk)


@pytest.mark.parametrize("chunk", ["1s", "2x", "th", "nd", "4k", "10thx"])
def test_other_words_with_digits_are_no_ordinals(chunk: str) -> None:
    assert not is_ordinal(chunk)


@pytest.mark.parametrize("chunk", ["settings.ini", "mail.example.com", "a.mp3"])
def test_a_host_or_a_file_has_a_short_last_part(chunk: str) -> None:
    assert is_name(chunk)


@pytest.mark.parametrize("chunk", ["works.however", "done.i"])
def test_a_missing_space_makes_no_name(chunk: str) -> None:
    assert not is_name(chunk)


@pytest.mark.parametrize("chunk", ["10", "10.", "1.2.x", "10.2-1", "e1.2"])
def test_other_numbers_are_no_versions(chunk: str) -> None:
    assert version_parts(chunk) == ()


def test_a_row_of_a_thousand_numbers_is_no_version() -> None:
    assert version_parts(".".join("1" * 1000)) == ()


@pytest.mark.parametrize(
    ("chunk", "expected"),
    [
        ("win11", ("win", "11")),
        ("office365", ("office", "365")),
        ("kb5034441", None),
        ("ie11", None),
        ("grrr10", None),
        ("win", None),
        ("win12345", None),
    ],
)
def test_a_word_with_a_number_behind_it_is_split(
    chunk: str, expected: tuple[str, str] | None
) -> None:
    assert word_and_number(chunk) == expected
