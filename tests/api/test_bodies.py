"""No body brings the server down: it is taken, or refused in a sentence that names the place."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.desk import TICKETS, fill, running

JSON_ROUTES = [
    ("POST", "/api/v1/search"),
    ("POST", "/api/v1/suggest"),
    ("POST", "/api/v1/similar"),
    ("POST", "/api/v1/tickets"),
    ("POST", "/api/v1/tickets/KB-1042/outcome"),
    ("DELETE", "/api/v1/tickets/KB-1042/outcome"),
]
DIGITS = "9" * 100_000
PLACED = {
    "deep list": ("[" * 1000 + "]" * 1000, "The body has more than 20 lists"),
    "deeper list": ("[" * 100_000, "The body has more than 20 lists"),
    "deep object": ('{"q":' * 100_000 + "1" + "}" * 100_000, "The body has more than 20 lists"),
    "deep field": ('{"q": ' + "[" * 900 + "]" * 900 + "}", "q has more than 20 lists"),
    "long number": (f'{{"q": "a", "limit": {DIGITS}}}', "limit: is no number that can be read;"),
    "long negative": (f'{{"q": "a", "limit": -{DIGITS}}}', "limit: is no number"),
    "nested number": (f'{{"q": "a", "product": ["a", {DIGITS}]}}', "product.1: is no number"),
    "not a number": ('{"q": "a", "limit": NaN}', "limit: is no number"),
    "infinity": ('{"q": "a", "limit": -Infinity}', "limit: is no number"),
    "large exponent": ('{"q": "a", "limit": 1e999}', "limit: is no number"),
    "half a character": ('{"q": "a\\ud800"}', "q: holds half a character;"),
    "the other half": ('{"q": "a", "product": ["\\udc00"]}', "product.0: holds half a character;"),
    "half a name": ('{"\\ud800": 1}', "A name of a field holds half a character;"),
    "no end": ('{"q": "a",\n "limit": 1', "The body is not JSON at line 2, column 12;"),
    "mark": ("\ufeff{}", "The body is not JSON at line 1, column 1;"),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the API over tickets that may be changed."""
    with running(fill(tmp_path_factory.mktemp("bodies") / "home", *TICKETS)) as app:
        yield app.test_client()


