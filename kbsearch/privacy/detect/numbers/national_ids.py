"""Identity numbers of states, found without a word such as passport."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kbsearch.privacy.detect.reading.checksums import passes_luhn, passes_verhoeff, passes_weights
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import found

_GAP = r"[ \-./_\u200b]{0,3}"
_DIGITS = re.compile(r"[^0-9A-Z]+")


class Shape(NamedTuple):
    """How a number is written, and whether its check digits are right."""

    pattern: re.Pattern[str]
    passes: Callable[[str], bool] = bool


def _shape(pattern: str, passes: Callable[[str], bool] = bool) -> Shape:
    return Shape(
        re.compile(rf"(?<![^\W_])(?<![.-]){pattern}(?![^\W_]|-|\.[0-9])", re.IGNORECASE), passes
    )


def _passes_dni(written: str) -> bool:
    number = written[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == written[-1]


def _passes_nir(written: str) -> bool:
    return 97 - int(written[:13]) % 97 == int(written[13:])


def _passes_cpf(written: str) -> bool:
    checks = (
        sum(int(d) * w for d, w in zip(written, range(n, 1, -1), strict=False)) * 10 % 11 % 10
        for n in (10, 11)
    )
    return "".join(map(str, checks)) == written[9:] and len({*written}) > 1


_SEPARATED = r"[ \-./_\u200b]{1,3}"
SHAPES = {
    "us_ssn": _shape(
        rf"(?!000|666|9)[0-9]{{3}}{_SEPARATED}(?!00)[0-9]{{2}}{_SEPARATED}(?!0000)[0-9]{{4}}"
    ),
    "us_itin": _shape(rf"9[0-9]{{2}}{_SEPARATED}[5-9][0-9]{_SEPARATED}[0-9]{{4}}"),
    "gb_nino": _shape(
        rf"(?!bg|gb|nk|kn|tn|nt|zz)[a-ceghj-prstw-z][a-ceghj-nprstw-z]{_GAP}"
        rf"(?:[0-9]{{2}}{_GAP}){{3}}[a-d]"
    ),
    "in_aadhaar": _shape(rf"[2-9][0-9]{{3}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}", passes_verhoeff),
    "in_pan": _shape(r"[a-z]{3}[abcfghljpt][a-z][0-9]{4}[a-z]"),
    "ca_sin": _shape(rf"[1-79][0-9]{{2}}{_SEPARATED}[0-9]{{3}}{_SEPARATED}[0-9]{{3}}", passes_luhn),
    "au_tfn": _shape(
        rf"[0-9]{{3}}{_SEPARATED}[0-9]{{3}}{_SEPARATED}[0-9]{{3}}",
        lambda digits: passes_weights(digits, (1, 4, 3, 7, 5, 8, 6, 9, 10), 11),
    ),
    "br_cpf": _shape(r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", _passes_cpf),
    "es_dni": _shape(r"(?:[0-9]{8}|[xyz]-?[0-9]{7})-?[a-z]", _passes_dni),
    "fr_nir": _shape(
        rf"[12]{_GAP}[0-9]{{2}}{_GAP}[01][0-9]{_GAP}(?:[0-9]{{2}}|2[ab]){_GAP}"
        rf"[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{2}}",
        _passes_nir,
    ),
    "it_codice_fiscale": _shape(r"[a-z]{6}[0-9]{2}[a-ehlmprst][0-9]{2}[a-z][0-9]{3}[a-z]"),
}
"""The numbers that a desk may ask for, by the name in its settings."""


def find_national_ids(text: Text, wanted: Iterable[str]) -> Iterator[Finding]:
    """Yield the identity numbers of these states.

    >>> text = Text("234-56-7890 and 000-12-3456")
    >>> [text.raw[found.start : found.end] for found in find_national_ids(text, ["us_ssn"])]
    ['234-56-7890']
    """
    if not text.has_digit:
        return
    for name in wanted:
        shape = SHAPES[name]
        for match in shape.pattern.finditer(text.plain):
            if shape.passes(_DIGITS.sub("", match[0].upper())):
                yield found(*match.span(), Kind.NATIONAL_ID)
