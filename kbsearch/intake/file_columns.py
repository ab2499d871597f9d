"""Which columns of one file are taken for which fields, once all its rows were read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kbsearch.intake.columns import Assignment, Columns, listed
from kbsearch.intake.values.facts import FileFacts

REMEMBERED = 256
"""Different sets of columns, and names of them, that are kept in mind for one file."""


class FileColumns:
    """Assigns the columns of the rows of one file, which need not have the same ones.

    has_reference  whether a column holds the references.

    Raises FileUnreadable if a column of the mapping is missing, or none can be searched.
    """

    def __init__(self, path: Path, columns: Columns, facts: FileFacts) -> None:
        self._columns = columns
        self._verdicts = tuple(name for name in facts.verdicts if not columns.is_mapped(name))
        self._aside = frozenset((*facts.empty, *self._verdicts))
        self._assignments: dict[tuple[str, ...], Assignment] = {}
        self._unknown: dict[str, None] = {}
        self._rivals: dict[str, str] = {}
        self.has_reference = self._is_searched = True
        if not all(name.startswith("_") for name in facts.names):
            assignment = columns.check(path, facts.names)
            self.has_reference = "reference" in assignment.taken
            self._is_searched = assignment.searched

    def of(self, names: tuple[str, ...]) -> Assignment:
        """Return what the columns of a row are taken for.

        A column that is empty in every row says nothing, so another may be taken for its field. So
        it is with one of verdicts, which is taken for the reason why a ticket was closed.
        """
        known = self._assignments.get(names)
        if known is None:
            known = self._columns.assign(name for name in names if name not in self._aside)
            for verdict in (name for name in self._verdicts if name in names):
                known = replace(known, taken={"close_reason": verdict, **known.taken})
            if len(self._assignments) >= REMEMBERED:
                self._assignments.clear()
            self._assignments[names] = known
            if len(self._unknown) < REMEMBERED:
                self._unknown |= dict.fromkeys(known.unknown)
            if len(self._rivals) < REMEMBERED:
                self._rivals |= known.rivals
        return known

    def sentences(self) -> Iterator[str]:
        """Yield what an admin should know of the columns, without the name of the file."""
        if not self.has_reference:
            yield (
                "no column holds a reference, so each row has one made of its content: a row that"
                " changes will be a new ticket. --map reference=NAME takes a column for it."
            )
        if not self._is_searched:
            yield (
                "no column can be searched, so only tickets that are there already are brought up"
                " to date; --map problem=NAME takes a column for the problem."
            )
        for rival, winner in self._rivals.items():
            yield f"{listed([rival])} was left aside: {listed([winner])} is taken for the same."
        if self._unknown:
            yield f"no field takes {listed(self._unknown)}; --map FIELD=NAME makes one take it."
