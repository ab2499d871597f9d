"""Saying by the API whether a ticket solved the problem."""

import pytest
from flask.testing import FlaskClient

ROUTER = {"reference": "R-1", "subject": "Router hums", "resolution": "Turn it."}


@pytest.fixture
def asked(fresh: FlaskClient) -> FlaskClient:
    """A client of a knowledge base with one ticket."""
    fresh.post("/api/v1/tickets", json=ROUTER)
    return fresh


def test_it_answers_what_is_known_of_the_ticket_then(asked: FlaskClient) -> None:
    asked.post("/api/v1/tickets/R-1/outcome", json={"solved": True, "query": "hums"})
    answer = asked.post("/api/v1/tickets/R-1/outcome", json={"solved": False, "call": "4711"})
    assert answer.status_code == 200
    assert answer.get_json() == {
        "solved": 1,
        "tried": 2,
        "sentence": "Worked in 1 of 2 calls.",
        "code": "worked",
        "parameters": {"solved": 1, "tried": 2},
    }


def test_what_a_call_says_last_counts(asked: FlaskClient) -> None:
    for solved in (False, True):
        said = {"solved": solved, "call": "4711"}
        answer = asked.post("/api/v1/tickets/R-1/outcome", json=said).get_json()
    assert (answer["solved"], answer["tried"]) == (1, 1)


def test_a_reference_with_slashes_can_be_spoken_of(asked: FlaskClient) -> None:
    asked.post("/api/v1/tickets", json={**ROUTER, "reference": "desk/outcome/7"})
    answer = asked.post("/api/v1/tickets/desk/outcome/7/outcome", json={"solved": True})
    assert answer.get_json()["tried"] == 1


def test_of_several_sources_one_must_be_named(asked: FlaskClient) -> None:
    asked.post("/api/v1/tickets", json={**ROUTER, "source": "north"})
    said = {"solved": True}
    assert asked.post("/api/v1/tickets/R-1/outcome", json=said).status_code == 400
    said_of_one = {**said, "source": "north"}
    assert asked.post("/api/v1/tickets/R-1/outcome", json=said_of_one).status_code == 200


def test_an_outcome_leaves_the_index_up_to_date(asked: FlaskClient) -> None:
    asked.post("/api/v1/tickets/R-1/outcome", json={"solved": True})
    assert asked.get("/api/v1/status").get_json()["behind"] == 0


def test_no_such_ticket_is_404_in_a_sentence(asked: FlaskClient) -> None:
    answer = asked.post("/api/v1/tickets/R-9/outcome", json={"solved": True})
    assert answer.status_code == 404
    assert "R-9" in answer.get_json()["error"]["message"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "solved"),
        ({"solved": "perhaps"}, "solved"),
        ({"solved": True, "call": "4" * 65}, "call"),
        ({"solved": True, "query": "q" * 257}, "query"),
        ({"solved": True, "caller": "somebody"}, "caller"),
    ],
)
def test_what_cannot_be_taken_down_is_named(
    asked: FlaskClient, said: dict[str, object], field: str
) -> None:
    answer = asked.post("/api/v1/tickets/R-1/outcome", json=said)
    assert answer.status_code == 400
    error = answer.get_json()["error"]
    assert error["field"] == field
    assert error["message"].startswith(f"{field}: ")


def test_text_that_no_database_holds_is_refused_in_a_sentence(asked: FlaskClient) -> None:
    answer = asked.post("/api/v1/tickets/R-1/outcome", json={"solved": True, "call": "\x00"})
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"].startswith("call: holds a NUL")


def test_a_form_is_refused(asked: FlaskClient) -> None:
    assert asked.post("/api/v1/tickets/R-1/outcome", data={"solved": "true"}).status_code == 415


def test_a_call_tells_what_it_tried(asked: FlaskClient) -> None:
    assert asked.get("/api/v1/calls/line 1/4711").status_code == 404
    said = {"solved": False, "call": "line 1/4711"}
    asked.post("/api/v1/tickets/R-1/outcome", json=said)
    call = asked.get("/api/v1/calls/line 1/4711").get_json()
    assert call.pop("started_at") == call.pop("last_at")
    assert call == {
        "id": "line 1/4711",
        "tried": 1,
        "solved": 0,
        "code": "tried_and_failed",
        "parameters": {"tried": 1, "failed": 1},
        "sentence": "1 tried, 1 did not help.",
        "tickets": [
            {"reference": "R-1", "source": "desk", "subject": "Router hums", "solved": False}
        ],
    }


def test_what_was_said_can_be_taken_back_once(asked: FlaskClient) -> None:
    for call in ("4711", "4712"):
        asked.post("/api/v1/tickets/R-1/outcome", json={"solved": True, "call": call})
    undone = asked.delete("/api/v1/tickets/R-1/outcome?call=4711")
    assert undone.get_json() == {
        "solved": 1,
        "tried": 1,
        "sentence": "Worked in 1 of 1 calls.",
        "code": "worked",
        "parameters": {"solved": 1, "tried": 1},
    }
    assert asked.delete("/api/v1/tickets/R-1/outcome?call=4711").status_code == 404
    assert asked.get("/api/v1/calls/4711").get_json()["tickets"] == []


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("R-1/outcome", 400, "call: is missing; send the id of the call that said it."),
        ("R-9/outcome?call=4711", 404, 'There is no ticket "R-9"; check the reference.'),
        ("R-1/outcome?call=4", 404, "This call has said nothing of R-1; check the id of the call."),
    ],
)
def test_what_cannot_be_taken_back_is_a_sentence(
    asked: FlaskClient, address: str, status: int, sentence: str
) -> None:
    answer = asked.delete(f"/api/v1/tickets/{address}")
    assert (answer.status_code, answer.get_json()["error"]["message"]) == (status, sentence)
