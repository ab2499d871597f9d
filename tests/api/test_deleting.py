"""Deleting tickets by the API, and bringing them back."""

import pytest
from flask.testing import FlaskClient

PLACE = "/api/v1/tickets/DESK/7"


@pytest.fixture
def desk(fresh: FlaskClient) -> FlaskClient:
    """A client of the API over one ticket."""
    fields = {"reference": "DESK/7", "subject": "Router hums", "resolution": "Turn it."}
    assert fresh.post("/api/v1/tickets", json=fields).status_code == 201
    return fresh


def test_a_deleted_ticket_is_gone_when_the_answer_arrives(desk: FlaskClient) -> None:
    answer = desk.delete(PLACE)
    told = answer.get_json()
    assert (answer.status_code, told["reference"], told["source"]) == (200, "DESK/7", "desk")
    assert (told["note"], told["deleted_at"] < told["kept_until"]) == ("", True)
    assert desk.get("/api/v1/search?q=router").get_json()["total"] == 0
    for ask in (desk.get, desk.delete):
        again = ask(PLACE)
        assert again.status_code == 404
        assert "was deleted on" in again.get_json()["error"]["message"]
    page = desk.get("/tickets/DESK/7")
    assert page.status_code == 404
    assert "was deleted on" in page.text
    assert "Router" not in page.text
    assert desk.post(f"{PLACE}/outcome", json={"solved": True}).status_code == 404


def test_a_ticket_can_be_brought_back(desk: FlaskClient) -> None:
    before = desk.get(PLACE).get_json()
    desk.delete(PLACE)
    answer = desk.post(f"{PLACE}/undelete")
    assert answer.status_code == 200
    assert answer.get_json() == {"reference": "DESK/7", "source": "desk", "note": ""}
    assert {**desk.get(PLACE).get_json(), "revision": 1} == before
    assert desk.get("/api/v1/search?q=router").get_json()["total"] == 1
    assert desk.post(f"{PLACE}/undelete").status_code == 409


def test_no_such_ticket_is_404(desk: FlaskClient) -> None:
    assert desk.delete("/api/v1/tickets/NONE").status_code == 404
    assert desk.post("/api/v1/tickets/NONE/undelete").status_code == 404


def test_the_source_tells_which_of_several_is_meant(desk: FlaskClient) -> None:
    other = {"reference": "DESK/7", "source": "north", "subject": "Router"}
    assert desk.post("/api/v1/tickets", json=other).status_code == 201
    assert desk.delete(PLACE).status_code == 400
    assert desk.delete(f"{PLACE}?source=north").status_code == 200
    assert desk.get(PLACE).get_json()["source"] == "desk"


def test_the_reference_of_a_deleted_ticket_stays_taken(desk: FlaskClient) -> None:
    desk.delete(PLACE)
    again = desk.post("/api/v1/tickets", json={"reference": "DESK/7", "subject": "Other"})
    assert again.status_code == 409
    assert "was deleted" in again.get_json()["error"]["message"]


def test_another_site_deletes_nothing(desk: FlaskClient) -> None:
    foreign = {"Origin": "https://evil.example"}
    assert desk.delete(PLACE, headers=foreign).status_code == 403
    desk.delete(PLACE)
    assert desk.post(f"{PLACE}/undelete", headers=foreign).status_code == 403
