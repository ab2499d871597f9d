"""The page of a ticket."""

import pytest
from flask.testing import FlaskClient

from kbsearch.records.ticket import TicketFields
from kbsearch.settings import Settings
from tests.web.desk import fill, running


def test_the_resolution_stands_before_the_problem(desk: FlaskClient) -> None:
    page = desk.get("/tickets/KB-1042").text
    assert 0 < page.index("Uninstall the device") < page.index("The caller hears nothing")


def test_every_text_and_fact_is_there(desk: FlaskClient) -> None:
    page = desk.get("/tickets/KB-1042").text
    for text in ("The driver of the update.", "Headset 40", "Audio", "usb, driver", "7 Mar 2026"):
        assert text in page


def test_white_space_is_kept(desk: FlaskClient) -> None:
    page = desk.get("/tickets/KB-1042").text
    assert "Windows 11\n\tUSB 3 hub" in page
    assert "<li>2. Plug it in again.\n   Wait ten seconds.</li>" in page


def test_a_ticket_without_a_resolution_says_so(desk: FlaskClient) -> None:
    page = desk.get("/tickets/DESK/2026/7").text
    assert "No resolution yet" in page
    assert 'class="copy"' not in page


@pytest.mark.parametrize("reference", ["a//b", "Ärger 100%", "a?b#c", "日本/1", "a\\b", "x;y=z"])
def test_every_reference_has_a_page(settings: Settings, reference: str) -> None:
    ticket = TicketFields(reference=reference, subject="Odd modem")
    with running(fill(settings.home, ticket)) as app:
        client = app.test_client()
        link = client.get("/?q=modem").text.partition('<h2 id="hit-1-subject"><a href="')[2]
        answer = client.get(link.partition('"')[0].replace("&amp;", "&"))
    assert answer.status_code == 200
    assert "Odd modem" in answer.text


def test_the_source_decides_between_tickets_of_one_reference(settings: Settings) -> None:
    tickets = [
        TicketFields(reference="7", source="north", subject="Modem of the north"),
        TicketFields(reference="7", source="south", subject="Modem of the south"),
    ]
    with running(fill(settings.home, *tickets)) as app:
        client = app.test_client()
        assert "Modem of the south" in client.get("/tickets/7?source=south").text
        assert client.get("/tickets/7").status_code == 400
