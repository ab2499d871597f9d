"""Codes that were typed in several chunks."""

import pytest

from kbsearch.search.codes.joined import joined_codes, written_apart

HELD = {"kb5034441", "0x80070005", "windows10", "wfm5799", "in2019", "1015", "e1", "1048576"}


def joined(text: str) -> list[str]:
    return [one.code for one in joined_codes(text.split(), HELD.__contains__)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("kb 5034441", "kb5034441"),
        ("kb 503 4441", "kb5034441"),
        ("0x 8007 0005", "0x80070005"),
        ("0x8007 0005", "0x80070005"),
        ("wf m5799", "wfm5799"),
        ("wf m 5799", "wfm5799"),
        ("wf -m57 99", "wfm5799"),
        ("e 1", "e1"),
        ("1 048 576", "1048576"),
        ("de89 3704 0044 0532 0130 00", "de89370400440532013000"),
    ],
)
def test_chunks_that_make_a_code_are_joined(typed: str, code: str) -> None:
    assert joined(f"my {typed} fails") == [code]


@pytest.mark.parametrize(
    "typed",
    [
        "32bt from 64bt file",
        "2019 2020 2021 2022",
        "kb 5034442",
        "in 2019",
        "10 15",
        "kb5034441",
        "0 x 8 007 0005",
        "",
    ],
)
def test_nothing_else_is_joined(typed: str) -> None:
    assert joined(typed) == []


def test_a_word_before_a_number_stays_a_word() -> None:
    assert joined("windows 10 kb 5034441") == ["kb5034441"]


def test_the_longest_code_wins() -> None:
    held = {"ab12", "ab1234"}
    (only,) = joined_codes(["ab", "12", "34"], held.__contains__)
    assert (only.start, only.end, only.code) == (0, 3, "ab1234")


@pytest.mark.parametrize("code", ["0x80070005", "5034441", "servers12345"])
def test_most_codes_are_always_written_whole(code: str) -> None:
    assert written_apart(code) is None


def test_short_letters_and_a_number_are_written_apart_too() -> None:
    assert written_apart("pay4417") == ("pay", "4417")
