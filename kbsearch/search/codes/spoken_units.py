"""Cut what a person said into what it spells: letters, digits, symbols, and words that do not."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from kbsearch.analysis.tables import table

ARTICLES = frozenset("ai")
"""Letters that are words."""
_NUMBER_DIGITS = 8
"""Digits of a typed number that may be a piece of what is spelt: "zero x 80070005"."""


class Sort(StrEnum):
    """What a unit is; the values of the tables are among them, the rest is worked out.

    A LINKED letter is named by a word ("b as in bravo"), a PLAIN one is typed alone. SURE and
    COMMON are words of an alphabet: whether a desk hardly knows them otherwise, or well. A NAME is
    that of a letter ("zed"), a TIMES is repeated ("double seven").
    """

    LINKED = "linked"
    SURE = "sure"
    COMMON = "common"
    NAME = "name"
    PLAIN = "plain"
    DIGIT = "digit"
    NUMBER = "number"
    TENS = "tens"
    TYPED = "typed"
    TIMES = "times"
    CASE = "case"
    AS = "as"
    FOR = "for"
    DASH = "dash"
    UNDERSCORE = "underscore"
    DOT = "dot"
    POINT = "point"
    AT = "at"
    SYMBOL = "symbol"
    SPACE = "space"
    ENDING = "ending"
    WORD = "word"


LETTERS = frozenset({Sort.LINKED, Sort.SURE, Sort.COMMON, Sort.NAME, Sort.PLAIN})
NUMERIC = frozenset({Sort.DIGIT, Sort.NUMBER, Sort.TYPED, Sort.TIMES})
SPELT = LETTERS | NUMERIC
SYMBOLS = frozenset({Sort.DASH, Sort.UNDERSCORE, Sort.DOT, Sort.POINT, Sort.AT})
SYMBOLS |= {Sort.SYMBOL, Sort.SPACE}
_SILENT = frozenset({Sort.AS, Sort.FOR, Sort.CASE, Sort.ENDING})
"""What spells nothing unless a letter or a symbol stands before or after it."""
_CHANGES = frozenset({Sort.TIMES, Sort.CASE})
_BETWEEN = frozenset({Sort.AS, Sort.FOR, *_CHANGES})
"""What is a word like any other unless it stands before a letter, or between one and its name."""
_BASES = frozenset({Sort.SURE, Sort.NAME, Sort.PLAIN, Sort.DIGIT})


class Unit(NamedTuple):
    """What the pieces [start, end) of a query spell; a WORD stands for itself."""

    start: int
    end: int
    text: str
    sort: Sort


class _Row(NamedTuple):
    words: tuple[str, ...]
    text: str
    sort: Sort


class Alphabets:
    """The rows of `index/spoken_letters.tsv` and `index/spoken_symbols.tsv`."""

    def __init__(self) -> None:
        letters = [_row(*cells[:3]) for cells in table("spoken_letters.tsv")]
        symbols = [_row(*cells[:3]) for cells in table("spoken_symbols.tsv")]
        self.letter_of = {" ".join(row.words): row.text for row in letters}
        self._rows: dict[str, list[_Row]] = {}
        spoken = [*symbols, *(row for row in letters if row.sort is not Sort.LINKED)]
        for row in sorted(spoken, key=lambda row: -len(row.words)):
            self._rows.setdefault(row.words[0], []).append(row)
        self.words = frozenset(word for row in (*letters, *symbols) for word in row.words)
        self.openings = frozenset(row.words[0] for row in spoken if row.sort not in _SILENT)

    def at(self, words: Sequence[str], place: int, *sorts: Sort) -> _Row | None:
        """Return the longest row that begins at a place, of one of the sorts if any are named."""
        if place >= len(words):
            return None
        for row in self._rows.get(words[place], ()):
            if sorts and row.sort not in sorts:
                continue
            if tuple(words[place : place + len(row.words)]) == row.words:
                return row
        return None


def _row(words: str, text: str, sort: str) -> _Row:
    return _Row(tuple(words.split()), text, Sort(sort))


@lru_cache(maxsize=1)
def alphabets() -> Alphabets:
    """Return the tables, read when they are first wanted."""
    return Alphabets()


def pieces(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the pieces of a query, and the place of the word of each.

    Only what spells is taken to pieces: "bravo-tango" is, "wi-fi" is not, and "x-ray" is one.
    """
    found = [_split(word) for word in words]
    owners = [place for place, inner in enumerate(found) for _ in inner]
    return [piece for inner in found for piece in inner], owners


