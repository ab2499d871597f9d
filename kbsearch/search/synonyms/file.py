"""What an admin writes down as synonyms: the rows of the table, and the changes of its draft."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

from kbsearch.analysis.tokens import chunks
from kbsearch.errors import FileUnreadable, InputError
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.text_files import read_lines

MOST_WORDS = 8
"""Words of a phrase; no one types a longer one the same way twice."""
COLUMNS = ("phrase", "also", "both", "note")
DRAFT_COLUMNS = ("change", *COLUMNS)
_BOTH = {"yes": True, "": True, "no": False}

Row = TypeVar("Row")
Key = frozenset[tuple[str, ...]]
"""The folded words of both sides: a pair stands in a table once, whatever its direction."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """One row: whoever types `phrase` is also shown tickets with `also`.

    both  it holds the other way round as well.
    """

    phrase: str
    also: str
    both: bool = True
    note: str = ""

    @property
    def key(self) -> Key:
        """What tells this pair from all others."""
        return frozenset((words(self.phrase), words(self.also)))

    def __str__(self) -> str:
        """Return the row as a sentence names it, such as `bsod = blue screen of death`."""
        return f"{self.phrase} {'=' if self.both else '->'} {self.also}"


class DraftAction(StrEnum):
    """What a row of the draft does to the table."""

    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class DraftChange:
    """One row of the draft."""

    action: DraftAction
    synonym: Synonym

    @property
    def key(self) -> Key:
        """The pair that it is about."""
        return self.synonym.key


@dataclass(frozen=True, slots=True)
class TableRead(Generic[Row]):
    """What a file holds: its rows, and a message for each line that is none."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Message, ...] = ()


def words(phrase: str) -> tuple[str, ...]:
    """Return the folded words of a phrase.

    >>> words("Blue-screen, of Death")
    ('blue-screen', 'of', 'death')
    """
    return tuple(chunk for chunk, _, _ in chunks(phrase))


def checked(synonym: Synonym) -> Synonym:
    """Return the row as it is written, blanks put right. Raises InputError if it is none."""
    for phrase in (synonym.phrase, synonym.also):
        count = len(words(phrase))
        if not count:
            raise InputError(f'"{phrase}" has no word in it; write what people type')
        if count > MOST_WORDS:
            raise InputError(f'"{phrase}" has {count} words; write {MOST_WORDS} at most')
    if words(synonym.phrase) == words(synonym.also):
        raise InputError(f'"{synonym.phrase}" means itself; write another word next to it')
    phrase, also, note = (
        " ".join(text.split()) for text in (synonym.phrase, synonym.also, synonym.note)
    )
    return Synonym(phrase, also, synonym.both, note)


def read_synonyms(path: Path) -> TableRead[Synonym]:
    """Read the table; a line that is no row is left out and told. No file is no rows.

    Raises FileUnreadable if nothing of it can be read.
    """
    rows: dict[Key, Synonym] = {}
    faults = []
    for number, cells in _cells(path, COLUMNS):
        try:
            row = _synonym(cells)
            _check_new(row, rows)
            rows[row.key] = row
        except InputError as error:
            faults.append(_fault(path, number, error))
    return TableRead(tuple(rows.values()), tuple(faults))


def read_draft(path: Path) -> TableRead[DraftChange]:
    """Read the draft, as `read_synonyms` reads the table; of two changes of a pair the last is."""
    rows: dict[Key, DraftChange] = {}
    faults = []
    for number, (action, *cells) in _cells(path, DRAFT_COLUMNS):
        try:
            change = DraftChange(_action(action), _synonym(cells))
            rows[change.key] = change
        except InputError as error:
            faults.append(_fault(path, number, error))
    return TableRead(tuple(rows.values()), tuple(faults))


def apply(rows: Iterable[Synonym], changes: Iterable[DraftChange]) -> tuple[Synonym, ...]:
    """Return the table with the changes; a row that is added replaces one of the same pair."""
    table = {row.key: row for row in rows}
    for change in changes:
        if change.action is DraftAction.ADD:
            table[change.key] = change.synonym
        else:
            table.pop(change.key, None)
    return tuple(table.values())


def table_lines(rows: Iterable[Synonym]) -> Iterator[str]:
    """Yield the lines of a table's file."""
    yield "\t".join(COLUMNS)
    for row in rows:
        yield _line(row)


def draft_lines(changes: Iterable[DraftChange]) -> Iterator[str]:
    """Yield the lines of a draft's file."""
    yield "\t".join(DRAFT_COLUMNS)
    for change in changes:
        yield f"{change.action}\t{_line(change.synonym)}"


def _line(row: Synonym) -> str:
    return "\t".join((row.phrase, row.also, "yes" if row.both else "no", row.note)).rstrip("\t")


def _synonym(cells: Sequence[str]) -> Synonym:
    phrase, also, both, note = cells
    if not phrase or not also:
        raise InputError("has no second phrase; write a phrase, a tab, and what it is also called")
    if both.lower() not in _BOTH:
        raise InputError(f'both is "{both}"; write yes, no, or nothing for yes')
    return checked(Synonym(phrase, also, _BOTH[both.lower()], note))


def _check_new(row: Synonym, rows: Mapping[Key, Synonym]) -> None:
    if row.key in rows:
        raise InputError(f'"{row}" is in it already; remove one of the two')


def _action(cell: str) -> DraftAction:
    try:
        return DraftAction(cell)
    except ValueError:
        raise InputError(f'the change is "{cell}"; write add or remove') from None


def _fault(path: Path, number: int, error: InputError) -> Message:
    return Code.LINE_UNREADABLE, str(path), number, str(error)


def _cells(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of each line below the names; cells left out are empty.

    A line with more cells than there are columns keeps them in the last, where a note may stand.
    """
    lines = read_lines(path) if path.exists() else []
    if not any(line.strip() for line in lines):
        return
    if lines[0].rstrip().split("\t") != list(columns):
        raise FileUnreadable(
            f"{path}, line 1: does not name the columns; write {', '.join(columns)}, with a tab"
            " between two of them."
        )
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            cells = [cell.strip() for cell in line.split("\t", len(columns) - 1)]
            yield number, cells + [""] * (len(columns) - len(cells))
