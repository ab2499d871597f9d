"""Read a row of a known help desk: nested values by their paths, and its messages."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kbsearch.intake.columns import NO_FIELD, normal
from kbsearch.intake.vendors.message import RawMessage, Values, objects
from kbsearch.intake.vendors.paths import (
    columns_of,
    first_names,
    is_given,
    is_nested,
    value_at,
    values_at,
)
from kbsearch.intake.vendors.vendor import Vendor
from kbsearch.records.ticket import LISTS, Kind

MESSAGES = "messages"
"""The column that the messages of a row are put in."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row has a field: the columns, the first of which names it, and their values."""

    columns: tuple[str, ...]
    values: Sequence[object]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where rows with the same columns may have a field.

    path     the path into an object or a list, "" if it is no path.
    columns  the columns that hold it; of a path its own name, and the column that it leads into.
    """

    path: str
    columns: tuple[str, ...]

    def place(self, row: Values) -> _Place | None:
        """Return where a row has the field, None if it says nothing of it."""
        if not self.path:
            return _Place(self.columns, [row[column] for column in self.columns])
        if is_given(row, self.path):
            return _Place(self.columns, values_at(row, self.path))
        return None


def read_row(vendor: Vendor, row: Values, kept: Collection[str] = ()) -> dict[str, object]:
    """Return a row with a column for each field of the vendor, and one for its messages.

    kept  the columns, as `normal` writes them, that someone asks for by name: they stay.
    """
    shape = vendor.shape
    plain = {shape.column(name): shape.plain(value) for name, value in row.items()}
    values = _members(vendor, plain)
    values |= _named(plain, values.pop(shape.named, None))
    for field, spots in _layout(vendor, tuple(plain)):
        places = [place for spot in spots if (place := spot.place(plain))]
        for name in (name for place in places for name in place.columns):
            if not kept or normal(name) not in kept:
                values.pop(name, None)
        if field == MESSAGES:
            values |= _conversation(vendor, plain, places)
        elif places:
            values |= _value(vendor, field, places)
    return values if vendor.kind is Kind.TICKET else {**values, "kind": vendor.kind.value}


@lru_cache(maxsize=256)
def _layout(vendor: Vendor, names: tuple[str, ...]) -> tuple[tuple[str, tuple[_Spot, ...]], ...]:
    """Return each field and where rows with these columns may have it."""
    columns = columns_of(names)
    layout = []
    for field, paths in vendor.columns.items():
        spots = [_spot(path, names, columns) for path in paths if field != NO_FIELD]
        layout.append((field, tuple(spot for spot in spots if spot)))
    return tuple((field, spots) for field, spots in layout if spots)


def _spot(path: str, names: tuple[str, ...], columns: Mapping[str, Sequence[str]]) -> _Spot | None:
    first = first_names(path)[0]
    if is_nested(path) and first in names:
        return _Spot(path, (path.replace("[]", ""), first))
    same = columns.get(normal(path))
    return _Spot("", tuple(same)) if same else None


def _members(vendor: Vendor, row: Values) -> dict[str, object]:
    """Return the row with the members of its objects as columns, but for those that are read."""
    values = dict(row)
    nested = _nested(vendor)
    heads = {head for head, _ in nested}
    for name, members in row.items():
        if name in heads and isinstance(members, Mapping):
            del values[name]
            for member, value in members.items():
                if (name, f"{name}.{member}") not in nested:
                    values[f"{name}.{member}"] = value
    return values


@cache
def _nested(vendor: Vendor) -> frozenset[tuple[str, str]]:
    """Return the columns that paths lead into, and each with the name after it."""
    paths = (path for paths in vendor.columns.values() for path in paths)
    return frozenset(first_names(path) for path in paths if is_nested(path))


def _named(row: Values, added: object) -> dict[str, object]:
    """Return name -> value of the fields that a desk added to its own."""
    named = {str(one.get("name")): value_at(one, "value", "values") for one in objects(added)}
    return {name: _joined(value) for name, value in named.items() if name not in row}


def _joined(value: object) -> object:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else value


def _value(vendor: Vendor, field: str, places: Sequence[_Place]) -> dict[str, object]:
    """Return the column of a field and its value: of several places the first that is filled."""
    found = [(place.columns[0], _meant(vendor, field, place.values)) for place in places]
    if field in LISTS:
        every = [value for _, values in found for value in values]
        return {found[0][0]: every[0] if field == "tags" and len(every) == 1 else every}
    name, values = next((one for one in found if one[1]), found[0])
    return {name: values[0] if len(values) == 1 else _joined(values)}


def _meant(vendor: Vendor, field: str, values: Sequence[object]) -> list[object]:
    """Return what the values of a field mean, without those that mean nothing."""
    change = vendor.shape.fields.get(field)
    plain = [vendor.shape.plain(change(value) if change else value) for value in values]
    flat = [one for value in plain for one in (value if isinstance(value, list) else [value])]
    meant = (vendor.meanings.get((field, str(value)), value) for value in flat)
    return [value for value in meant if value not in (None, "")]


def _conversation(vendor: Vendor, row: Values, places: Sequence[_Place]) -> dict[str, object]:
    """Return the messages of a row, and what was said first if no column of its own says it."""
    messages = list(_messages(vendor, row, places))
    if not messages:
        return {}
    opening = {"problem": messages[0]["text"]} if vendor.shape.opening else {}
    return {MESSAGES: messages, **opening}


def _messages(vendor: Vendor, row: Values, places: Sequence[_Place]) -> Iterator[RawMessage]:
    if vendor.shape.messages is not None:
        for place in places:
            for value in place.values:
                if value not in (None, "", []):
                    yield from vendor.shape.messages(row, value, place.columns[0])
