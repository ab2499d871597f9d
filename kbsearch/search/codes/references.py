"""References that were typed by their number alone: "10023", or "incident 10023"."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from kbsearch.analysis.codes import REFERENCE
from kbsearch.analysis.tables import table
from kbsearch.analysis.terms import stop_words
from kbsearch.lexicon.lexicon import Lexicon

_MOST_FAMILIES = 16
_AFTER_DIGITS = chr(ord("9") + 1)
_NAME, _FILLER = "name", "filler"


class Family(NamedTuple):
    """References that begin alike: INC0010023 and all others with INC.

    digits  of their numbers that begin with a zero, 0 if none does.
    """

    letters: str
    digits: int


def named_references(words: Sequence[str]) -> set[int]:
    """Return the places of the numbers that may be those of tickets.

    A number alone may be, and one with a name for tickets before it; next to other words it is
    what a device shows.

    >>> named_references(["error", "404"]), named_references(["404"])
    (set(), {0})
    >>> named_references(["reopen", "ticket", "no", "404"])
    {3}
    """
    numbers = [place for place, word in enumerate(words) if word.isdecimal()]
    if not numbers:
        return set()
    sorts = [_sort(word) for word in words]
    if len(numbers) == 1 and all(sorts[: numbers[0]] + sorts[numbers[0] + 1 :]):
        return set(numbers)
    return {place for place in numbers if _is_named(sorts[:place])}


def reference_codes(number: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the references that a number may be that of, as they are filed if there are any."""
    bare = number.lstrip("0") or number
    for letters, digits in lexicon.cached(families, lambda: families(lexicon)):
        for typed in dict.fromkeys((number, bare, bare.zfill(digits))):
            yield REFERENCE + letters + typed


def families(lexicon: Lexicon) -> list[Family]:
    """Return how the references of an index begin; each is looked up, and not every reference."""
    found: list[Family] = []
    first, end = REFERENCE, chr(ord(REFERENCE) + 1)
    while len(found) < _MOST_FAMILIES and (next_one := lexicon.codes.between(first, end, 1)):
        code = next_one[0][1:]
        letters = "".join(takewhile(lambda letter: not letter.isdigit(), code))
        number = "".join(takewhile(str.isdigit, code[len(letters) :]))
        found.append(Family(letters, len(number) if number[:1] == "0" else 0))
        first = REFERENCE + letters + _AFTER_DIGITS
    return found


def names_tickets(word: str) -> bool:
    """Tell whether a word is what people call a ticket, or stands next to its number.

    >>> names_tickets("incident"), names_tickets("printer")
    (True, False)
    """
    return word in _words()


def _is_named(before: Sequence[str]) -> bool:
    """Tell whether the last word is a name for tickets, fillers aside."""
    names = [sort for sort in before if sort != _FILLER]
    last = before[-1] if before else ""
    return last == _NAME or (last == _FILLER and names[-1:] == [_NAME])


def _sort(word: str) -> str:
    """Return what a word next to a number is: a name for tickets, a filler, or "" for another."""
    return _words().get(word, _FILLER if word in stop_words() else "")


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {word: sort for word, sort, *_ in table("reference_words.tsv")}
