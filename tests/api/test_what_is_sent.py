"""However much is sent, in whatever field of whatever route: no answer repeats it."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

LONG = "x" * 25_000
MANY = 101
LONGEST_ANSWER = 6_000
"""Bytes: a few hits, none of which holds anything of what is sent here."""


@pytest.fixture(scope="module")
def document(desk: FlaskClient) -> dict[str, Any]:
    """What the API says of itself: a route that comes later is tried as well."""
    found: dict[str, Any] = desk.get("/api/v1/openapi.json").get_json()
    return found


def test_a_body_is_not_repeated(desk: FlaskClient, document: dict[str, Any]) -> None:
    tried = 0
    for path, schema in _bodies(document):
        for body in _oversized(schema["properties"]):
            answer = desk.post(path, json=body)
            where = f"{path} {str(body)[:60]}"
            assert answer.status_code < 500, where
            assert len(answer.data) < LONGEST_ANSWER, where
            tried += 1
    assert tried > 50


def test_an_address_is_not_repeated(desk: FlaskClient) -> None:
    for path in (
        f"/api/v1/tickets/{LONG}",
        f"/api/v1/tickets/KB-1042?source={LONG}",
        f"/api/v1/search?q=modem&{LONG}=1",
        f"/api/v1/search?q=modem&limit={LONG}",
        f"/api/v1/search?q=modem&product={LONG}",
        f"/api/v1/search?q={LONG}",
        f"/api/v1/{LONG}",
        f"/tickets/{LONG}",
        f"/tickets?reference={LONG}&source={LONG}",
    ):
        answer = desk.get(path)
        assert answer.status_code in {400, 404}, path[:60]
        assert LONG[:100] not in answer.text, path[:60]


@pytest.mark.parametrize("field", ["product", "status", "category", "tag"])
def test_a_filter_has_a_limit_that_the_answer_names(desk: FlaskClient, field: str) -> None:
    values = [str(number) for number in range(100)]
    assert desk.post("/api/v1/search", json={"q": "modem", field: values}).status_code == 200
    answer = desk.post("/api/v1/search", json={"q": "modem", field: [*values, "one more"]})
    assert (answer.status_code, answer.get_json()["error"]) == (
        400,
        {"message": f"{field}: has 101 values, the limit is 100; leave some out.", "field": field},
    )


def test_a_repeated_filter_of_an_address_has_the_same_limit(desk: FlaskClient) -> None:
    address = "&".join(["/api/v1/search?q=modem", *(["kind=article"] * 101)])
    assert desk.get(address).get_json()["error"]["field"] == "kind"


def test_filters_in_the_text_count_as_well(desk: FlaskClient) -> None:
    text = " ".join(f"tag:{number}" for number in range(60))
    tags = [str(number) for number in range(41)]
    answer = desk.post("/api/v1/search", json={"q": text, "tag": tags})
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"].startswith("tag: has 101 values")
    page = desk.get(f"/?q={quote(' '.join(['tag:a'] * 101))}")
    assert page.status_code == 400
    assert "tag: has 101 values, the limit is 100; leave some out." in page.text


def test_a_value_that_no_ticket_could_have_is_refused(desk: FlaskClient) -> None:
    answer = desk.post("/api/v1/search", json={"q": "modem", "product": [LONG]})
    assert answer.get_json()["error"] == {
        "message": "product: one of its values has 25,000 characters, the limit is 200;"
        " shorten it.",
        "field": "product",
    }


def test_a_body_has_few_fields(desk: FlaskClient) -> None:
    answer = desk.post("/api/v1/search", json={str(number): 1 for number in range(101)})
    assert (answer.status_code, answer.get_json()["error"]) == (
        400,
        {"message": "There are 101 fields; /api/v1/openapi.json lists what can be sent."},
    )


def test_values_that_no_ticket_has_are_named_in_one_short_note(desk: FlaskClient) -> None:
    values = [f"{letter * 200}" for letter in "abcde"]
    answer = desk.post("/api/v1/search", json={"q": "modem", "product": values}).get_json()
    (found,) = [note for note in answer["notes"] if note["code"] == "values_unknown_known"]
    assert found["parameters"]["values"][3]["parameters"] == {"others": 2}
    note = found["sentence"]
    assert note.startswith(f'No ticket has the product "{"a" * 39}…", ')
    assert "or 2 others; there are " in note


def test_a_ticket_has_a_limit_of_tags_that_the_answer_names(desk: FlaskClient) -> None:
    body = {"subject": "Modem", "tags": [str(number) for number in range(101)]}
    assert desk.post("/api/v1/tickets", json=body).get_json()["error"] == {
        "message": "tags: has 101 tags, the limit is 100; leave some out.",
        "field": "tags",
    }


def _bodies(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the path and the schema of every body; a path's reference leads nowhere."""
    schemas = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        body = operations.get("post", {}).get("requestBody")
        if body:
            named = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            yield path.replace("{reference}", "KB-NONE"), schemas[named]


def _oversized(properties: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield bodies in which one thing is far too long, too many, or of another kind."""
    good = {"q": "zzz", "subject": "a", "solved": True, "reference": "KB-NONE"}
    sent = {name: value for name, value in good.items() if name in properties}
    yield sent | {LONG: 1}
    yield sent | {f"{number}{LONG[:1000]}": 1 for number in range(100)}
    for name in properties:
        for value in (LONG, [LONG] * MANY, {LONG: LONG}, int("9" * 4000), [[LONG]]):
            if name not in {"subject", "problem", "environment", "cause", "resolution"}:
                yield json.loads(json.dumps(sent | {name: value}))
