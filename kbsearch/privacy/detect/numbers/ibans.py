"""International numbers of bank accounts."""

import re
from collections.abc import Iterator

from kbsearch.privacy.detect.reading.checksums import passes_mod_97
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import found

_GAP = r"[ \-./_\u200b]{0,6}|[ \t]{0,4}\r?\n(?:>[ \t]{0,2}){0,4}"
_IBAN = re.compile(
    rf"(?<![a-z0-9])[a-z]{{2}}(?:{_GAP})[0-9](?:[ ]?)[0-9](?:(?:{_GAP})[a-z0-9]){{11,30}}",
    re.IGNORECASE,
)
_LENGTHS = {
    length: frozenset(countries.split())
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
}
"""The countries whose numbers are so long, of the registry of ISO 13616."""
_LEAST_DIGITS = 10
_SEPARATORS = re.compile(r"[^A-Z0-9]+")
_IBAN_WORD = re.compile(r"\b(?i:iban)\b[^\n]{0,12}?\b([A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){8,30})\b")


def find_ibans(text: Text) -> Iterator[Finding]:
    """Yield the IBANs of a text: of a right length and check number, or after that word.

    >>> len(list(find_ibans(Text("pay to GB82 WEST 1234 5698 7654 32 today"))))
    1
    """
    if not text.has_digit:
        return
    for match in _IBAN.finditer(text.numbers):
        end = _iban_end(match[0])
        if end:
            yield found(match.start(), match.start() + end, Kind.IBAN)
    if "iban" in text.lower:
        for match in _IBAN_WORD.finditer(text.plain):
            yield found(*match.span(1), Kind.IBAN)


def _iban_end(written: str) -> int:
    """Return where an IBAN ends that begins here, 0 if none does."""
    length = next((size for size, names in _LENGTHS.items() if written[:2].upper() in names), 0)
    places = [place for place, char in enumerate(written) if char.isalnum()]
    if not length or len(places) < length:
        return 0
    end = places[length - 1] + 1
    if sum(char.isdigit() for char in written[:end]) < _LEAST_DIGITS:
        return 0
    return end if passes_mod_97(_SEPARATORS.sub("", written[:end].upper())) else 0
