"""Phone numbers are found after a word such as call, and by their own form."""

import pytest

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules
from tests.privacy.detect.numbers.forms import forms

MASKER = Masker(Rules())
FORMS = [
    pytest.param(number, id=f"{groups[0]} {name}")
    for groups in (
        ("212", "555", "0142"),
        ("020", "7946", "0018"),
        ("+61", "2", "5550", "1234"),
        ("555", "0142"),
    )
    for name, number in forms(*groups)
]


@pytest.mark.parametrize("number", FORMS)
@pytest.mark.parametrize("sentence", ["call {} please", "call me back on {}, thanks", "Mobile: {}"])
def test_a_number_after_a_word_such_as_call_is_masked(sentence: str, number: str) -> None:
    assert MASKER.mask(sentence.format(number)).text == sentence.format("[phone]")


@pytest.mark.parametrize(
    "number",
    [
        "+44 20 7946 0018",
        "(212) 555-0142",
        "0044 20 7946 0018",
        "07700 900 123",
        "+1-212-555-0142 x77",
        "212-555-0142",
        "1 212 555 0142",
    ],
)
def test_a_number_that_only_a_phone_has_needs_no_word(number: str) -> None:
    assert MASKER.mask(f"it says {number} there").text == "it says [phone] there"


def test_numbers_in_a_row_are_all_masked() -> None:
    assert (
        MASKER.mask("phone 555-0142, 555-0143 or 555-0144").text
        == "phone [phone], [phone] or [phone]"
    )


def test_the_word_after_a_number_counts_too() -> None:
    assert (
        MASKER.mask("5550142-Office, 5550143 (mobile)").text == "[phone]-Office, [phone] (mobile)"
    )


def test_a_number_of_a_region_is_found_where_the_desk_has_it() -> None:
    german = Masker(Rules(regions=("DE",)))
    assert german.mask("Zentrale 030/901820").text == "Zentrale [phone]"


def test_the_hotline_of_the_desk_stays_in_every_form() -> None:
    masker = Masker(Rules(allow=("0800 555 0142",)))
    text = "call 0800 555 0142 or 0800-5550142"
    assert masker.mask(text).text == text
