"""E-mail addresses are found, also as people hide them from programs."""

import pytest

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules

MASKER = Masker(Rules())


@pytest.mark.parametrize(
    "address",
    [
        "ines.osei@firma.example",
        "INES@FIRMA.EXAMPLE",
        "ines+tickets@sub.firma.example",
        "ines_o-99@firma.co.uk",
        "ínés@größe.example",
        "ines＠firma.example",
        "ines (at) firma.example",
        "ines [at] firma [dot] example",
        "inesosei at firma dot example",
    ],
)
def test_an_address_is_masked(address: str) -> None:
    assert MASKER.mask(f"write to {address}, please").text == "write to [e-mail], please"


@pytest.mark.parametrize("domain", ["gmail.com", "GMAIL.com", "outlook.com"])
def test_the_mark_names_a_public_provider(domain: str) -> None:
    masked = MASKER.mask(f"from ines@{domain}.").text
    assert masked == f"from [e-mail at {domain.lower()}]."


@pytest.mark.parametrize("around", ["<{}>", "mailto:{}", "({})", '"{}"', "{};{}", "x={}", "{}."])
def test_what_is_around_an_address_stays(around: str) -> None:
    written = around.replace("{}", "ines@firma.example")
    assert MASKER.mask(written).text == around.replace("{}", "[e-mail]")


def test_addresses_of_an_allowed_domain_stay() -> None:
    masker = Masker(Rules(allow=("@desk.example",)))
    assert masker.mask("help@desk.example, a@b.example").text == "help@desk.example, [e-mail]"
