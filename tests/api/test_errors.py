"""Failures of the API: JSON, one sentence, the right status."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api", 404),
        ("GET", "/api/v1/nowhere", 404),
        ("GET", "/api/v2/search?q=x", 404),
        ("PATCH", "/api/v1/tickets/KB-1042", 405),
        ("PUT", "/api/v1/search", 405),
    ],
)
def test_every_path_of_the_api_fails_in_json(
    desk: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = desk.open(path, method=method)
    assert answer.status_code == status
    assert answer.get_json()["error"]["message"].endswith(".")


@pytest.mark.parametrize("body", ["", "{", "[1", '{"q": }', "\ud800".encode("utf-8", "replace")])
def test_a_body_that_is_not_json_is_refused(desk: FlaskClient, body: str | bytes) -> None:
    answer = desk.post("/api/v1/search", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"].endswith(".")


@pytest.mark.parametrize("body", ["[]", '"text"', "7", "null"])
def test_json_that_is_no_object_is_refused(desk: FlaskClient, body: str) -> None:
    answer = desk.post("/api/v1/search", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_a_form_is_not_taken_for_an_empty_body(desk: FlaskClient) -> None:
    answer = desk.post("/api/v1/search", data={"q": "modem"})
    assert answer.status_code == 415
    assert "application/json" in answer.get_json()["error"]["message"]


def test_the_status_says_how_much_is_indexed(desk: FlaskClient) -> None:
    status = desk.get("/api/v1/status").get_json()
    assert status == {"tickets": 5, "resolved": 4, "indexed": 5, "behind": 0}


def test_without_an_index_nothing_is_indexed(fresh: FlaskClient) -> None:
    assert fresh.get("/api/v1/status").get_json()["indexed"] is None
