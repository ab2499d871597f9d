"""Reading and adding tickets by the API."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from kbsearch.errors import IndexBusy
from kbsearch.indexer.indexer import Indexer


def test_a_ticket_comes_with_all_its_texts(desk: FlaskClient) -> None:
    ticket = desk.get("/api/v1/tickets/KB-1042").get_json()
    assert ticket["environment"] == "Windows 11\n\tUSB 3 hub"
    assert ticket["tags"] == ["usb", "driver"]
    assert ticket["revision"] == 1


def test_texts_as_they_came_are_sent_if_they_are_asked_for(desk: FlaskClient) -> None:
    raw = desk.get("/api/v1/tickets/KB-1042?raw=1").get_json()["raw"]
    assert [(one["field"], one["message"]) for one in raw] == [("problem", None)]
    assert raw[0]["text"].startswith("<p>The caller hears <b>nothing</b>")
    assert "raw" not in desk.get("/api/v1/tickets/KB-1042").get_json()
    assert desk.get("/api/v1/tickets?reference=..&raw=1").get_json()["raw"] == []


def test_texts_as_they_came_are_none_of_the_fields_that_are_sent_to_us(fresh: FlaskClient) -> None:
    answer = fresh.post("/api/v1/tickets", json={"subject": "Router", "raw": {"subject": "<b>"}})
    assert answer.status_code == 400


def test_a_reference_may_hold_slashes(desk: FlaskClient) -> None:
    assert desk.get("/api/v1/tickets/DESK/2026/7").get_json()["product"] == "Modem 3"


def test_no_such_ticket_is_404_in_a_sentence(desk: FlaskClient) -> None:
    answer = desk.get("/api/v1/tickets/KB-NONE")
    assert answer.status_code == 404
    assert "KB-NONE" in answer.get_json()["error"]["message"]


def test_an_added_ticket_can_be_found_at_once(fresh: FlaskClient) -> None:
    fields = {"subject": "Router hums", "resolution": "Turn it.", "tags": ["noise"]}
    added = fresh.post("/api/v1/tickets", json=fields)
    assert added.status_code == 201
    assert fresh.get(added.headers["Location"]).get_json() == added.get_json()
    assert fresh.get("/api/v1/search?q=router").get_json()["total"] == 1


def test_the_messages_of_a_ticket_come_back_with_it_and_with_no_hit(fresh: FlaskClient) -> None:
    said = {"author": "Ann", "role": "agent", "at": "2026-03-01T09:30:00+00:00", "public": False}
    fields = {"subject": "Router hums", "messages": [{**said, "text": "Turn it"}]}
    added = fresh.post("/api/v1/tickets", json={**fields, "agents": ["Ann"]})
    read = fresh.get(added.headers["Location"]).get_json()
    masked = [{**said, "text": "Turn it", "author": "[name]"}]
    assert (read["messages"], read["agents"]) == (masked, ["[name]"])
    (hit,) = fresh.get("/api/v1/search?q=router").get_json()["hits"]
    assert hit["ticket"].keys().isdisjoint({"messages", "agents", "requester"})


@pytest.mark.parametrize("reference", ["Ärger/1", "a b?c#d", "100%"])
def test_an_added_ticket_keeps_its_reference(fresh: FlaskClient, reference: str) -> None:
    added = fresh.post("/api/v1/tickets", json={"reference": reference, "subject": "Router"})
    assert added.get_json()["reference"] == reference
    assert fresh.get(added.headers["Location"]).get_json()["reference"] == reference
    by_hand = fresh.get(f"/api/v1/tickets/{quote(reference)}?source=desk")
    assert by_hand.get_json()["reference"] == reference


HARD_REFERENCES = [
    *("/etc/passwd", "//x", "..", ".", "a/../b", "a/", "a//b", "/"),
    *("a/outcome", "undelete"),
]


@pytest.mark.parametrize("reference", HARD_REFERENCES)
def test_a_reference_that_cannot_stand_in_a_path_is_found_by_query(
    fresh: FlaskClient, reference: str
) -> None:
    added = fresh.post("/api/v1/tickets", json={"reference": reference, "subject": "Router"})
    place = added.headers["Location"]
    assert place == f"/api/v1/tickets?reference={quote(reference, safe='/')}&source=desk"
    assert fresh.get(place).get_json()["reference"] == reference
    assert fresh.delete(place).get_json()["reference"] == reference
    assert fresh.get(place).status_code == 404


def test_a_query_for_a_ticket_needs_its_reference(fresh: FlaskClient) -> None:
    answer = fresh.get("/api/v1/tickets")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["field"] == "reference"


def test_a_ticket_that_exists_is_not_overwritten(fresh: FlaskClient) -> None:
    first = {"reference": "R-1", "subject": "Router hums"}
    fresh.post("/api/v1/tickets", json=first)
    again = fresh.post("/api/v1/tickets", json=first | {"subject": "Something else"})
    assert again.status_code == 409
    assert "R-1" in again.get_json()["error"]["message"]
    assert fresh.get("/api/v1/tickets/R-1").get_json()["subject"] == "Router hums"


def test_another_source_may_use_the_same_reference(fresh: FlaskClient) -> None:
    fresh.post("/api/v1/tickets", json={"reference": "R-1", "subject": "Router"})
    other = {"reference": "R-1", "source": "north", "subject": "Router"}
    assert fresh.post("/api/v1/tickets", json=other).status_code == 201
    assert fresh.get("/api/v1/tickets/R-1").status_code == 400


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "subject"),
        ({"subject": "x", "product": "p" * 201}, "product"),
        ({"subject": "x", "reference": " "}, "reference"),
        ({"subject": "nul \x00"}, "subject"),
        ({"subject": "half \ud800"}, "subject"),
        ({"subject": 7}, "subject"),
        ({"subject": "x", "kind": "poem"}, "kind"),
        ({"subject": "x", "created_at": "yesterday"}, "created_at"),
        ({"subject": "x", "colour": "red"}, "colour"),
    ],
)
def test_a_field_that_cannot_be_stored_is_named(
    fresh: FlaskClient, fields: dict[str, object], field: str
) -> None:
    answer = fresh.post("/api/v1/tickets", json=fields)
    assert answer.status_code == 400
    error = answer.get_json()["error"]
    assert error["field"] == field
    assert error["message"].startswith(f"{field}: ")


def test_a_time_without_a_zone_is_utc(fresh: FlaskClient) -> None:
    fields = {"subject": "Router", "created_at": "2026-03-01T09:30:00"}
    added = fresh.post("/api/v1/tickets", json=fields).get_json()
    assert added["created_at"] == "2026-03-01T09:30:00+00:00"


@pytest.mark.parametrize(
    "reference",
    [" KB-1 ", "KB-1\u200b", "\ufeffKB-1\t", "\u202eKB-1"],
    ids=["blanks", "zero width", "mark of order and tabulator", "direction"],
)
def test_references_that_look_alike_are_one(fresh: FlaskClient, reference: str) -> None:
    added = fresh.post("/api/v1/tickets", json={"reference": reference, "subject": "Router"})
    assert added.get_json()["reference"] == "KB-1"
    again = fresh.post("/api/v1/tickets", json={"reference": "KB-1", "subject": "Router"})
    assert again.status_code == 409
    assert fresh.get(f"/api/v1/tickets/{quote(reference)}").get_json()["reference"] == "KB-1"


def test_a_reference_holds_no_line_of_a_header(fresh: FlaskClient) -> None:
    fields = {"reference": "a\r\nSet-Cookie: x=1", "subject": "Router"}
    added = fresh.post("/api/v1/tickets", json=fields)
    assert added.get_json()["reference"] == "a Set-Cookie: x=1"
    assert "Set-Cookie" not in added.headers


def test_tags_are_stored_once_and_never_empty(fresh: FlaskClient) -> None:
    fields = {"subject": "Router", "tags": ["a", " a", "", "  ", "b\tc"], "product": " Modem  3 "}
    added = fresh.post("/api/v1/tickets", json=fields).get_json()
    assert (added["tags"], added["product"]) == (["a", "b c"], "Modem 3")


def test_an_empty_source_counts_as_none(fresh: FlaskClient) -> None:
    added = fresh.post("/api/v1/tickets", json={"subject": "Router", "source": " "})
    assert added.get_json()["source"] == "desk"


def test_what_is_saved_is_answered_201_even_if_it_cannot_be_found_yet(
    fresh: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {"reference": "R-1", "subject": "Router hums"}
    monkeypatch.setattr(Indexer, "_take_in", _busy)
    added = fresh.post("/api/v1/tickets", json=fields)
    told = added.get_json()
    assert added.status_code == 201
    assert told["note"] == "It is saved and cannot be found yet. Another process writes the index."
    assert fresh.get(added.headers["Location"]).get_json() == {
        name: value for name, value in told.items() if name != "note"
    }


def test_the_page_shows_what_is_saved_even_if_it_cannot_be_found_yet(
    fresh: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Indexer, "_take_in", _busy)
    shown = fresh.post("/add", data={"subject": "Router hums"}, follow_redirects=True)
    assert shown.status_code == 200
    assert "Saved. It can be found when the index has taken it in" in shown.text
    assert "Router hums" in shown.text


def _busy(*_: object) -> None:
    raise IndexBusy("Another process writes the index")
