"""Suggestions and similar tickets by the API."""

import pytest
from flask.testing import FlaskClient


def similar(desk: FlaskClient, **asked: object) -> list[str]:
    found = desk.post("/api/v1/similar", json=asked).get_json()
    return [hit["ticket"]["reference"] for hit in found["hits"]]


def test_what_is_typed_is_completed(desk: FlaskClient) -> None:
    found = desk.post("/api/v1/suggest", json={"q": "color pri"}).get_json()
    assert found["words"][0] == "printer"
    assert found["subjects"] == ["Color printer jams", "How to print on both sides"]


@pytest.mark.parametrize("q", ["", "-", "!?"])
def test_nothing_to_suggest_is_no_failure(desk: FlaskClient, q: str) -> None:
    answer = desk.post("/api/v1/suggest", json={"q": q})
    assert (answer.status_code, answer.get_json()) == (200, {"words": [], "subjects": []})


@pytest.mark.parametrize("address", ["/api/v1/suggest?q=pri", "/api/v1/similar?text=printer"])
def test_what_a_caller_says_never_stands_in_an_address(desk: FlaskClient, address: str) -> None:
    assert desk.get(address).status_code == 405


def test_a_missing_text_is_named(desk: FlaskClient) -> None:
    error = desk.post("/api/v1/suggest", json={}).get_json()["error"]
    assert error == {"message": "q: is missing; send what is typed so far.", "field": "q"}


def test_the_solved_tickets_like_one_are_found(desk: FlaskClient) -> None:
    assert similar(desk, reference="kb-0877") == ["A-1"]


def test_a_note_finds_what_it_is_about(desk: FlaskClient) -> None:
    assert similar(desk, text="hears nothing in headset, modem light red") == ["KB-1042"]
    both = similar(desk, text="hears nothing in headset, modem light red", all=True)
    assert set(both) == {"KB-1042", "DESK/2026/7"}
    assert len(similar(desk, text="hears nothing in headset, modem red", all=True, limit=1)) == 1


def test_a_hit_says_which_words_it_shares(desk: FlaskClient) -> None:
    found = desk.post("/api/v1/similar", json={"text": "headset is silent"}).get_json()
    assert [reason["found"] for reason in found["hits"][0]["reasons"]] == ["headset"]
    assert (found["query"], found["total"]) == ("headset is silent", 1)


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ({}, 400, "There is nothing to compare with; name a ticket, or send a text."),
        (
            {"reference": "A-1", "text": "printer"},
            400,
            "A ticket and a text are two questions; send one of them.",
        ),
        ({"text": "of the"}, 400, "No word of the text tells one problem from another;"),
        ({"reference": "nope"}, 404, 'There is no ticket "nope"; check the reference.'),
        ({"text": "printer", "limit": 0}, 400, "limit: must be from 1 to 200."),
    ],
)
def test_a_question_without_an_answer_is_refused(
    desk: FlaskClient, asked: dict[str, object], status: int, sentence: str
) -> None:
    answer = desk.post("/api/v1/similar", json=asked)
    assert answer.status_code == status
    assert answer.get_json()["error"]["message"].startswith(sentence)


@pytest.mark.parametrize(("path", "body"), [("suggest", {"q": "x"}), ("similar", {"text": "x"})])
def test_without_an_index_the_operator_is_told(
    fresh: FlaskClient, path: str, body: dict[str, str]
) -> None:
    answer = fresh.post(f"/api/v1/{path}", json=body)
    assert answer.status_code == 503
    assert "kbsearch reindex" in answer.get_json()["error"]["message"]
