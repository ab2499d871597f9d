"""The OpenAPI document."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def document(desk: FlaskClient) -> dict[str, Any]:
    """The document as a program reads it."""
    found: dict[str, Any] = desk.get("/api/v1/openapi.json").get_json()
    return found


def test_it_lists_every_route_of_the_api_and_no_page(
    desk: FlaskClient, document: dict[str, Any]
) -> None:
    routes = {
        re.sub("<[a-z]+:([a-z]+)>", r"{\1}", str(rule))
        for rule in desk.application.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    assert set(document["paths"]) == routes


def test_every_operation_says_what_it_does_and_how_it_fails(document: dict[str, Any]) -> None:
    for operations in document["paths"].values():
        for operation in operations.values():
            if not isinstance(operation, dict):
                continue
            assert operation["summary"].endswith(".")
            failures = [code for code in operation["responses"] if code >= "400"]
            assert all("application/json" in operation["responses"][f]["content"] for f in failures)


def test_every_operation_with_a_body_says_which_ones_it_refuses(document: dict[str, Any]) -> None:
    posted = [
        paths["post"]
        for paths in document["paths"].values()
        if "requestBody" in paths.get("post", {})
    ]
    assert posted
    assert all({"400", "403", "413", "415", "503"} <= set(one["responses"]) for one in posted)
    assert all(one["requestBody"]["required"] for one in posted)


def test_the_limits_of_the_code_are_in_it(document: dict[str, Any]) -> None:
    limit = document["components"]["schemas"]["SearchIn"]["properties"]["limit"]
    assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 200, 10)


def test_every_reference_in_it_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    wanted = {value.rpartition("/")[2] for key, value in _pairs(document) if key == "$ref"}
    assert wanted <= set(schemas)


def test_no_page_of_it_is_loaded_from_elsewhere(desk: FlaskClient) -> None:
    assert desk.get("/docs").status_code == 404
    assert desk.get("/redoc").status_code == 404


def _pairs(value: object) -> list[tuple[str, Any]]:
    """Return every (key, value) at any depth."""
    if isinstance(value, dict):
        return [*value.items(), *(pair for inner in value.values() for pair in _pairs(inner))]
    if isinstance(value, list):
        return [pair for inner in value for pair in _pairs(inner)]
    return []


def test_an_address_allows_the_methods_that_stand_in_it(
    desk: FlaskClient, document: dict[str, Any]
) -> None:
    for path, operations in document["paths"].items():
        address = re.sub("{[a-z]+}", "KB-1042", path)
        written = {name.upper() for name in operations if name in {"get", "post", "delete"}}
        heads = {"HEAD"} if "GET" in written else set()
        for method in ("OPTIONS", "PUT"):
            allow = desk.open(address, method=method).headers["Allow"]
            assert set(allow.split(", ")) == written | heads | {"OPTIONS"}, (method, path)
