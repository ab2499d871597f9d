"""Where the streets of a text are, each with its number."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from kbsearch.english import english_words
from kbsearch.privacy.detect.names.name_lists import is_other_word
from kbsearch.privacy.detect.places import street_patterns as patterns
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.reading.words import beginnings, words

_OTHERWISE = frozenset({"via", "place", "plaza", "avenue", "av", "boulevard", "largo", "chemin"})
"""Words for a street that have another meaning when they are small."""


class _Shape(NamedTuple):
    """How streets are written.

    accepts  whether a match is a street.
    hint     a text has one of these words where it has such a street; none: any text may have one.
    start    what each such street begins with, which is found faster than the street.
    """

    pattern: re.Pattern[str]
    accepts: Callable[[Text, re.Match[str]], bool]
    hint: frozenset[str] = frozenset()
    start: re.Pattern[str] | None = None

    def matches(self, text: Text) -> Iterator[re.Match[str]]:
        """Yield what is written so in a text."""
        if self.start is None:
            yield from self.pattern.finditer(text.titled)
            return
        end = 0
        for start in self.start.finditer(text.titled):
            match = self.pattern.match(text.titled, start.start())
            if match and start.start() >= end:
                end = match.end()
                yield match


@cache
def _shapes() -> tuple[_Shape, ...]:
    before, box = words("street_before"), beginnings("box")
    return (
        *(_Shape(each, _is_street, start=patterns.NUMBERED) for each in patterns.by_number()),
        _Shape(patterns.two_numbers(), _has_two_numbers, start=patterns.NUMBERED),
        _Shape(patterns.number_first(), _is_named_or_mixed, before, patterns.NUMBERED),
        _Shape(patterns.foreign(), _is_foreign, before),
        _Shape(patterns.box(), _is_any, box),
        _Shape(patterns.ARMY, _is_any, frozenset({"unit", "psc", "fpo", "apo", "dpo"})),
        _Shape(patterns.led(), _is_led, beginnings("address")),
        _Shape(patterns.CORNER, _is_named, frozenset({"corner"})),
    )


def find_streets(text: Text) -> Iterator[tuple[int, int]]:
    """Yield where a street, a box or a city with its number starts and ends.

    >>> text = Text("at 12 High Street, or PO Box 17; the corner of the video shows error 503")
    >>> [text.raw[start:end] for start, end in find_streets(text)]
    ['12 High Street', 'PO Box 17']
    """
    for shape in _shapes():
        if shape.hint and text.words.isdisjoint(shape.hint):
            continue
        for match in shape.matches(text):
            if shape.accepts(text, match):
                yield match.span("street" if shape.pattern.groupindex.get("street") else 0)
    if patterns.STATE.search(text.titled):
        cities = patterns.city().finditer(text.titled)
        yield from (match.span() for match in cities if _is_city(match))
    if any(word.endswith(_endings()) for word in text.words):
        yield from (match.span() for match in patterns.one_word().finditer(text.titled))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(word for word in words("street_ending") if len(word) > 3)


def _is_any(_text: Text, _match: re.Match[str]) -> bool:
    return True


def _is_led(_text: Text, match: re.Match[str]) -> bool:
    """Tell whether what follows a word such as address has a number and a name."""
    street = match["street"]
    has_number = any(map(str.isdigit, street)) and len(street.split()) > 2
    return has_number and _has_name(street)


def _has_two_numbers(text: Text, match: re.Match[str]) -> bool:
    return not text.is_lower and _has_name(match["name"])


def _is_named_or_mixed(text: Text, match: re.Match[str]) -> bool:
    return not text.is_lower or _has_name(match[0])


def _is_named(_text: Text, match: re.Match[str]) -> bool:
    return _has_name(match[0])


def _is_city(match: re.Match[str]) -> bool:
    return "," in match[0] or not is_other_word(match[0].split()[0])


def _is_foreign(text: Text, match: re.Match[str]) -> bool:
    """Tell whether Via or Place begin the name of a street, and no sentence."""
    if match["number"] and match["kind"].lower() not in _OTHERWISE:
        return True
    names = [word for word in match["name"].split() if len(word) > 2]
    if all(word.lower() in english_words() for word in names):
        return False
    return not text.is_lower and match[0][0].isupper() and names[0][0].isupper()


def _is_street(text: Text, match: re.Match[str]) -> bool:
    """Tell whether a number and words are a street, and not `4 TB drive` or `2 new places`."""
    names = [word.strip(".,") for word in match[0].split() if word[0].isalpha()]
    if ".." in match[0]:
        return False
    if text.is_lower:
        odd = any(name.lower() not in english_words() for name in names if len(name) > 3)
        return len(names) < 4 or odd
    types = words("street_after") - words("street_before")
    kinds = [name for name in names if name.lower() in types]
    return not kinds or kinds[-1][0].isupper() or _has_name(match[0])


def _has_name(written: str) -> bool:
    """Tell whether one of some words has no meaning, and so names a street."""
    names = [word.strip(".,") for word in written.split()]
    return any(
        len(name) > 2 and name.isalpha() and not name.isupper() and not is_other_word(name)
        for name in names
    )
