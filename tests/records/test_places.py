"""The texts of a ticket by their places."""

from kbsearch.records.message import Message, Role
from kbsearch.records.places import places, with_texts
from kbsearch.records.ticket import Ticket

SAID = Message("Mara", Role.AGENT, None, True, "Hi", "<p>Hi")
TICKET = Ticket(
    reference="A-1",
    subject="Jam",
    tags=("a", "b"),
    messages=(SAID, SAID),
    raw={"subject": "<b>Jam"},
)


def test_every_text_comes_back_to_its_place() -> None:
    changed = with_texts(TICKET, {place: f"{text}!" for place, text in places(TICKET)})
    assert [text for _, text in places(changed)] == [f"{text}!" for _, text in places(TICKET)]


def test_an_empty_raw_text_goes_and_a_new_one_comes() -> None:
    assert with_texts(TICKET, {"raw/subject": ""}).raw == {}
    assert with_texts(TICKET, {"raw/problem": "x"}).raw == {"subject": "<b>Jam", "problem": "x"}


def test_places_that_a_ticket_lacks_are_passed_over() -> None:
    assert with_texts(TICKET, {"messages/7/text": "x", "tags/9": "x"}) == TICKET
