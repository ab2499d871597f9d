"""Tests of kbsearch.messages.message."""

import pytest

from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message, is_message, parameters, render, sentence, shape


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ((Code.LATE,), Code.LATE.text),
        ((Code.CODE_MISSING, "E-7"), 'No ticket has "E-7".'),
        (
            (Code.DAY_UNREADABLE, "since", "x"),
            "since:x was left out: write a day as since:2026-03-01.",
        ),
        ((Code.OTHERS, 1), "1 other"),
        ((Code.OTHERS, 2), "2 others"),
        (
            (Code.OPERATORS_UNREAD, (Code.TOO_MANY_WORDS, 32, "a b")),
            Code.OPERATORS_UNREAD.text.replace("{0}", 'There are more than 32 words from "a b" on'),
        ),
        (
            (Code.VALUES_UNKNOWN, "product", ("a", "b", (Code.OTHERS, 2))),
            'No ticket has the product "a", "b" or 2 others.',
        ),
        (
            (Code.VALUES_UNKNOWN_KNOWN, "kind", ("a",), ("x", "y")),
            'No ticket has the kind "a"; there are x and y.',
        ),
        (
            (Code.INDEX_MENDED, ((Code.FILE_DAMAGED, "a", (Code.FILE_GONE,)), (Code.LATE,))),
            f"a is gone; {Code.LATE.text}. What is whole took its place.",
        ),
    ],
    ids=lambda value: value[0].code if is_message(value) else "",
)
def test_a_message_becomes_a_sentence(message: Message, said: str) -> None:
    assert render(message) == said


def test_braces_in_a_parameter_are_no_placeholder() -> None:
    assert render((Code.CODE_MISSING, "{code}")) == 'No ticket has "{code}".'


def test_a_message_of_too_few_parameters_is_a_defect() -> None:
    with pytest.raises(IndexError):
        render((Code.DAY_UNREADABLE, "since"))


def test_a_part_of_a_sentence_becomes_a_whole_one() -> None:
    assert sentence((Code.UNTRIED,)) == "No call has tried it yet"


def test_json_has_the_code_its_parameters_by_name_and_the_sentence() -> None:
    assert shape((Code.DAY_UNREADABLE, "since", "x")) == {
        "code": "day_unreadable",
        "parameters": {"name": "since", "value": "x"},
        "sentence": "since:x was left out: write a day as since:2026-03-01.",
    }


def test_a_message_in_a_list_is_an_object_in_json() -> None:
    found = parameters((Code.VALUES_UNKNOWN, "kind", ("a", (Code.OTHERS, 2))))
    assert found["values"] == ["a", shape((Code.OTHERS, 2))]
