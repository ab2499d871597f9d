"""Names of strangers are found in lists, and after words that lead to one."""

import pytest

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules

MASKER = Masker(Rules())
STRICT = Masker(Rules(strict=True))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Hi Ingrid,", "Hi [name],"),
        ("Dear Mr. Xhozq, it fails", "Dear [name], it fails"),
        ("Thanks,\nXhozq", "Thanks,\n[name]"),
        ("Kind regards\nIngrid Xhozq\nDesk", "Kind regards\n[name]\nDesk"),
        ("My name is Xhozq Baker and it fails", "My name is [name] and it fails"),
        ("Caller: Xhozq", "Caller: [name]"),
        ("we asked Ingrid Lindqvist-Moreau again", "we asked [name] again"),
        ("Ingrid's dock is dead", "[name]'s dock is dead"),
        ("with Ingrid J. Lindqvist at noon", "with [name] at noon"),
        ("from Will Lindqvist, and he left", "from [name], and he left"),
        ("Will Smith and Mark Taylor asked", "[name] and [name 2] asked"),
        ("Ingrid van der Berg wrote", "[name] wrote"),
    ],
)
def test_a_name_is_masked(text: str, masked: str) -> None:
    assert MASKER.mask(text).text == masked


def test_a_capitalised_word_that_no_one_knows_is_masked_when_strict() -> None:
    text = "It was Xhozq who broke it."
    assert (MASKER.mask(text).text, STRICT.mask(text).text) == (text, "It was [name] who broke it.")


@pytest.mark.parametrize(
    "text",
    [
        "THE PRINTER IS DEAD. NO ONE CAN PRINT",
        "I'm sure it's ours",
        "San Marino University",
        "Austin, TX",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert MASKER.mask(text).text == text


def test_a_word_of_many_tickets_stays_when_strict() -> None:
    masker = Masker(Rules(strict=True), common={"xhozq"})
    assert masker.mask("It was Xhozq and Blarq.").text == "It was Xhozq and [name]."
