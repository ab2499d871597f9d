"""Putting the people of a document into the rows that name them by number."""

import json

from kbsearch.intake.opening import SAMPLE, InputFile
from kbsearch.intake.readers.json_document import read_json
from kbsearch.intake.readers.people import DEPTH, People
from kbsearch.intake.rows import Row
from tests.intake.conftest import Desk

ANN = {"id": 7, "name": "Ann Poe", "email": "ann@example.org"}


def _read(desk: Desk, document: object) -> tuple[list[dict[str, object]], list[str]]:
    file = InputFile(desk.write("calls.json", json.dumps(document)))
    return [dict(row.values) for row in read_json(file)], file.notes


def test_numbers_in_rows_and_in_their_comments_become_people(desk: Desk) -> None:
    ticket = {"id": 1, "requester_id": 7, "comments": [{"author_id": 7}, {"author_id": 8}]}
    ((row,), notes) = _read(desk, {"tickets": [ticket], "users": [ANN | {"zone": "UTC"}]})
    assert row["requester"] == ANN
    assert row["comments"] == [{"author_id": 7, "author": ANN}, {"author_id": 8}]
    assert any("by its own list of 1." in note for note in notes)


def test_people_are_found_however_far_down_and_whichever_list_comes_first(desk: Desk) -> None:
    tickets = [{"id": n, "subject": "x" * 100, "agent_id": "7"} for n in range(SAMPLE // 50)]
    for document in ({"tickets": tickets, "agents": [ANN]}, {"agents": [ANN], "tickets": tickets}):
        rows, _ = _read(desk, document)
        assert all(row["agent"] == ANN for row in rows)


def test_what_a_row_says_of_a_person_stays(desk: Desk) -> None:
    ticket = {"id": 1, "requester_id": 7, "requester": "the front desk"}
    ((row,), _) = _read(desk, {"tickets": [ticket], "users": [ANN]})
    assert row["requester"] == "the front desk"


def test_a_document_of_people_alone_keeps_its_rows(desk: Desk) -> None:
    rows, notes = _read(desk, {"users": [ANN, {"id": 8, "name": "Bo", "manager_id": 7}]})
    assert rows == [ANN, {"id": 8, "name": "Bo", "manager_id": 7}]
    assert notes == []


def test_odd_people_are_passed_over(desk: Desk) -> None:
    odd = [{"id": True, "name": "a"}, {"id": [1], "name": "b"}, {"name": "c"}, {"id": 7}, 5]
    ((row,), _) = _read(desk, {"tickets": [{"id": 1, "agent_id": 7}], "users": odd})
    assert row == {"id": 1, "agent_id": 7}


def test_deep_values_are_left_as_they_are() -> None:
    people = People()
    people.add(Row(1, ANN))
    deep: object = {"agent_id": 7}
    for _ in range(DEPTH + 1):
        deep = {"in": deep}
    assert people.named(Row(1, {"deep": deep})).values == {"deep": deep}
