"""What became of an import."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of an import.

    read         rows, each of which is new, changed, unchanged, older, deleted, joined or rejected.
    older        rows that their source changed before what is stored; they changed nothing.
    deleted      rows of tickets that were deleted, and stay so.
    joined       rows that are a part of the ticket of another row.
    blank        records that hold nothing, and are no rows.
    rejects      the file of rejected rows, or the folder that holds them if there are several.
    reasons      the commonest reasons why rows were rejected, and how often each is met.
    notes        what was assumed, a sentence each.
    problems     what could not be read, or not to its end, a sentence each.
    unaccounted  lines that were read and became nothing that is counted, a sentence each.
    """

    read: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    older: int = 0
    deleted: int = 0
    joined: int = 0
    blank: int = 0
    rejects: Path | None = None
    reasons: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    unaccounted: tuple[str, ...] = ()
