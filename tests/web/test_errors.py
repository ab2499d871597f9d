"""Failures as sentences."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kbsearch.settings import Settings
from tests.web.desk import running


@pytest.fixture
def broken(settings: Settings) -> FlaskClient:
    """A client of an application with a page that fails in a way nobody expects."""

    def fail() -> str:
        raise ZeroDivisionError("somebody searched for the phone number 555-0100")

    with running(settings) as app:
        app.add_url_rule("/broken", view_func=fail)
        app.add_url_rule("/api/broken", endpoint="api_broken", view_func=fail)
        return app.test_client()


def test_a_page_that_is_not_there_leads_back_to_the_search(desk: FlaskClient) -> None:
    answer = desk.get("/nowhere")
    assert answer.status_code == 404
    assert "start from the search page" in answer.text
    assert 'role="search"' in answer.text


def test_a_ticket_that_is_not_there_is_named(desk: FlaskClient) -> None:
    answer = desk.get("/tickets/KB-NONE")
    assert answer.status_code == 404
    assert "KB-NONE" in answer.text


def test_a_wrong_method_names_the_right_ones(desk: FlaskClient) -> None:
    answer = desk.get("/hits")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_search_without_an_index_says_what_to_run(fresh: FlaskClient) -> None:
    answer = fresh.get("/?q=modem")
    assert answer.status_code == 503
    assert "kbsearch reindex" in answer.text
    assert 'value="modem"' in answer.text


def test_a_query_that_is_too_long_is_the_readers_to_mend(desk: FlaskClient) -> None:
    answer = desk.post("/hits", data={"q": "x" * 100_000})
    assert answer.status_code == 400
    assert "100,000 characters" in answer.text


def test_a_body_beyond_every_limit_is_refused(fresh: FlaskClient) -> None:
    app: Flask = fresh.application
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = fresh.post("/hits", data={"q": "x" * 2000})
    assert answer.status_code == 413
    assert "send less" in answer.text


@pytest.mark.parametrize("path", ["/broken", "/api/broken"])
def test_a_defect_is_a_sentence_with_an_incident(
    broken: FlaskClient, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = broken.get(path)
    assert answer.status_code == 500
    assert "report incident" in answer.text
    assert "Traceback" not in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_the_log_of_a_defect_says_where_but_not_what_was_searched(
    broken: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    said = broken.get("/broken?q=secret").text
    log = capsys.readouterr().out
    incident = said.partition("report incident ")[2][:8]
    assert f"incident={incident}" in log.replace("'", "")
    assert "ZeroDivisionError" in log
    assert "test_errors.py" in log
    assert "555-0100" not in log
    assert "secret" not in log
