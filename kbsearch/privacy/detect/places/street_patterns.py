"""How streets, boxes and cities with their numbers are written."""

import re
from functools import cache

from kbsearch.privacy.detect.reading.words import any_of, words

_START = r"(?<![\w.,:/-])"
_NUMBER = r"(?:[0-9]{1,6}[a-z]?[ ,]{1,2}){1,2}"
_LETTERS = r"[^\W\d_][\w'.’-]{0,24}"
_WORD = r"[^\W\d_][\w'’-]{0,24}"
_PROPER = r"[^\W\d_a-zß-öø-ÿ][\w'’-]{0,24}"
_NAME = r"(?:[^\W\d_a-zß-öø-ÿ][\w'.’-]{0,24}|d[aeiou]s?|del?|la|el|van|von|der|den|of|the|y|e|do)"
_GAP = r"(?:[ ,]{1,4}|[ ,]{0,3}\r?\n[ \t]{0,8}(?:[>|*#?•-]{1,4} )?)"
ARMY = re.compile(
    r"\b(?:(?:psc|unit) [0-9]{1,5},? box [0-9]{1,5}|us(?:ns|s|cgc|nv) [\w-]{2,20})[,\s]{1,4}"
    r"[adf]po,? a[aep],? [0-9]{5}\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"[0-9]{1,6}[a-z]?[ ,]{1,2}(?=[^\W_])")
"""How a street begins whose number comes first."""
STATE = re.compile(r"\b[A-Z]{2},? [0-9]{5}(?![0-9])")
"""A state and a postcode, without which a text has no city."""
CORNER = re.compile(
    rf"\b(?:the )?corner of (?=[^\n]{{0,60}}[0-9])(?:[0-9]{{1,6}} )?(?:{_LETTERS} ){{1,5}}?"
    rf"(?:[0-9]{{1,5}}\.? )?and (?:{_WORD} ){{0,2}}{_PROPER}(?: {_PROPER})?(?: [0-9]{{1,5}}\b)?"
)


@cache
def city() -> re.Pattern[str]:
    """Return the pattern of a city with its state and number: Lexton, OH 43064."""
    states = "|".join(sorted(state.upper() for state in words("state")))
    return re.compile(
        r"\b(?:[A-Z][a-z'-]{1,20} ){0,2}[A-Z][A-Za-z'-]{2,20},? \n?[ ]?"
        rf"(?:{states}),? [0-9]{{5}}(?:-[0-9]{{4}})?(?![\w-])"
    )


@cache
def _unit() -> str:
    return rf"(?i:{any_of('unit')})\.?[ #]{{1,3}}[0-9]{{1,5}}[a-z]?\b"


@cache
def by_number() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of streets that begin with a number."""
    after, ending = any_of("street_after"), any_of("street_ending")
    unit = rf"(?:{_GAP}{_unit()})"
    return (
        # 12 High Street; 975 3968 Bay Street, Flat 2
        re.compile(
            rf"{_START}{_NUMBER}(?:(?i:[nsew])\.? )?(?:{_NAME} ){{1,5}}?(?i:{after})\b\.?"
            rf"(?: [nsew]{{1,2}}\b| [0-9]{{1,5}}[a-z]?(?!\w|\.[0-9])\.?)?{unit}?"
        ),
        # 12 Edeby 55 Apt. 4
        re.compile(rf"{_START}{_NUMBER}(?:{_LETTERS} ){{1,6}}?[0-9]{{1,5}}[a-z]?\.?{unit}"),
        re.compile(rf"{_START}{_NUMBER}(?:{_NAME}[ ,]{{1,2}}){{0,5}}?{_NAME}{unit}"),
        # 4 Hauptstrasse 12
        re.compile(
            rf"{_START}{_NUMBER}(?:{_NAME} )?[^\W\d_]{{2,24}}(?i:{ending}) [0-9]{{1,4}}[a-z]?\b"
            rf"{unit}?"
        ),
    )


@cache
def number_first() -> re.Pattern[str]:
    """Return the pattern of 36 rue de la Paix."""
    word = rf"(?! {_unit()}) {_WORD}"
    joins = r"(?:(?:de|du|des|del|da|do|dos|la|le|[dl]')[ ]?){0,3}"
    return re.compile(
        rf"{_START}{_NUMBER}(?!via )(?i:{any_of('street_before')})\.? {joins}"
        rf"{_PROPER}(?:{word}){{0,3}}(?: ?{_unit()})?"
    )


@cache
def two_numbers() -> re.Pattern[str]:
    """Return the pattern of 4241 Steinfelden 73, with a city after it."""
    return re.compile(
        rf"{_START}(?:{_unit()} )?{_NUMBER}(?P<name>(?:{_NAME} ){{1,5}})[0-9]{{1,5}}[a-z]?"
        rf"(?=[ ,.]{{0,3}}\r?\n[ ,]{{0,3}}[^\W\d_a-z]|, [^\W\d_a-z])"
    )


@cache
def foreign() -> re.Pattern[str]:
    """Return the pattern of a street that begins with a word such as rue, and ends in a number."""
    return re.compile(
        rf"(?<![\w.:/-])(?P<number>{_NUMBER})?(?P<kind>(?i:{any_of('street_before')}))\.? "
        rf"(?P<name>(?:{_LETTERS} ){{1,5}}?)"
        rf"[0-9]{{1,5}}[a-z]?\b(?:{_GAP}{_unit()})?"
    )


@cache
def one_word() -> re.Pattern[str]:
    """Return the pattern of Hauptstrasse 12."""
    return re.compile(
        rf"\b[^\W\d_]{{2,24}}(?i:{any_of('street_ending')}) [0-9]{{1,4}}[a-z]?\b(?![.:][0-9])"
    )


@cache
def box() -> re.Pattern[str]:
    """Return the pattern of PO Box 17."""
    return re.compile(rf"(?:{_NUMBER})?\b(?i:{any_of('box')}) [0-9]{{1,6}}\b")


@cache
def led() -> re.Pattern[str]:
    """Return the pattern of a number and names after words such as my address is."""
    name = rf"(?:{_PROPER}|[^\W\d_]{{1,3}}\.?)"
    return re.compile(
        rf"(?<![a-z])(?i:{any_of('address')})(?![a-z])(?:[ ]?(?:is|are|it is|to|for|"
        rf"at|in|with|:|,)){{0,2}}(?:[^\n:.!?]{{0,24}}:)?\s{{1,3}}"
        r"(?P<street>(?=[^.\n!?]{0,50}[0-9])(?:[0-9]{1,6}[a-z]?[ ,]{1,2}){0,2}"
        rf"{_PROPER}(?: {name}){{0,6}}(?: [0-9]{{1,5}}[a-z]?\b){{0,2}}"
        rf"(?: (?:{name}|[0-9]{{1,5}})){{0,4}}(?!\w))"
    )
