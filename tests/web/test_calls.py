"""Saying on the pages what solved it: the strip, the buttons, and tickets that are alike."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from kbsearch.engines.base import View
from kbsearch.records.ticket import TicketFields
from kbsearch.settings import Settings
from tests.engines.whoosh.outdated import make_outdated
from tests.web.desk import HEADSET, MODEM, PRINTER, fill, running

OTHER_PRINTER = TicketFields(
    reference="KB-0900",
    subject="Printer jams in the tray",
    problem="Several sheets at once jam the printer.",
    resolution="Clean the rollers.",
    product="Printers",
)


@pytest.fixture
def desk(settings: Settings) -> Iterator[FlaskClient]:
    """A client of the pages over tickets of the test's own."""
    with running(fill(settings.home, HEADSET, PRINTER, MODEM, OTHER_PRINTER)) as app:
        yield app.test_client()


def say(desk: FlaskClient, reference: str, said: str, call: str = "4711", **more: str) -> str:
    """Say something of a ticket in a call; return the strip."""
    form = {"reference": reference, "source": "", "said": said, "call": call, **more}
    answer = desk.post("/outcome", data=form)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("said", "strip"),
    [
        (["solved"], "<b>Solved</b> <span data-strip>This call: 1 tried</span>"),
        (["failed"], "<summary><span data-strip>This call: 1 tried, 1 did not help</span>"),
        (["failed", "solved"], "<b>Solved</b> <span data-strip>This call: 2 tried, 1 did not help"),
        (["failed", "failed"], "<summary><span data-strip>This call: 2 tried, 2 did not help"),
        (["solved", "solved"], "<b>Solved</b> <span data-strip>This call: 2 tried</span>"),
    ],
    ids="-".join,
)
def test_the_strip_counts_what_the_call_tried(
    desk: FlaskClient, said: list[str], strip: str
) -> None:
    for reference, one in zip(("KB-1042", "KB-0877"), said, strict=False):
        say(desk, reference, one)
    assert strip in desk.post("/call", data={"call": "4711"}).text


def test_the_strip_lists_what_the_call_tried_and_what_it_said(desk: FlaskClient) -> None:
    strip = say(desk, "KB-1042", "failed")
    assert 'data-ticket="1" data-said="failed"' in strip
    assert 'href="/tickets/KB-1042?source=desk"' in strip
    assert "<span>Did not help</span>" in strip


def test_a_call_that_tried_nothing_has_an_empty_strip(desk: FlaskClient) -> None:
    for call in ("4711", "", "\x00"):
        strip = desk.post("/call", data={"call": call})
        assert (strip.status_code, strip.text.split()[:3]) == (
            200,
            ["<div", 'class="tried"', "hidden>"],
        )


def test_what_was_said_can_be_undone_as_often_as_somebody_clicks(desk: FlaskClient) -> None:
    say(desk, "KB-1042", "solved")
    for _ in range(2):
        assert "This call" not in say(desk, "KB-1042", "undone")
    assert "Outcome" not in desk.get("/tickets/KB-1042").text.partition("<dl>")[2]


def test_another_call_undoes_nothing(desk: FlaskClient) -> None:
    say(desk, "KB-1042", "solved")
    say(desk, "KB-1042", "undone", call="4712")
    assert "Worked in 1 of 1 calls" in desk.get("/tickets/KB-1042").text


def test_what_did_not_help_is_lower_in_the_searches_of_its_call(desk: FlaskClient) -> None:
    def first(call: str) -> str:
        page = desk.post("/hits", data={"q": "printer jams", "call": call}).text
        return page.partition('data-reference="')[2].partition('"')[0]

    best = first("4711")
    say(desk, best, "failed", query="printer jams")
    assert first("4711") != best == first("4712")


def test_the_call_is_in_no_address_of_the_answer(desk: FlaskClient) -> None:
    assert "4711" not in desk.post("/hits", data={"q": "printer", "call": "4711"}).text


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"said": "solved"}, 400, "The page did not say what to note of which call"),
        ({"said": "perhaps", "call": "4711"}, 400, "load it again"),
        ({"said": "solved", "call": "4" * 65}, 400, "call: has 65 characters"),
        ({"said": "solved", "call": "4711", "reference": "KB-9"}, 404, "There is no ticket"),
    ],
    ids=["no call", "nothing said", "long call", "no ticket"],
)
def test_what_cannot_be_noted_is_a_sentence(
    desk: FlaskClient, form: dict[str, str], status: int, sentence: str
) -> None:
    answer = desk.post("/outcome", data={"reference": "KB-1042", **form})
    assert answer.status_code == status
    assert sentence in answer.text


def test_another_site_can_say_nothing(desk: FlaskClient) -> None:
    form = {"reference": "KB-1042", "said": "solved", "call": "4711"}
    for address in ("/outcome", "/call"):
        answer = desk.post(address, data=form, headers={"Origin": "http://elsewhere.example"})
        assert answer.status_code == 403


def test_solved_tickets_that_are_alike_stand_below_a_ticket(desk: FlaskClient) -> None:
    similar = desk.get("/tickets/KB-0877").text.partition("Similar solved tickets</h2>")[2]
    assert "Printer jams in the tray</a>" in similar
    assert "Color printer jams" not in similar


def test_nothing_alike_is_no_heading(desk: FlaskClient) -> None:
    assert "Similar" not in desk.get("/tickets/KB-1042").text


def test_a_ticket_opens_when_what_is_alike_cannot_be_looked_for(
    desk: FlaskClient, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    make_outdated(settings.index_folder / View.INTERNAL.value)
    page = desk.get("/tickets/KB-0877")
    assert page.status_code == 200
    assert "Similar" not in page.text
    assert "no similar tickets are shown" in capsys.readouterr().out


def test_a_ticket_without_a_resolution_has_nothing_to_try(desk: FlaskClient) -> None:
    assert 'class="outcome"' not in desk.get("/tickets/DESK/2026/7").text


def test_the_buttons_are_named_after_their_ticket(desk: FlaskClient) -> None:
    page = desk.get("/tickets/KB-0877").text
    for name in ("Solved it", "Did not help", "Undo"):
        assert f'aria-label="{name}: Color printer jams"' in page
