"""The page of a ticket."""

import pytest
from flask.testing import FlaskClient

from kbsearch.records.message import Message, Role
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


def test_the_conversation_is_folded_below_the_resolution(desk: FlaskClient) -> None:
    page = desk.get("/tickets/KB-1042").text
    thread = page[page.index('<details class="thread">') :]
    assert page.index("data-resolution") < page.index("Conversation: 2 messages")
    for text in ("<b>[name]</b>", "requester", "7 Mar 2026, 09:05 UTC", "agent", "internal"):
        assert text in thread
    assert "&gt; Any news?\n&gt; &lt;b&gt;[name 2]&lt;/b&gt;" in thread.partition("Quoted mail")[2]


def test_what_an_attached_file_says_is_folded_under_its_name(settings: Settings) -> None:
    log = Message("till.log", Role.ATTACHMENT, None, True, "E-17 <b>\n> no quote")
    ticket = TicketFields(reference="7", subject="Odd modem", messages=(log,))
    with running(fill(settings.home, ticket)) as app:
        client = app.test_client()
        page = client.get("/tickets/7").text
        assert client.get("/api/v1/search?q=E-17").get_json()["total"] == 1
    said = page[page.index("<b>till.log</b>") :]
    assert "What the file says</summary>" in said
    assert "E-17 &lt;b&gt;\n&gt; no quote</p></details>" in said


def test_texts_are_folded_as_they_came_and_never_rendered(desk: FlaskClient) -> None:
    page = desk.get("/tickets/KB-1042").text
    raw = page[page.index('<details class="raw">') :].partition("</details>")[0]
    assert "As it came: 1 text<" in raw
    assert "<h3>Problem</h3>" in raw
    assert "&lt;b&gt;nothing&lt;/b&gt;&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</pre>" in raw
    assert "<script>alert" not in page
    assert 'class="raw"' not in desk.get("/tickets/KB-0877").text


def test_a_likely_resolution_says_where_it_comes_from(settings: Settings) -> None:
    ticket = TicketFields(reference="7", subject="Odd modem", resolution="Oil it.")
    ticket["resolution_from"] = "the last reply"
    with running(fill(settings.home, ticket)) as app:
        client = app.test_client()
        assert "Taken from the last reply." in client.get("/tickets/7").text
        assert "from the last reply" in client.get("/?q=modem").text
        (hit,) = client.get("/api/v1/search?q=modem").get_json()["hits"]
    assert hit["ticket"]["resolution_from"] == "the last reply"


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
