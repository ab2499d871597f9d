"""Who gets an answer, and what every answer carries."""

import pytest
from flask.testing import FlaskClient

NEXT_STEP = "open the search page"


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8321", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8321"]
)
def test_the_names_of_this_computer_are_answered(desk: FlaskClient, host: str) -> None:
    assert desk.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost.evil.example",
        "evil.example:8321",
        "127.0.0.1.evil.example",
        "127.0.0.1:",
        "127.0.0.2",
        "localhost.",
        "localhost:8321@evil.example",
        "local host",
        "[::1",
        "0.0.0.0",  # noqa: S104 - a name to refuse, nothing is bound
        "127.0.0.1:８３２１",
    ],
)
@pytest.mark.parametrize("path", ["/", "/static/0/style.css", "/api/v1/status", "/nowhere"])
def test_every_other_name_is_refused(desk: FlaskClient, host: str, path: str) -> None:
    assert desk.get(path, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost:9999",
        "http://evil.localhost",
        "null",
        "file://",
        "",
    ],
)
def test_a_foreign_origin_is_refused(desk: FlaskClient, method: str, origin: str) -> None:
    answer = desk.open("/", method=method, headers={"Host": "localhost:8321", "Origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/hits", "/add", "/api/v1/search", "/api/v1/tickets"])
def test_another_site_cannot_post(desk: FlaskClient, site: str, path: str) -> None:
    answer = desk.post(path, data={"q": "modem"}, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403


def test_our_own_pages_may_post(desk: FlaskClient) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert desk.post("/hits", data={"q": "modem"}, headers=headers).status_code == 200


def test_a_form_without_referrer_may_post_if_the_browser_says_it_is_ours(
    desk: FlaskClient,
) -> None:
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert desk.post("/hits", data={"q": "modem"}, headers=headers).status_code == 200


def test_a_link_on_another_site_may_open_a_page(desk: FlaskClient) -> None:
    headers = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert desk.get("/?q=modem", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("mode", "destination"), [("no-cors", "script"), ("navigate", "iframe"), ("cors", "empty")]
)
def test_another_site_cannot_embed_or_fetch_an_answer(
    desk: FlaskClient, mode: str, destination: str
) -> None:
    headers = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": mode,
        "Sec-Fetch-Dest": destination,
    }
    assert desk.get("/api/v1/search?q=modem", headers=headers).status_code == 403


def test_the_sentence_of_a_refusal_has_a_next_step(desk: FlaskClient) -> None:
    answer = desk.get("/api/v1/status", headers={"Origin": "https://evil.example"})
    assert NEXT_STEP in answer.get_json()["error"]["message"]


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/0/search.js", "/api/v1/status"])
def test_every_answer_is_hardened(desk: FlaskClient, path: str) -> None:
    with desk.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/add", "/?q=modem", "/nowhere", "/api/v1/status"])
def test_what_tickets_say_is_never_kept_by_a_browser(desk: FlaskClient, path: str) -> None:
    assert desk.get(path).headers["Cache-Control"] == "no-store"
