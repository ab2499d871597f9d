"""Numbers of states, banks and papers are found by their form, or by the word before them."""

import pytest

from kbsearch.privacy.detect.numbers.national_ids import SHAPES, find_national_ids
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules

MASKER = Masker(Rules())


@pytest.mark.parametrize(
    "account",
    [
        "DE89370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "gb29nwbk60161331926819",
        "NL91-ABNA-0417-1643-00",
    ],
)
def test_an_iban_is_masked(account: str) -> None:
    assert MASKER.mask(f"refund to {account} today").text == "refund to [IBAN] today"


@pytest.mark.parametrize("account", ["DE88370400440532013000", "XX89370400440532013000"])
def test_a_number_with_a_wrong_check_is_no_iban(account: str) -> None:
    assert "[IBAN]" not in MASKER.mask(f"code {account}").text


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("us_ssn", "219-09-9999"),
        ("us_itin", "912-70-1234"),
        ("gb_nino", "AB 12 34 56 C"),
        ("in_aadhaar", "2345 6789 0124"),
        ("in_pan", "ABCPE1234F"),
        ("ca_sin", "130 692 544"),
        ("au_tfn", "123 456 782"),
        ("br_cpf", "529.982.247-25"),
        ("es_dni", "12345678Z"),
        ("fr_nir", "1 85 05 78 006 084 91"),
        ("it_codice_fiscale", "RSSMRA85T10A562S"),
    ],
)
def test_an_identity_number_is_found_where_it_is_wanted(name: str, number: str) -> None:
    found = list(find_national_ids(Text(f"number {number} here"), [name]))
    assert [f"number {number} here"[each.start : each.end] for each in found] == [number]


def test_every_identity_number_has_an_example_above() -> None:
    assert len(SHAPES) == 11


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("passport number K1234567", "passport number [id]"),
        ("Passport No: 'K1234567'", "Passport No: '[id]'"),
        ("her driver's license number is D245-938-19", "her driver's license number is [id]"),
        ("PAN: ABCPE1234F", "PAN: [id]"),
        ("tax ID 91-3456789", "tax ID [id]"),
        ("Aadhaar number 987654321012", "Aadhaar number [national id]"),
        ("SSN XXX-XX-2409", "SSN [national id]"),
        ("account number 8721938475", "account number [account]"),
        ("routing number 061000104", "routing number [account]"),
        ("zip code is 90210", "zip code is [address]"),
    ],
)
def test_a_number_after_its_word_is_masked(text: str, masked: str) -> None:
    assert MASKER.mask(text).text == masked
