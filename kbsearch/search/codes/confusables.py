"""What may a code be mistaken for? Spellings of it, whether any ticket has them or not."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, combinations, islice
from typing import NamedTuple, TypeVar

from kbsearch.analysis.folding import fold
from kbsearch.analysis.tables import table
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message

_T = TypeVar("_T")

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789."
"""What a code may have been typed with; hyphens and underscores are not filed."""
_DIGITS = "0123456789"
_AT_ONCE = 3
"""Look-alikes that are read otherwise in one code, each for itself."""
_MOST = 600
"""Codes that are tried for look-alikes: to look up a thousand takes a good millisecond."""
_MOST_MISREAD = 200
"""The same next to a code that is there: that costs every query with a code."""
_LAST_DIGITS = 6
"""Digits of a code of which two may be wrong: the first ones name the family."""


class Swap(NamedTuple):
    """A row of the table in one direction: `here` may have been `there`, as `hint` says.

    plain  they look alike, and are not two digits: what is printed badly is so all over, but two
           codes that differ in several digits are two codes, however much 1 and 7 look alike.
    """

    here: str
    there: str
    hint: Message
    plain: bool


Swaps = tuple[Swap, ...]
"""What is swapped in a code to make another of it."""


class _Place(NamedTuple):
    start: int
    swap: Swap


def confusable(code: str) -> dict[str, Swaps]:
    """Return the codes that look or sound like a filed one, each with what is swapped for it.

    >>> hints(confusable("payb41")["pay841"]), hints(confusable("e104")["e1o4"])
    (((<look_alike>, '8', 'B'),), ((<look_alike>, '0', 'O'),))
    """
    return _confusable(code, _swaps(), _MOST)


def misread(code: str) -> dict[str, Swaps]:
    """Return the same for letters only, and for digits that look like letters.

    >>> "e1o4" in misread("e104"), "e704" in misread("e104")
    (True, False)
    """
    return _confusable(code, [swap for swap in _swaps() if swap.plain], _MOST_MISREAD)


def slips(code: str) -> Iterator[str]:
    """Yield the codes one slip away, some of them twice: a wrong, extra, lost or swapped character.

    >>> {"e105", "e1044", "e14", "e140"} <= set(slips("e104"))
    True
    """
    for place in range(len(code) + 1):
        before, behind = code[:place], code[place:]
        yield from (before + letter + behind for letter in _ALPHABET)
        if behind:
            yield before + behind[1:]
            yield from (before + letter + behind[1:] for letter in _ALPHABET)
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]


def double_slips(code: str) -> Iterator[str]:
    """Yield the codes with two wrong digits, or with one lost and one too many.

    None for a plain number: with two other digits it is another number.

    >>> {"0x80070057", "0x80070012"} <= set(double_slips("0x80070005"))
    True
    """
    if code.isdigit():
        return
    places = [place for place, letter in enumerate(code) if letter in _DIGITS][-_LAST_DIGITS:]
    for first, second in combinations(places, 2):
        head, middle, tail = code[:first], code[first + 1 : second], code[second + 1 :]
        for digit in _DIGITS:
            yield from (head + digit + middle + other + tail for other in _DIGITS)
        moved = code[first + 1 : second + 1]
        yield from (head + moved + digit + tail for digit in _DIGITS)
        yield from (head + digit + code[first:second] + tail for digit in _DIGITS)


def hints(swaps: Iterable[Swap]) -> tuple[Message, ...]:
    """Return why these may have been taken for one another, each reason once."""
    return tuple(dict.fromkeys(swap.hint for swap in swaps))


def _confusable(code: str, swaps: Iterable[Swap], most: int) -> dict[str, Swaps]:
    at_once = [swap for swap in swaps if swap.here in code]
    plain = [swap for swap in at_once if swap.plain]
    throughout = (_replaced(code, swaps) for swaps in _up_to(2, plain))
    several = (_changed(code, places) for places in _up_to(_AT_ONCE, _places(code, plain)))
    alone = (_changed(code, (place,)) for place in _places(code, at_once))
    found: dict[str, Swaps] = {}
    for spelt, swapped in islice(chain(alone, throughout, several), most):
        found.setdefault(spelt, swapped)
    found.pop(code, None)
    return found


def _up_to(most: int, things: Sequence[_T]) -> Iterator[tuple[_T, ...]]:
    return chain.from_iterable(combinations(things, number) for number in range(1, most + 1))


def _places(code: str, swaps: Iterable[Swap]) -> list[_Place]:
    return [
        _Place(start, swap)
        for swap in swaps
        for start in range(len(code))
        if code.startswith(swap.here, start)
    ]


def _changed(code: str, places: tuple[_Place, ...]) -> tuple[str, Swaps]:
    spelt, end = code, len(code)
    for start, swap in sorted(places, reverse=True):
        behind = start + len(swap.here)
        if behind > end:  # it is read otherwise already
            continue
        spelt = spelt[:start] + swap.there + spelt[behind:]
        end = start
    return spelt, tuple([swap for _, swap in places])


def _replaced(code: str, swaps: Swaps) -> tuple[str, Swaps]:
    for swap in swaps:
        code = code.replace(swap.here, swap.there)
    return code, swaps


@cache
def _swaps() -> tuple[Swap, ...]:
    """Return both directions of all rows, the plain ones first."""
    found = []
    for pair, how, *_ in table("look_alikes.tsv"):
        one, other = pair.split(" ")
        hint = (Code.LOOK_ALIKE if how == "look" else Code.SOUND_ALIKE, one, other)
        plain = how == "look" and not (one + other).isdigit()
        for here, there in ((one, other), (other, one)):
            found.append(Swap(fold(here), fold(there), hint, plain))
    return tuple(sorted(found, key=lambda swap: not swap.plain))
