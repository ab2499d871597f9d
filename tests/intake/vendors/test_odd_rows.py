"""Rows of a vendor that hold anything."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.intake.vendors.reading import read_row
from kbsearch.intake.vendors.vendor import recognised

FIXTURES = Path(__file__).parents[1] / "fixtures"
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
Places = list[tuple[str | int, ...]]


def rows(name: str) -> Iterator[dict[str, object]]:
    """Yield the rows of a fixture in JSON."""
    document = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    lists = [document] if isinstance(document, list) else document.values()
    yield from next(one for one in lists if isinstance(one, list))


def places(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to each value inside a row."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield (*at, key)
            yield from places(inner, (*at, key))


def put(row: object, at: tuple[str | int, ...], value: object) -> None:
    """Put a value into a row."""
    for key in at[:-1]:
        row = row[key]  # type: ignore[index]
    row[at[-1]] = value  # type: ignore[index]


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.glob("*.json")))
@given(data=st.data())
def test_a_row_with_any_value_anywhere_is_read(name: str, data: st.DataObject) -> None:
    row = next(rows(name))
    vendor = recognised(row)
    assert vendor is not None
    put(row, data.draw(st.sampled_from(list(places(row)))), data.draw(ODD))
    read_out = read_row(vendor, row)
    vendor.shape.other(row)
    assert all(isinstance(column, str) for column in read_out)
    json.dumps(read_out)


@given(st.dictionaries(st.sampled_from(["Issue key", "Summary", "Assignee", "Comment"]), ODD))
def test_a_table_in_json_may_hold_anything_too(row: dict[str, object]) -> None:
    vendor = recognised({"Issue key": "", "Summary": ""})
    assert vendor is not None
    json.dumps(read_row(vendor, row))
