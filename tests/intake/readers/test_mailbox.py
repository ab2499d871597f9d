"""Reading mailboxes and single mails."""

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers import mailbox
from kbsearch.intake.readers.mailbox import mails_in, read_mail, read_mbox
from kbsearch.intake.rows import BadRow, Row
from kbsearch.records.message import Role

MAILBOX = """\
From ann@client.example Mon Mar  2 09:30:00 2026
Message-ID: <1@client.example>
From: Ann <ann@client.example>
To: desk@help.example
Date: Mon, 2 Mar 2026 09:30:00 +0000
Subject: Till is dead

The till shows nothing.

>From here on it is dark.

From zed@client.example Mon Mar  2 10:00:00 2026
Message-ID: <9@client.example>
From: Zed <zed@client.example>
To: desk@help.example
Date: Mon, 2 Mar 2026 10:00:00 +0000
Subject: Door

The door sticks.

From desk@help.example Mon Mar  2 11:00:00 2026
Message-ID: <2@help.example>
In-Reply-To: <1@client.example>
From: Bo <bo@help.example>
To: ann@client.example
Date: Mon, 2 Mar 2026 11:00:00 +0000
Subject: Re: Till is dead

Turn it on with the key.
"""


def read(tmp_path: Path, content: str | bytes, name: str = "desk.mbox") -> list[Row]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(rows_of(InputFile(path)))


def rows_of(file: InputFile) -> Iterator[Row]:
    reader = read_mbox if ".mbox" in file.path.name else read_mail
    for row in reader(file):
        assert isinstance(row, Row)
        yield row


def test_a_conversation_is_one_row(tmp_path: Path) -> None:
    till, door = read(tmp_path, MAILBOX)

    assert (till.line, door.line) == (2, 13)
    assert till.values["subject"] == "Till is dead"
    assert till.values["updated_at"] == "2026-03-02T11:00:00+00:00"
    assert [message.text for message in door.messages] == ["The door sticks."]


def test_who_asked_and_who_answered_is_known(tmp_path: Path) -> None:
    till = read(tmp_path, MAILBOX)[0]

    assert till.values["requester"] == "Ann"
    assert till.values["agents"] == ["Bo"]
    assert [message.role for message in till.messages] == [Role.REQUESTER, Role.AGENT]


def test_a_guarded_line_is_written_as_it_was(tmp_path: Path) -> None:
    till = read(tmp_path, MAILBOX)[0]

    assert till.messages[0].text == "The till shows nothing.\n\nFrom here on it is dark."


def test_a_mail_that_is_there_twice_is_taken_once(tmp_path: Path) -> None:
    rows = read(tmp_path, MAILBOX + "\n" + MAILBOX)

    assert [len(row.messages) for row in rows] == [2, 1]


def test_mails_with_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    rows = read(tmp_path, MAILBOX.replace("\n", "\r\n"))

    assert [row.values["subject"] for row in rows] == ["Till is dead", "Door"]


def test_a_packed_mailbox_is_read(tmp_path: Path) -> None:
    rows = read(tmp_path, gzip.compress(MAILBOX.encode()), "desk.mbox.gz")

    assert [len(row.messages) for row in rows] == [2, 1]


def test_a_sentence_that_begins_with_from_begins_no_mail() -> None:
    stream = io.BytesIO(b"From a@b 09:30\n\nOne\n\nFrom now on it is dark.\n")

    assert len(list(mails_in(stream))) == 1


def test_a_file_without_a_mail_says_what_begins_one(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"desk\.mbox holds no mail: no line begins one"):
        read(tmp_path, "Subject: Till\n\nIt is dead.\n")


def test_of_a_very_long_mail_the_beginning_is_read_and_the_file_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MAIL_LIMIT", 250)
    path = tmp_path / "desk.mbox"
    path.write_text(MAILBOX.replace("nothing.", "nothing." + "x" * 400), encoding="utf-8")
    file = InputFile(path)

    assert len(list(rows_of(file))) == 2
    assert "the first 250 bytes were read; mails that are longer: 1." in file.notes[0]


def test_a_single_mail_is_one_row(tmp_path: Path) -> None:
    (row,) = read(tmp_path, MAILBOX.partition("\n")[2].partition("\nFrom zed")[0], "till.eml")

    assert row.values["subject"] == "Till is dead"
    assert len(row.messages) == 1


def test_a_mail_that_is_too_long_takes_no_other_of_its_conversation_along(tmp_path: Path) -> None:
    path = tmp_path / "desk.mbox"
    path.write_text(MAILBOX.replace("Turn it on", "Turn it on " * 100_000))

    bad, till, door = sorted(read_mbox(InputFile(path)), key=lambda row: -row.line)[:3]

    assert isinstance(bad, BadRow)
    assert (bad.line, bad.values["author"]) == (22, "Bo")
    assert isinstance(till, Row)
    assert isinstance(door, Row)
