"""Payment cards are found in every form, and other long numbers are not."""

import pytest

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules
from tests.privacy.detect.numbers.forms import forms

MASKER = Masker(Rules())
FORMS = [
    pytest.param(number, f"[card ending {last}]", id=f"{last} {name}")
    for groups in (
        ("5105", "1051", "0510", "5100"),
        ("3714", "496353", "98431"),
        ("3056", "930902", "5904"),
    )
    for last in ["".join(groups)[-4:]]
    for name, number in forms(*groups)
]


@pytest.mark.parametrize(("number", "mark"), FORMS)
@pytest.mark.parametrize("sentence", ["my card is {}, thanks", "she gave us {}, thanks", "> {} <"])
def test_a_card_is_masked_with_and_without_the_word(sentence: str, number: str, mark: str) -> None:
    assert MASKER.mask(sentence.format(number)).text == sentence.format(mark)


@pytest.mark.parametrize(
    "written",
    [
        "5105 **** **** 5100",
        "5105-XXXX-XXXX-5100",
        "************5100",
        "XXXX-XXXX-XXXX-5100",
        "5105xxxxxxxx5100",
    ],
)
def test_a_card_that_is_hidden_in_part_keeps_its_last_digits(written: str) -> None:
    assert MASKER.mask(f"use {written} for it").text == "use [card ending 5100] for it"


def test_a_card_called_an_order_number_is_a_card() -> None:
    assert MASKER.mask("order number 5105105105105100").text == "order number [card ending 5100]"


def test_a_mistyped_number_after_the_word_card_is_masked() -> None:
    assert MASKER.mask("credit card 5105105105105101").text == "credit card [card ending 5101]"


def test_a_card_among_other_numbers_is_found() -> None:
    text = "ref 17 5105 1051 0510 5100 12/28"
    assert "5105" not in MASKER.mask(text).text


@pytest.mark.parametrize(
    "text",
    [
        "SIM card 89441000301234567890",
        "tracking 676770000000000008",
        "IMEI 490154203237518",
        "invoice 501800000009",
    ],
)
def test_numbers_of_other_things_are_no_cards(text: str) -> None:
    assert "card ending" not in MASKER.mask(text).text
