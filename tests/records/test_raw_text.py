"""Texts as they came."""

from kbsearch.records.message import Message, Role
from kbsearch.records.raw_text import RawText, distinct, raw_text, raw_texts
from kbsearch.records.ticket import TEXT_LIMIT, Ticket


def test_the_texts_of_fields_come_before_those_of_messages() -> None:
    said = Message("Ann", Role.AGENT, None, True, "Hi", "<p>Hi</p>")
    plain = Message("Bo", Role.AGENT, None, True, "Ho")
    ticket = Ticket(reference="1", subject="Till", raw={"problem": "<b>x"}, messages=(plain, said))
    assert raw_texts(ticket) == (
        RawText("problem", None, "<b>x"),
        RawText("messages", 1, "<p>Hi</p>"),
    )


def test_a_text_that_is_the_problem_and_a_message_is_shown_once() -> None:
    texts = [RawText("problem", None, "<b>x"), RawText("messages", 0, "<b>x")]
    assert distinct(texts) == (texts[0],)


def test_what_no_database_holds_is_replaced_and_what_is_too_long_is_cut() -> None:
    assert raw_text("<b>\x00\ud800", "x") == "<b>\ufffd?"
    assert len(raw_text("<b>" + "x" * TEXT_LIMIT, "x")) == TEXT_LIMIT


def test_a_message_is_the_same_however_it_came() -> None:
    one, other = (Message("Ann", Role.AGENT, None, True, "Hi", raw) for raw in ("<p>Hi", ""))
    assert one == other
    assert "raw" not in repr(one)
