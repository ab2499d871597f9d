"""Names of people whom the ticket does not know: in lists, and after words that lead to one."""

import re
from collections.abc import Container, Iterator
from itertools import takewhile
from typing import NamedTuple

from kbsearch.privacy.detect.names.leads import lead_of, starts_sentence
from kbsearch.privacy.detect.names.name_lists import Sort, is_verb, sort_of
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.reading.words import words
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import found

_WORD = re.compile(r"\b[A-ZÀ-ÖØ-ÞĀ-ɏͰ-Я][^\W\d_]{0,30}(?:['-](?!s\b)[^\W\d_]{1,30}){0,3}")
_BETWEEN = re.compile(r"\.? {1,2}(?:(?:[a-z]{1,3}|della|[dl]')\.? ){0,2}| ?[dl]'")
_TITLE = re.compile(r"\b([A-Z][a-z]{1,10})\.? $")
_STATE = re.compile(r", ?[A-Z]{2}\b")
_BARRED = frozenset("@/\\_.=&%$#+-")
_NAMES = frozenset({Sort.GIVEN, Sort.FAMILY, Sort.UNKNOWN, Sort.EITHER_GIVEN, Sort.EITHER_FAMILY})
_MOST = 5
"""Words of the longest name."""


class Word(NamedTuple):
    """A capitalised word of a text."""

    start: int
    end: int
    written: str
    sort: Sort

    @property
    def is_shouted(self) -> bool:
        """Tell whether it is in capitals, as abbreviations are."""
        return len(self.written) > 1 and self.written.isupper()


def find_names(
    text: Text, *, strict: bool, common: Container[str] = frozenset()
) -> Iterator[Finding]:
    """Yield the names of people.

    strict  whether a capitalised word that English does not know counts as one.
    common  words in small letters that do not count for all that, such as those of many tickets.

    >>> text = Text("Hi Anna, Peter Miller cannot print. Mark as read? Will it work? Regards, Ines")
    >>> [text.raw[found.start : found.end] for found in find_names(text, strict=False)]
    ['Anna', 'Peter Miller', 'Ines']
    """
    for phrase in _phrases(text):
        unknown = [strict and word.written.lower() not in common for word in phrase]
        for first, last in _named(text, phrase, unknown):
            start = phrase[first].start
            yield found(start - _title(text, start), phrase[last].end, Kind.NAME)


def _words(text: Text) -> Iterator[Word]:
    plain = text.plain
    for match in _WORD.finditer(plain):
        start, end = match.span()
        before, after = plain[start - 1 : start], plain[end : end + 2]
        is_part = before in _BARRED or after[:1] in ("@", "_", "\\", "=") or after[:1].isdigit()
        is_part = is_part or match[0] == "I"
        if is_part or (after[:1] == "." and after[1:].isalpha()) or not match[0][0].isupper():
            continue
        yield Word(start, end, match[0], sort_of(match[0]))


def _phrases(text: Text) -> Iterator[list[Word]]:
    """Yield words that may be one name: next to each other, none of them another word."""
    phrase: list[Word] = []
    for word in _words(text):
        if phrase and not _follows(text, phrase[-1], word):
            yield phrase
            phrase = []
        if word.sort is Sort.WORD:
            if phrase:
                yield phrase
            phrase = []
        else:
            phrase.append(word)
    if phrase:
        yield phrase


def _follows(text: Text, word: Word, other: Word) -> bool:
    gap = text.plain[word.end : other.start]
    if gap == " ":
        return True
    if len(gap) > 16 or not _BETWEEN.fullmatch(gap):
        return False
    if gap.startswith("."):
        return word.sort is Sort.INITIAL or len(word.written) < 3
    return all(part.strip(".") in words("particle") or part == "'" for part in gap.split())


