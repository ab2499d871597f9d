"""Recognise the export of a known help desk by its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kbsearch.analysis.tables import table
from kbsearch.intake.columns import normal
from kbsearch.intake.vendors.message import Values
from kbsearch.intake.vendors.paths import columns_of, is_given, is_nested
from kbsearch.intake.vendors.shapes import PLAIN, SHAPES, Shape
from kbsearch.records.ticket import Kind

_NUMBER = ":number"
"""What a mark ends with if its value must be a number."""
_NOTHING = "-"
"""What a table has for an empty cell."""


@dataclass(frozen=True, slots=True, eq=False)
class Vendor:
    """A form in which a known help desk exports its tickets or articles.

    marks     the columns and paths that tell it from others.
    columns   field -> the columns and paths that may hold it.
    meanings  (field, value) -> what the value is called, "" if it means nothing.
    """

    name: str
    format: str
    kind: Kind
    marks: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    meanings: Mapping[tuple[str, str], str]
    shape: Shape
    fields: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Turn the columns around."""
        fields = {normal(path): name for name, paths in self.columns.items() for path in paths}
        object.__setattr__(self, "fields", fields)

    def __str__(self) -> str:
        """Return what the export is called."""
        return f"{self.name} ({self.format})"

    def field_of(self, column: str) -> str | None:
        """Return the field that a column holds in this export, or none."""
        return self.fields.get(normal(column))


def recognised(row: Values) -> Vendor | None:
    """Return the vendor of a file by its rows as one: the one with most marks, all of them there.

    >>> vendor = recognised({"Issue key": "A-1", "Summary": "No sound", "Resolution": "Fixed"})
    >>> vendor.name, vendor.format, vendor.field_of("Resolution")
    ('Jira', 'CSV', 'close_reason')
    """
    columns = columns_of(tuple(row))
    found = [one for one in _vendors() if all(_has(row, columns, mark) for mark in one.marks)]
    return max(found, key=lambda one: len(one.marks), default=None)


def _has(row: Values, columns: Mapping[str, Sequence[str]], mark: str) -> bool:
    name = mark.removesuffix(_NUMBER)
    if is_nested(name):
        return is_given(row, name)
    values = [row[column] for column in columns.get(normal(name), ())]
    return any(type(value) is int for value in values) if name != mark else bool(values)


@cache
def _vendors() -> tuple[Vendor, ...]:
    return tuple(
        Vendor(
            name,
            form,
            Kind(kind),
            tuple(marks.split("; ")),
            _columns(name, form),
            _meanings(name),
            SHAPES.get((name, form), PLAIN),
        )
        for name, form, kind, marks in table("vendors.tsv")
    )


def _columns(vendor: str, form: str) -> dict[str, tuple[str, ...]]:
    columns: dict[str, tuple[str, ...]] = {}
    for name, form_of, path, of_field in table("vendor_columns.tsv"):
        if (name, form_of) == (vendor, form):
            columns[of_field] = (*columns.get(of_field, ()), path)
    return columns


def _meanings(vendor: str) -> dict[tuple[str, str], str]:
    return {
        (of_field, value): "" if meaning == _NOTHING else meaning
        for name, of_field, value, meaning in table("vendor_values.tsv")
        if name == vendor
    }
