"""Which help desk a file comes from."""

import json

import pytest

from kbsearch.analysis.tables import table
from kbsearch.intake.columns import NO_FIELD
from kbsearch.intake.vendors.shapes import SHAPES
from kbsearch.intake.vendors.vendor import recognised
from kbsearch.records.ticket import FIELDS
from tests.intake.conftest import Desk


@pytest.mark.parametrize(
    ("row", "vendor"),
    [
        ({"ISSUE KEY": "", "summary": ""}, "Jira"),
        ({"key": "A-1", "fields": {"summary": "Jam"}}, "Jira"),
        ({"number": "INC1", "short_description": "Jam", "state": "7"}, "ServiceNow"),
    ],
)
def test_a_vendor_is_known_by_its_columns(row: dict[str, object], vendor: str) -> None:
    found = recognised(row)
    assert found is not None
    assert found.name == vendor


@pytest.mark.parametrize(
    "row",
    [
        {"id": 1, "subject": "Jam", "status": "open"},
        {"id": 1, "subject": "Jam", "status": "5", "priority": "1", "source": "1"},
        {"key": "A-1", "fields": "summary"},
        {},
    ],
)
def test_a_file_of_a_desk_of_its_own_is_of_no_vendor(row: dict[str, object]) -> None:
    assert recognised(row) is None


def test_a_vendor_says_what_its_columns_stand_for() -> None:
    found = recognised({"Issue key": "A-1", "Summary": "Jam"})
    assert found is not None
    assert found.field_of("Resolution") == "close_reason"
    assert found.field_of("Votes") is None


def test_every_table_names_vendors_formats_and_fields_that_exist() -> None:
    exports = {(name, form) for name, form, _, _ in table("vendors.tsv")}
    columns = table("vendor_columns.tsv")
    assert {(name, form) for name, form, _, _ in columns} <= exports
    assert SHAPES.keys() <= exports
    assert {field for *_, field in columns} <= {*FIELDS, NO_FIELD}
    assert {name for name, *_ in table("vendor_values.tsv")} <= {name for name, _ in exports}


def test_a_vendor_is_told_by_the_first_rows_together(desk: Desk) -> None:
    lean = {"id": 1, "subject": "Lamp", "status": "open", "via": None}
    full = {"id": 2, "subject": "Fan", "status": "solved", "via": {"channel": "web"}}
    texts = [json.dumps(lean), *[json.dumps(full | {"id": n}) for n in range(2, 5)]]
    report = desk.take(desk.write("calls.jsonl", "\n".join(texts)))
    assert "recognised as an export of Zendesk (JSON)" in report.notes[0]
