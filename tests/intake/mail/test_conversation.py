"""The row of a conversation."""

from dataclasses import replace

from kbsearch.intake.mail.conversation import conversation_row
from kbsearch.intake.mail.mail import parse_mail
from kbsearch.records.ticket import TEXT_LIMIT

HTML = parse_mail(b"Message-ID: <1@a>\nContent-Type: text/html\n\n<p>Till dead</p>")


def test_problem_and_messages_are_kept_as_they_came() -> None:
    row = conversation_row(1, "7", [HTML])
    assert (row.raw, row.messages[0].raw) == ({"problem": "<p>Till dead</p>"}, "<p>Till dead</p>")


def test_of_a_very_long_conversation_only_the_first_mails_are_kept_as_they_came() -> None:
    long = replace(HTML, raw="x" * TEXT_LIMIT)
    row = conversation_row(1, "7", [replace(long, identifier=str(n)) for n in range(20)])
    assert [bool(one.raw) for one in row.messages] == [True] * 8 + [False] * 12
