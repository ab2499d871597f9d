"""Find values in the row of a help desk: by column, or by a path into nested objects."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kbsearch.intake.columns import normal

_REPEATED = re.compile(r" \(\d+\)$")


def values_at(row: object, path: str) -> list[object]:
    """Return what is found at a path; `[]` after a name looks into each item of its list.

    >>> values_at({"user": {"name": "Bo"}, "tags": [{"id": 1}, {"id": 2}]}, "tags[].id")
    [1, 2]
    >>> values_at({"user": {"name": "Bo"}}, "user.name"), values_at({"user": None}, "user.name")
    (['Bo'], [])
    """
    name, _, rest = path.partition(".")
    if not isinstance(row, Mapping):
        return []
    value = row.get(name.removesuffix("[]"))
    items = (value if isinstance(value, list) else []) if name.endswith("[]") else [value]
    if rest:
        return [found for item in items for found in values_at(item, rest)]
    return [item for item in items if item is not None]


def is_given(row: object, path: str) -> bool:
    """Whether a row says something at a path, be it that there is nothing.

    >>> is_given({"user": None}, "user.name"), is_given({"user": {"id": 1}}, "user.name")
    (True, False)
    """
    name, _, rest = path.partition(".")
    key = name.removesuffix("[]")
    if not isinstance(row, Mapping) or key not in row:
        return False
    value = row[key]
    if not rest or value in (None, []):
        return True
    items = value if name.endswith("[]") and isinstance(value, list) else [value]
    return any(is_given(item, rest) for item in items)


def with_paths(row: Mapping[str, object], paths: Iterable[str]) -> Mapping[str, object]:
    """Return a row with a column for each of these paths that leads into its objects.

    >>> with_paths({"id": 7, "call": {"what": "Jam"}}, ["call.what", "call.why"])
    {'id': 7, 'call': {'what': 'Jam'}, 'call.what': 'Jam'}
    """
    found = {path: value_at(row, path) for path in paths if path not in row and is_given(row, path)}
    return {**row, **found} if found else row


def value_at(row: object, *paths: str) -> object:
    """Return the first value at these paths that is not empty, "" if there is none."""
    found = (value for path in paths for value in values_at(row, path))
    return next((value for value in found if value not in ("", [], {})), "")


def is_nested(path: str) -> bool:
    """Whether a path leads into an object or a list."""
    return "." in path or "[]" in path


def first_names(path: str) -> tuple[str, str]:
    """Return the column that a path leads into, and that with the name after it.

    >>> first_names("fields.status.name"), first_names("tags[]")
    (('fields', 'fields.status'), ('tags', 'tags'))
    """
    names = path.replace("[]", "").split(".")
    return names[0], ".".join(names[:2])


@lru_cache(maxsize=256)
def columns_of(names: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """Return normal name -> the columns of that name; a table may repeat it as `name (2)`."""
    columns: dict[str, list[str]] = {}
    for name in names:
        columns.setdefault(normal(_REPEATED.sub("", name)), []).append(name)
    return columns
