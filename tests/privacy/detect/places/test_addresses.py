"""Postal addresses are found from the street to the country."""

import pytest

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules

MASKER = Masker(Rules())


@pytest.mark.parametrize(
    "address",
    [
        "12 Thornbury Road",
        "12 Thornbury Rd, Apt. 4, Lexton",
        "1200 N Quarry Ave, Suite 300, Lexton, OH 43064",
        "4 Wexford Close, Leeds LS1 4AP",
        "17 Schillerstrasse 4",
        "Schillerstrasse 17",
        "36 rue de la Mésange",
        "Calle Zurbano 22",
        "PO Box 1422",
        "PSC 3117, Box 0609\nAPO AA 44332",
        "Lexton, OH 43064",
        "the corner of 4 Quarry Street and Saddler Lane",
    ],
)
def test_an_address_is_masked(address: str) -> None:
    assert (
        MASKER.mask(f"send it to {address}. It is late.").text
        == "send it to [address]. It is late."
    )


def test_an_address_over_several_lines_is_one() -> None:
    text = "Ship to:\n12 Thornbury Road\nApt. 4\nLexton\nNew Zealand 0610\n\nThanks"
    assert MASKER.mask(text).text == "Ship to:\n[address]\n\nThanks"


def test_what_follows_an_address_stays() -> None:
    text = "I live at 12 Thornbury Road. Please call me, or mail."
    assert MASKER.mask(text).text == "I live at [address]. Please call me, or mail."