@pytest.mark.parametrize(("method", "path"), JSON_ROUTES, ids=lambda value: value)
@pytest.mark.parametrize(("body", "sentence"), PLACED.values(), ids=PLACED)
def test_json_that_cannot_be_read_is_refused_by_its_place(
    desk: FlaskClient, method: str, path: str, body: str, sentence: str
) -> None:
    answer = desk.open(path, method=method, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"].startswith(sentence)


def test_bytes_that_are_not_utf_8_are_refused_by_their_place(desk: FlaskClient) -> None:
    answer = desk.post("/api/v1/search", data=b'{"q": "\xff"}', content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"].startswith("The body is not UTF-8 at byte 8;")


FIELDS = [
    *("q", "limit", "product", "status", "kind", "tag", "created_from", "tolerant", "typing"),
    *("call", "reference", "source", "subject", "problem", "tags", "audience", "created_at"),
    *("solved", "query", "text", "all"),
]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.sampled_from(["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "99999-01-01"])
    | st.sampled_from([10**40, -(2**63), 2**63, 2**64]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
BODIES = st.dictionaries(st.sampled_from(FIELDS) | st.text(), VALUES, max_size=6)
MANY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@MANY
@given(route=st.sampled_from(JSON_ROUTES), body=BODIES)
def test_no_json_brings_an_operation_down(
    desk: FlaskClient, route: tuple[str, str], body: dict[str, object]
) -> None:
    method, path = route
    data = json.dumps(body)
    answer = desk.open(path, method=method, data=data, content_type="application/json")
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer.get_json()["error"]["message"]


@MANY
@given(route=st.sampled_from(JSON_ROUTES), body=st.binary() | st.text().map(str.encode))
def test_no_bytes_bring_an_operation_down(
    desk: FlaskClient, route: tuple[str, str], body: bytes
) -> None:
    method, path = route
    answer = desk.open(path, method=method, data=body, content_type="application/json")
    assert answer.status_code < 500


@MANY
@given(
    path=st.sampled_from(["search", "tickets", "tickets/KB-1042", "calls/a", "status"]),
    names=st.lists(st.tuples(st.sampled_from(FIELDS), st.binary()), max_size=5),
    method=st.sampled_from(["GET", "DELETE", "HEAD", "OPTIONS"]),
)
def test_no_address_brings_an_operation_down(
    desk: FlaskClient, path: str, names: list[tuple[str, bytes]], method: str
) -> None:
    query = "&".join(f"{name}={quote(value)}" for name, value in names)
    answer = desk.open(f"/api/v1/{path}?{query}", method=method)
    assert answer.status_code < 500


FORM_FIELDS = [
    *("q", "limit", "product", "status", "category", "kind", "typing"),
    *("subject", "problem", "tags"),
]
FORMS = st.one_of(
    st.lists(st.tuples(st.sampled_from(FORM_FIELDS), st.binary())).map(
        lambda pairs: "&".join(f"{name}={quote(value)}" for name, value in pairs).encode()
    ),
    st.binary(),
)
KINDS_OF_FORM = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/json",
    "",
)
PART = b'--x\r\nContent-Disposition: form-data; name="q"'
HARD_FORMS = {
    "thousands of fields": (KINDS_OF_FORM[0], b"a=1&" * 5000),
    "nested names": (KINDS_OF_FORM[0], b"q" + b"[a]" * 20_000 + b"=1"),
    "nothing but separators": (KINDS_OF_FORM[0], b"&=;" * 50_000),
    "broken escapes": (KINDS_OF_FORM[0], b"q=" + b"%" * 50_000),
    "NUL": (KINDS_OF_FORM[0], b"q=%00&subject=%00&status=%00&kind=%00"),
    "half characters": (KINDS_OF_FORM[0], b"q=%ed%a0%80&subject=%ed%a0%80"),
    "a long number": (KINDS_OF_FORM[0], b"q=a&limit=" + b"9" * 100_000),
    "no boundary": (KINDS_OF_FORM[2], PART + b"\r\n\r\na\r\n--x--\r\n"),
    "no end": (KINDS_OF_FORM[4], PART),
    "thousands of headers": (KINDS_OF_FORM[4], PART + b"\r\nA: b" * 100_000),
    "a charset nobody knows": (
        KINDS_OF_FORM[4],
        PART + b"\r\nContent-Type: text/plain; charset=no\r\n\r\na\r\n--x--\r\n",
    ),
    "thousands of parts": (KINDS_OF_FORM[4], (PART + b"\r\n\r\na\r\n") * 5000 + b"--x--\r\n"),
}


@pytest.mark.parametrize("path", ["/hits", "/add"])
@pytest.mark.parametrize(("kind", "body"), HARD_FORMS.values(), ids=HARD_FORMS)
def test_no_form_of_this_kind_brings_a_page_down(
    desk: FlaskClient, path: str, kind: str, body: bytes
) -> None:
    assert desk.post(path, data=body, content_type=kind).status_code < 500


@MANY
@given(path=st.sampled_from(["/hits", "/add"]), kind=st.sampled_from(KINDS_OF_FORM), body=FORMS)
def test_no_form_brings_a_page_down(desk: FlaskClient, path: str, kind: str, body: bytes) -> None:
    assert desk.post(path, data=body, content_type=kind).status_code < 500


@MANY
@given(
    start=st.sampled_from(["/", "/tickets/", "/static/", "/api/v1/tickets/", "/api/v1/calls/"]),
    rest=st.binary(),
    method=st.sampled_from(["GET", "POST", "DELETE", "HEAD", "OPTIONS", "PUT"]),
)
def test_no_path_brings_the_server_down(
    desk: FlaskClient, start: str, rest: bytes, method: str
) -> None:
    assert desk.open(f"{start}{quote(rest)}", method=method).status_code < 500
