"""Folders of mails are imported as one file."""

import pytest

from kbsearch.intake.mail.folder import MailFolder
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers import mailbox
from tests.intake.conftest import Desk

FIRST = """\
Message-ID: <1@client.example>
From: Ann <ann@client.example>
To: desk@help.example
Date: Mon, 2 Mar 2026 09:30:00 +0000
Subject: Till is dead

The till shows nothing.
"""
ANSWER = """\
Message-ID: <2@help.example>
In-Reply-To: <1@client.example>
From: Bo <bo@help.example>
To: ann@client.example
Date: Mon, 2 Mar 2026 11:00:00 +0000
Subject: Re: Till is dead

Turn it on with the key.
"""


def test_the_mails_of_a_folder_are_one_conversation(desk: Desk) -> None:
    desk.write("mails/b.eml", FIRST)
    folder = desk.write("mails/a.EML", ANSWER).parent

    report = desk.take(folder)

    (ticket,) = desk.tickets().values()
    assert (report.read, report.new, report.problems) == (1, 1, ())
    assert (ticket.subject, ticket.requester, ticket.agents) == ("Till is dead", "Ann", ("Bo",))
    assert [message.author for message in ticket.messages] == ["Ann", "Bo"]


def test_a_maildir_and_those_in_it_are_read(desk: Desk) -> None:
    for name in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"):
        (desk.folder / "box" / name).mkdir(parents=True)
    desk.write("box/cur/1.M1:2,S", FIRST)
    desk.write("box/tmp/3.M3", FIRST.replace("<1@", "<3@"))
    desk.write("box/.Sent/cur/2.M2:2,S", ANSWER)

    desk.take(desk.folder / "box")

    (ticket,) = desk.tickets().values()
    assert [message.author for message in ticket.messages] == ["Ann", "Bo"]
    assert (ticket.requester, ticket.problem) == ("Ann", "The till shows nothing.")


def test_other_files_next_to_mails_are_imported_too(desk: Desk) -> None:
    desk.write("mails/a.eml", FIRST)
    folder = desk.write("mails/b.csv", "id,subject\n7,No paper\n").parent

    assert desk.take(folder).new == 2


def test_a_single_mail_may_be_named(desk: Desk) -> None:
    report = desk.take(desk.write("till.eml", FIRST))

    assert (report.new, report.problems) == (1, ())


def test_importing_mails_again_changes_nothing(desk: Desk) -> None:
    path = desk.write("till.eml", FIRST)
    desk.take(path)

    assert desk.take(path).unchanged == 1


def test_a_later_export_adds_the_mails_that_came_since(desk: Desk) -> None:
    folder = desk.write("mails/a.eml", FIRST).parent
    desk.take(folder)
    desk.write("mails/b.eml", ANSWER)

    report = desk.take(folder)

    (ticket,) = desk.tickets().values()
    assert (report.changed, len(ticket.messages)) == (1, 2)


def test_a_conversation_that_is_read_in_part_is_noted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MOST_IN_A_THREAD", 1)
    desk.write("mails/a.eml", FIRST)
    folder = desk.write("mails/b.eml", ANSWER).parent

    read = MailFolder(folder)
    list(mailbox.read_mail_folder(read))
    assert "has 2 mails; the first 1 of them were read" in read.notes[-1]


def test_a_mail_that_is_read_in_part_is_noted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "MAIL_LIMIT", 150)
    folder = desk.write("mails/a.eml", FIRST).parent

    whole, alone = MailFolder(folder), InputFile(folder / "a.eml")
    list(mailbox.read_mail_folder(whole))
    list(mailbox.read_mail(alone))
    assert all("mails that are longer: 1." in file.notes[-1] for file in (whole, alone))


def test_a_mail_with_parts_too_deep_costs_no_other_mail(desk: Desk) -> None:
    parts = "".join(
        f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(3_000)
    )
    deep = f"Content-Type: multipart/mixed; boundary=b0\n{ANSWER}"
    desk.write("mails/a.eml", FIRST)
    report = desk.take(desk.write("mails/b.eml", deep + parts).parent)
    assert report.new == 1
    assert any("b.eml holds parts too deep in each other" in note for note in report.notes)
