"""What spoken letters, digits and symbols spell: "zero ex eight", "b as in bravo", "dot com"."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kbsearch.analysis.terms import stop_words
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.search.codes.spoken_units import (
    ARTICLES,
    NUMERIC,
    SPELT,
    SYMBOLS,
    Sort,
    Unit,
    alphabets,
    pieces,
    units,
)

_FEWEST_TYPED = 4
"""Letters and digits that were typed one by one before they are taken for one word."""
_INITIALS = frozenset("bcdfghjklmnpqrstvwxz")
_MOST_INITIALS = 4


class Spoken(NamedTuple):
    """Words of a query that spell something.

    start, end  the places of these words in the query, the end not included.
    text        what they spell, as a person would have typed it; to be cut into tokens.
    explanation  the reason, such as `"bravo tango one two" spells "bt12"`.
    """

    start: int
    end: int
    text: str
    explanation: Message


def spoken_code(words: Sequence[str]) -> list[Spoken]:
    """Return what words of a query spell, from left to right, none of them in two answers.

    words  folded words or chunks.

    >>> spoken_code("error zero ex eight double oh seven".split())[0].explanation[1:]
    ('zero ex eight double oh seven', '0x8007')
    >>> [found.text for found in spoken_code("pay dash four four one seven".split())]
    ['pay-4417']
    >>> spoken_code("delta airlines hotel wifi double click".split())
    []
    """
    if alphabets().openings.isdisjoint(words) and not any(map(_may_spell, words)):
        return []
    cut, owners = pieces(words)
    found = units(cut)
    spoken = []
    for run in _runs(found, _binding(found)):
        first, last = run[0].start, run[-1].end
        start, end = owners[first], owners[last - 1] + 1
        # Of a chunk such as "bravo-tango", all pieces spell or none does.
        if owners.index(start) == first and (last == len(owners) or owners[last] == end):
            typed, text = " ".join(words[start:end]), "".join(_texts(run))
            if text != typed:
                spoken.append(Spoken(start, end, text, (Code.SPELLS, typed, text)))
    return spoken


def _may_spell(word: str) -> bool:
    return len(word) == 1 or "-" in word


def _binding(found: Sequence[Unit]) -> list[bool]:
    """Tell of each unit whether it is a symbol that ties its neighbours together.

    Worked out from the end: in "www dot example dot com", the last dot licenses the first.
    """
    binds = [False] * (len(found) + 1)
    for place in range(len(found) - 2, 0, -1):
        left, symbol, right = found[place - 1 : place + 2]
        if symbol.sort not in SYMBOLS or {left.sort, right.sort} & SYMBOLS:
            continue
        numbers = left.sort in NUMERIC and right.sort in NUMERIC
        chained = binds[place + 2] and found[place + 2].sort is Sort.DOT
        match symbol.sort:
            case Sort.POINT:
                binds[place] = numbers
            case Sort.DOT:
                named = chained or right.sort is Sort.ENDING
                binds[place] = numbers or (named and _tells(left))
            case Sort.AT:
                binds[place] = chained and _tells(left)
            case Sort.DASH:
                binds[place] = _tells(left) and _dashed(left, right)
            case Sort.UNDERSCORE:
                beyond = [*found[place - 2 : place - 1], *found[place + 2 : place + 3]]
                chain = any(unit.sort is Sort.UNDERSCORE for unit in beyond)
                binds[place] = chain or (_tells(left) and _tells(right))
            case _:
                pass
    return binds


def _tells(unit: Unit) -> bool:
    """Tell whether a unit may be part of a name: not the "the" of "the dot com bubble"."""
    return unit.sort is not Sort.WORD or unit.text not in stop_words()


def _dashed(left: Unit, right: Unit) -> bool:
    """Tell whether a dash joins two units: "pay dash 4417", "e dash mail", but not "dash cam"."""
    if right.sort in NUMERIC or (left.sort in SPELT and right.sort in SPELT):
        return True
    return left.sort is Sort.PLAIN and left.text not in ARTICLES and _tells(right)


def _runs(found: Sequence[Unit], binds: Sequence[bool]) -> Iterator[list[Unit]]:
    """Yield the stretches of units that spell something."""
    start = taken = 0
    for end in range(1, len(found) + 1):
        if end < len(found) and _glued(found, binds, end):
            continue
        run = _trimmed(found[start:end])
        if run and (any(binds[start:end]) or _spells(run)):
            before = found[taken : found.index(run[0], start)]
            yield [*_initials(before, run), *run]
            taken = end
        start = end


def _glued(found: Sequence[Unit], binds: Sequence[bool], place: int) -> bool:
    """Tell whether a unit and the one before it may belong to one name or code."""
    left, right = found[place - 1].sort, found[place].sort
    if binds[place - 1] or binds[place] or (left in SPELT and right in SPELT):
        return True
    return (left in SPELT and right in SYMBOLS) or (left in SYMBOLS and right in SPELT)


def _trimmed(run: Sequence[Unit]) -> list[Unit]:
    """Return a run without the symbols at its ends, nor "a" and "I", which may be words there."""
    kept = list(run)
    while kept and _loose(kept, kept[0], kept[1:2]):
        kept.pop(0)
    while kept and _loose(kept, kept[-1], kept[-2:-1]):
        kept.pop()
    return kept


def _loose(run: Sequence[Unit], unit: Unit, beside: Sequence[Unit]) -> bool:
    """Tell whether a unit at the end of a run is none of it."""
    if unit.sort is not Sort.PLAIN or unit.text not in ARTICLES:
        return unit.sort in SYMBOLS
    spelt_out = all(other.sort is Sort.PLAIN for other in run)
    return not spelt_out and not any(other.sort in SYMBOLS for other in beside)


def _spells(run: Sequence[Unit]) -> bool:
    """Tell whether letters and digits in a row are more than words that happen to be some.

    A letter with the word that names it is enough. Of a spelling alphabet two words are, or three
    if a desk knows all of them otherwise; of letters by their names three; of digits two with
    another letter or digit, for "one two" may be any two words.
    """
    spelt = [unit for unit in run if unit.sort in SPELT]
    if not spelt:
        return False
    sorts = Counter(unit.sort for unit in spelt)
    size = sum(len(unit.text) for unit in spelt)
    alphabet = sorts[Sort.SURE] + sorts[Sort.COMMON]
    said = sorts[Sort.DIGIT] + sorts[Sort.TIMES]
    single = sum(unit.sort in (Sort.PLAIN, Sort.TYPED) and len(unit.text) == 1 for unit in run)
    return (
        sorts[Sort.LINKED] > 0
        or (sorts[Sort.SURE] > 0 and (alphabet > 1 or size > 2))
        or alphabet > 2
        or (sorts[Sort.NAME] > 0 and sorts[Sort.NAME] + sorts[Sort.PLAIN] > 2)
        or (said > 1 and len(spelt) > 2)
        or said + sorts[Sort.NUMBER] > 2
        or any(map(_surely_repeated, spelt))
        or (sorts[Sort.TIMES] > 0 and len(spelt) > 1)
        or (single >= _FEWEST_TYPED and sorts[Sort.PLAIN] > 0)
    )


def _surely_repeated(unit: Unit) -> bool:
    """Tell whether this is "double seven" or "triple o", and not the "double l" of a name."""
    return unit.sort is Sort.TIMES and (unit.text.isdecimal() or len(unit.text) > 2)


def _initials(before: Sequence[Unit], run: Sequence[Unit]) -> Iterator[Unit]:
    """Yield the word before a number if it is no word, but letters: the "kb" of a code."""
    if before and run[0].sort in NUMERIC:
        word = before[-1]
        short = word.sort is Sort.WORD and 1 < len(word.text) <= _MOST_INITIALS
        if short and set(word.text) <= _INITIALS:
            yield word


def _texts(run: Sequence[Unit]) -> Iterator[str]:
    """Yield what each unit of a run spells."""
    for place, unit in enumerate(run):
        if unit.sort is Sort.SPACE:
            yield " "
        elif _is_o(unit) and _means_zero(run, place):
            yield "0" * len(unit.text)
        else:
            yield unit.text


def _is_o(unit: Unit) -> bool:
    return set(unit.text) == {"o"} and unit.sort in (Sort.NAME, Sort.PLAIN, Sort.TIMES)


def _means_zero(run: Sequence[Unit], place: int) -> bool:
    """Tell whether an "o" is a zero: next to a digit, or repeated without a letter next to it."""
    around = (reversed(run[:place]), run[place + 1 :])
    nearest = (next((unit for unit in side if not _is_o(unit)), None) for side in around)
    beside = [unit for unit in nearest if unit is not None and unit.sort in SPELT]
    if any(unit.text[0].isdecimal() for unit in beside):
        return True
    return run[place].sort is Sort.TIMES and not beside