def _split(word: str) -> list[str]:
    if "-" not in word:
        return [word]
    known = alphabets().words
    if (joined := word.replace("-", "")) in known:
        return [joined]
    inner = [piece for piece in word.split("-") if piece]
    letters = all(len(piece) == 1 for piece in inner)
    speaks = letters or any(len(piece) > 1 and piece in known for piece in inner)
    return inner if speaks and all(map(_may_be_piece, inner)) else [word]


def _may_be_piece(piece: str) -> bool:
    return len(piece) == 1 or piece.isdecimal() or piece in alphabets().words


def units(words: Sequence[str]) -> list[Unit]:
    """Return what the pieces of a query spell, one after the other.

    >>> [(unit.text, str(unit.sort)) for unit in units("error zero ex eight double oh".split())]
    [('error', 'word'), ('0x', 'sure'), ('8', 'digit'), ('oo', 'times')]
    """
    found: list[Unit] = []
    place = 0
    while place < len(words):
        found.append(_unit(words, place))
        place = found[-1].end
    return list(_added(found))


def _unit(words: Sequence[str], place: int) -> Unit:
    row = alphabets().at(words, place)
    if row is not None and row.sort in _CHANGES:
        return _changed(words, place, row)
    return _one(words, place, row)


def _one(words: Sequence[str], place: int, row: _Row | None) -> Unit:
    """Return a unit that is neither repeated nor in another case."""
    unit = _plain_unit(words, place, row)
    return (_linked(words, unit) or unit) if unit.sort in (Sort.PLAIN, Sort.NAME) else unit


def _plain_unit(words: Sequence[str], place: int, row: _Row | None) -> Unit:
    word = words[place]
    if row is not None and row.sort not in _BETWEEN:
        return Unit(place, place + len(row.words), row.text, row.sort)
    if word.isascii() and word.isdecimal() and len(word) <= _NUMBER_DIGITS:
        return Unit(place, place + 1, word, Sort.TYPED)
    letter = len(word) == 1 and word in ascii_lowercase
    return Unit(place, place + 1, word, Sort.PLAIN if letter else Sort.WORD)


def _changed(words: Sequence[str], place: int, row: _Row) -> Unit:
    """Return what is repeated ("double seven") or in another case ("capital b")."""
    behind = place + len(row.words)
    word = Unit(place, place + 1, words[place], Sort.WORD)
    if behind >= len(words):
        return word
    base = _one(words, behind, alphabets().at(words, behind))
    if row.sort is Sort.CASE:
        return base._replace(start=place) if base.sort in LETTERS else word
    single = base.sort is Sort.TYPED and len(base.text) == 1
    if base.sort not in _BASES and not single:
        return word
    # "double 2 windows" may be a doubled window, "double two" hardly is.
    sort = Sort.TYPED if single else Sort.TIMES
    return Unit(place, base.end, base.text * int(row.text), sort)


def _linked(words: Sequence[str], unit: Unit) -> Unit | None:
    """Return a letter with the word that names it, None if there is none after it."""
    link = alphabets().at(words, unit.end, Sort.AS, Sort.FOR)
    name = unit.end + (len(link.words) if link else 0)
    if name >= len(words) or len(unit.text) != 1:
        return None
    word = words[name]
    if link is not None and link.sort is Sort.AS:
        named = word.startswith(unit.text) and len(word) > 1
    else:
        named = alphabets().letter_of.get(word) == unit.text and len(word) > 1
    if not named:
        return None
    if link is not None:
        # "I like India" and "a for all" need others next to them.
        doubtful = link.sort is Sort.FOR and unit.text in ARTICLES
        return Unit(unit.start, name + 1, unit.text, Sort.SURE if doubtful else Sort.LINKED)
    twice = alphabets().at(words, name)  # "b bravo": the letter, and the word that stands for it
    if twice is None or twice.sort not in (Sort.SURE, Sort.COMMON):
        return None
    return Unit(unit.start, name + 1, unit.text, Sort.SURE)


def _added(found: Iterable[Unit]) -> Iterator[Unit]:
    """Yield the units, tens and the digit after them as one: "thirty four"."""
    waiting: Unit | None = None
    for unit in found:
        if waiting is not None:
            if unit.sort is Sort.DIGIT and unit.text != "0":
                total = str(int(waiting.text) + int(unit.text))
                yield Unit(waiting.start, unit.end, total, Sort.NUMBER)
                waiting = None
                continue
            yield waiting._replace(sort=Sort.NUMBER)
        waiting = unit if unit.sort is Sort.TENS else None
        if waiting is None:
            yield unit
    if waiting is not None:
        yield waiting._replace(sort=Sort.NUMBER)