def _named(text: Text, phrase: list[Word], unknown: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each name in a phrase.

    unknown  whether a word may count as a name only because English does not know it.
    """
    lead = lead_of(text, phrase[0].start)
    led = _led(text, phrase, lead)
    if led:
        yield 0, led - 1
    first = led
    while first < len(phrase):
        length = _length(text, phrase, first, strict=unknown[first])
        if length and not _is_organisation(text, phrase[first + length - 1].end):
            yield first, first + length - 1
        first += max(length, 1)


def _led(text: Text, phrase: list[Word], lead: str) -> int:
    """Return how many words are a name because of what comes before them."""
    name = list(takewhile(lambda word: word.sort in _NAMES or word.sort is Sort.INITIAL, phrase))
    name = name[:_MOST]
    if not lead or not name:
        return 0
    if all(word.sort is Sort.INITIAL for word in name) and lead != "sign_off":
        return 0
    return len(name) if lead == "title" or _is_led(text, name, lead) else 0


def _is_led(text: Text, name: list[Word], lead: str) -> bool:
    """Tell whether words are a name after a greeting, before the end of a letter, in a field."""
    if any(word.is_shouted and word.sort is not Sort.GIVEN for word in name):
        return False
    after = text.plain[name[-1].end : name[-1].end + 2]
    listed = any(word.sort in (Sort.GIVEN, Sort.FAMILY) for word in name)
    if lead == "greeting":
        is_odd = any(word.sort is Sort.UNKNOWN for word in name)
        ends = not after.strip() or after[0] in ",!.\n-:;?)\r"
        return ends and (listed or is_odd or len(name) == 1)
    if lead == "sign_off":
        return len(name) < 4 and (after[:1] in ("", "\n", "\r", ".", ",") or after == " \n")
    return lead == "field" or listed or (lead == "presents" and not name[0].is_shouted)


def _length(text: Text, phrase: list[Word], first: int, *, strict: bool) -> int:
    """Return how many words from the first on are a name by themselves."""
    rest = phrase[first : first + _MOST]
    if rest[0].sort is Sort.GIVEN and not _is_doubtful(text, rest):
        return _run(rest)
    if _begins_full_name(rest):
        return _run(rest)
    if rest[0].sort is Sort.FAMILY and _is_lone_family(text, rest[0]):
        return 1
    return _run(rest) if strict and _is_strict_name(text, rest[0]) else 0


def _begins_full_name(rest: list[Word]) -> bool:
    """Tell whether a word that may be a name comes before one that is: Will Lindqvist."""
    first, *sorts = [word.sort for word in rest[:3]]
    if not sorts or first not in (Sort.EITHER_GIVEN, Sort.INITIAL, Sort.UNKNOWN):
        return False
    if Sort.GIVEN in sorts and first is not Sort.UNKNOWN:
        return True
    is_common = first is Sort.EITHER_GIVEN and rest[1].written.lower() in words("family")
    has_family = is_common or sorts[0] is Sort.FAMILY or sorts == [Sort.INITIAL, Sort.FAMILY]
    return has_family and not rest[0].is_shouted


def _is_lone_family(text: Text, word: Word) -> bool:
    """Tell whether a family name alone is one: in English, and not how a sentence begins."""
    if word.is_shouted or len(word.written) < 5 or not text.is_english:
        return False
    return not starts_sentence(text, word.start) and _STATE.match(text.plain, word.end) is None


def _is_doubtful(text: Text, rest: list[Word]) -> bool:
    """Tell whether a given name alone is an abbreviation, or a town before its state."""
    if len(rest) > 1 and rest[1].is_shouted == rest[0].is_shouted:
        return False
    return rest[0].is_shouted or _STATE.match(text.plain, rest[0].end) is not None


def _is_organisation(text: Text, end: int) -> bool:
    following = text.lower[end : end + 16].split(" ", 2)
    return len(following) > 1 and following[1].strip(".,;:!?") in words("organisation")


def _is_strict_name(text: Text, word: Word) -> bool:
    if word.is_shouted:
        return False
    if word.sort in (Sort.FAMILY, Sort.UNKNOWN):
        return True
    return word.sort is Sort.EITHER_GIVEN and not starts_sentence(text, word.start)


def _run(rest: list[Word]) -> int:
    """Return how many words go on with a name that began."""
    shouted = rest[0].is_shouted
    run = takewhile(lambda word: word.sort is Sort.INITIAL or shouted or not word.is_shouted, rest)
    length = len(list(run))
    while length > 1 and is_verb(rest[length - 1].written):
        length -= 1
    return length


def _title(text: Text, start: int) -> int:
    """Return how many letters the title before a name takes, with its blank."""
    match = _TITLE.search(text.plain, max(start - 16, 0), start)
    return len(match[0]) if match and match[1].lower() in words("title") else 0
