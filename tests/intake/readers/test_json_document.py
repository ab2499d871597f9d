"""Reading a JSON document."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import SAMPLE, InputFile
from kbsearch.intake.readers.json_document import read_json
from kbsearch.intake.rows import ROW_LIMIT, BadRow, Row
from tests.intake.conftest import Desk

Read = Callable[[str], list[Row | BadRow]]


@pytest.fixture
def read(desk: Desk) -> Read:
    """Reads the text of a JSON file."""
    return lambda text: list(read_json(InputFile(desk.write("calls.json", text))))


def _values(rows: list[Row | BadRow]) -> list[object]:
    return [row.values for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[{"id": 1}, {"id": 2}]', id="list"),
        pytest.param('{"tickets": [{"id": 1}, {"id": 2}]}', id="object with a list"),
        pytest.param(
            '{"n": {"a": [1]}, "x": [], "t": [{"id": 1},{"id": 2}], "z": ["]"]}', id="more"
        ),
        pytest.param('{"id": 1}\n{"id": 2}\n', id="JSONL"),
        pytest.param('\n [\n{"id": 1}\n,\n{"id": 2}\n]\n', id="spread out"),
    ],
)
def test_a_list_of_objects_is_read(read: Read, text: str) -> None:
    assert _values(read(text)) == [{"id": 1}, {"id": 2}]


def test_a_row_has_the_line_where_its_object_begins(read: Read) -> None:
    rows = [{"id": 1, "a": {"b": "c"}}, {"id": 2, "a": []}, {"id": 3}]
    assert [row.line for row in read(json.dumps(rows, indent=1))] == [2, 8, 12]


def test_a_bad_object_is_one_bad_row(read: Read) -> None:
    rows = read('[{"id": 1}, {"id": tru}, {"id": 3}, 4, {"id": "5}"}]')
    assert [isinstance(row, BadRow) for row in rows] == [False, True, False, True, False]


def test_an_object_of_many_megabytes_is_one_bad_row(read: Read) -> None:
    bad, good = read('[{"id": 1, "body": "' + "[" * 2 * ROW_LIMIT + '"},\n{"id": 2}]')
    assert isinstance(bad, BadRow)
    assert good == Row(2, {"id": 2}, 9)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("hello", "is no JSON", id="word"),
        pytest.param("<html>{}</html>", "is no JSON", id="page"),
        pytest.param('{"id": 1, "tags": ["a"]}', "no list of objects", id="one object"),
        pytest.param('[{"id": 1}', "breaks off", id="no end"),
        pytest.param('[{"id": "1}]', "breaks off", id="open quote"),
        pytest.param('[{"id": 1}] [{"id": 2}]', "goes on after its end", id="two lists"),
        pytest.param('[{"id": 1}}, {"id": 2}]', "never opened", id="brace too many"),
    ],
)
def test_what_is_no_list_of_objects_is_told(read: Read, text: str, reason: str) -> None:
    with pytest.raises(FileUnreadable, match=reason):
        read(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('ab\\"[]{},'), inner),
    max_leaves=9,
)


@settings(deadline=None)
@given(
    rows=st.lists(st.dictionaries(st.text(max_size=3), JSON, max_size=3), min_size=1, max_size=5),
    indent=st.sampled_from([None, 0, 2]),
    wrapped=st.booleans(),
    padding=st.integers(0, 40),
)
def test_the_objects_are_those_of_pythons_parser(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, object]],
    indent: int | None,
    wrapped: bool,
    padding: int,
) -> None:
    text = json.dumps({"n": 1, "rows": rows} if wrapped else rows, indent=indent)
    # Moves the end of the first chunk to any place in the rows.
    text = " " * max(0, SAMPLE - padding) + text
    path = tmp_path_factory.getbasetemp() / "calls.json"
    path.write_text(text, encoding="utf-8")
    assert _values(list(read_json(InputFile(path)))) == rows


def test_of_several_lists_the_one_that_holds_tickets_is_read(desk: Desk) -> None:
    text = (
        '{"users": [{"name": "Bo", "mail": {"x": [1]}}, {"name": "Al"}], "count": 1,'
        ' "data": {"calls": [{"id": 7, "subject": "Jam"}, {"id": 8, "subject": "Fax"}],'
        ' "more": []}}'
    )
    file = InputFile(desk.write("calls.json", text))
    assert [row.values["id"] for row in read_json(file)] == [7, 8]
    assert 'those of "data.calls"; other lists were left out: "users" of 2' in file.notes[0]


def test_lists_inside_a_row_are_no_rows(read: Read) -> None:
    [row] = read('{"calls": [{"id": 7, "subject": "Jam", "notes": [{"id": 1, "subject": "x"}]}]}')
    assert row.values["id"] == 7


def test_an_object_with_the_wrong_bracket_is_one_bad_row(read: Read) -> None:
    bad, good = read('[{"id": [7}}, {"id": 8}]')
    assert isinstance(bad, BadRow)
    assert good.values == {"id": 8}


def test_brackets_without_end_are_told_at_once(read: Read) -> None:
    with pytest.raises(FileUnreadable, match="more than 1,000 lists and objects"):
        read('{"a":' * 2_000)
