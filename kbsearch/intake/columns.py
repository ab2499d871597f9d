"""Which column of a file is which field of a ticket."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as of_each
from functools import cache, cached_property, lru_cache
from types import MappingProxyType

from kbsearch.analysis.tables import table
from kbsearch.errors import FileUnreadable, InputError
from kbsearch.records.ticket import IMPORTED, LISTS, NAME_LIMIT

SEARCHED = ("subject", "problem", "resolution")
"""The fields of which a new ticket must have one, or there is nothing to find."""
SHOWN = 60
"""Characters of a name that are shown."""
NO_FIELD = "-"
"""The field of a column that holds none, whatever its name says elsewhere."""
_CUSTOM = re.compile(r"custom field \((.+)\)")


@dataclass(frozen=True)
class Assignment:
    """Which of some columns are taken, and for what.

    taken     field -> column.
    rivals    column -> the column that was taken for the same field.
    unknown   the columns that stand for no field.
    lists     a field that holds a list, such as tags -> its columns, all of which count.
    """

    taken: Mapping[str, str]
    rivals: Mapping[str, str]
    unknown: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]] = of_each(default_factory=dict)

    @property
    def searched(self) -> bool:
        """Whether any column can be searched, so that a row can be a new ticket."""
        return any(field in self.taken for field in SEARCHED)

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Return field -> the columns that hold it."""
        return {field: (name,) for field, name in self.taken.items()} | dict(self.lists)


class Columns:
    """Maps column names to fields: as asked for, or else by the names of `index/columns.tsv`.

    mapping  field -> column, such as {"resolution": "Answer"}; "" if no column is to be taken for
             the field.
    fields   normal name -> field, where the vendor of a file means something of its own.

    Raises InputError if a field of the mapping does not exist.
    """

    def __init__(
        self, mapping: Mapping[str, str], fields: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        for field in mapping:
            if field not in IMPORTED:
                raise InputError(
                    f'A ticket has no field "{field}"; map one of {", ".join(IMPORTED)}.'
                )
        self._mapping = mapping
        self._fields = fields
        self.paths = tuple(column for column in mapping.values() if "." in column)
        self.asked = frozenset(normal(column) for column in mapping.values())

    def of_vendor(self, fields: Mapping[str, str]) -> "Columns":
        """Return these columns for the files of a vendor: normal name -> field."""
        return Columns(self._mapping, fields)

    def assign(self, names: Iterable[str]) -> Assignment:
        """Return what these columns are taken for.

        A field of the mapping takes its column and no other. Of several names for one other
        field, the one that stands highest in the table is taken; of lists, all are. Names that
        begin with "_" are ours, and are passed over.
        """
        names = tuple(names)
        taken = self._asked_for(names)
        rivals: dict[str, str] = {}
        lists: dict[str, tuple[str, ...]] = {}
        unknown = []
        known = {name: self._meaning(name) for name in names}
        free = [name for name in names if name not in taken.values() and not name.startswith("_")]
        for name in sorted(free, key=lambda name: known[name] or ("", 0)):
            meaning = known[name]
            if meaning is None or self._mapping.get(meaning[0]) == "":
                unknown.append(name)
            elif meaning[0] in LISTS and meaning[0] not in self._mapping:
                lists[meaning[0]] = (*lists.get(meaning[0], ()), name)
                taken.setdefault(meaning[0], name)
            elif meaning[0] in taken:
                rivals[name] = taken[meaning[0]]
            elif meaning[0] in self._mapping:
                rivals[name] = self._mapping[meaning[0]]
            else:
                taken[meaning[0]] = name
        in_order = {field: tuple(sorted(some, key=names.index)) for field, some in lists.items()}
        return Assignment(taken, rivals, tuple(unknown), in_order)

    def is_mapped(self, name: str) -> bool:
        """Tell whether the mapping names a column."""
        return normal(name) in map(normal, self._mapping.values())

    def field_of(self, name: str) -> str | None:
        """Return the field that a column may be taken for, or none."""
        for field, column in self._mapping.items():
            if normal(column) == normal(name):
                return field
        meaning = None if name.startswith("_") else self._meaning(name)
        return meaning and meaning[0]

    def _meaning(self, name: str) -> tuple[str, int] | None:
        own = self._fields.get(normal(name))
        if own == NO_FIELD:
            return None
        return (own, -1) if own else _meaning(name)

    def check(self, where: object, names: Iterable[str]) -> Assignment:
        """Return what the columns of a whole file are taken for.

        A file of references and side fields, such as a status, brings known tickets up to date.

        Raises FileUnreadable if a column of the mapping is missing, or none can be searched and
        nothing can be brought up to date.
        """
        names = tuple(names)
        assignment = self.assign(names)
        shown = listed(name for name in names if not name.startswith("_"))
        for field, column in self._mapping.items():
            if column and field not in assignment.taken:
                raise FileUnreadable(
                    f"{where} has no column {listed([column])} to take for {field}; it has {shown}."
                )
        if not (assignment.searched or {"reference"} < assignment.taken.keys()):
            raise FileUnreadable(
                f"{where} has no column that can be searched; it has {shown}. Call one of them"
                " subject, problem or resolution, or say which one it is:"
                " --map problem=NAME."
            )
        return assignment

    def _asked_for(self, names: tuple[str, ...]) -> dict[str, str]:
        by_normal = {normal(name): name for name in reversed(names)}
        found = {
            field: column if column in names else by_normal.get(normal(column))
            for field, column in self._mapping.items()
            if column
        }
        return {field: name for field, name in found.items() if name is not None}


def listed(names: Iterable[str]) -> str:
    r"""Return names of columns fit to show, whatever a file calls them.

    >>> listed(["id", "x\ud800"])
    '"id", "x?"'
    """
    cut = (name[:SHOWN].encode("utf-8", "replace").decode("utf-8") for name in names)
    return ", ".join(f'"{name}"' for name in cut)


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """Return a name without what its writers differ in.

    >>> normal("Created_At"), normal("Resolved?"), normal("Custom field (Workaround)"), normal("#")
    ('createdat', 'resolved', 'workaround', '#')
    """
    folded = name.casefold().strip()
    if custom := _CUSTOM.fullmatch(folded):
        folded = custom[1]
    return re.sub(r"[\W_]+", "", folded) or folded


def is_known(name: str) -> bool:
    """Whether a column of this name stands for a field."""
    return _meaning(name) is not None


def _meaning(name: str) -> tuple[str, int] | None:
    """Return the field, and how far down the table the name stands; lists may be numbered."""
    if len(name) > NAME_LIMIT:
        return None
    meaning = _synonyms().get(normal(name))
    if meaning is None and name.rstrip(") ")[-1:].isdigit():
        meaning = _synonyms().get(normal(name).rstrip("0123456789"))
        return meaning if meaning and meaning[0] in LISTS else None
    return meaning


@cache
def _synonyms() -> Mapping[str, tuple[str, int]]:
    """Return normal name -> the field, and how far down the table the name stands."""
    synonyms: dict[str, tuple[str, int]] = {}
    for number, (field, name) in enumerate(table("columns.tsv")):
        synonyms.setdefault(normal(name), (field, number))
    return synonyms
