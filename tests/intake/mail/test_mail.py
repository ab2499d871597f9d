"""What is read of one mail, and what of its headers."""

from datetime import UTC, datetime

import pytest

from kbsearch.intake.mail.mail import HEADER_LIMIT, headers_of, parse_mail

HTML_AND_PLAIN = b"""\
From: =?utf-8?q?Zo=C3=AB?= <zoe@example.org>
To: Desk <desk@help.example>
Subject: Fwd: AW: Till is dead
Date: Mon, 2 Mar 2026 09:30:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=out

--out
Content-Type: multipart/alternative; boundary=in

--in
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The till caf=E9 is dead.
--in
Content-Type: text/html

<p>The till is <b>dead</b>.</p>
--in--
--out
Content-Type: image/png
Content-Disposition: attachment; filename="till.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--out--
"""


def test_the_plain_form_is_read_in_the_encoding_that_it_names() -> None:
    assert parse_mail(HTML_AND_PLAIN).text == "The till café is dead."


def test_sender_time_and_subject_are_read() -> None:
    mail = parse_mail(HTML_AND_PLAIN)

    assert (mail.author, mail.address) == ("Zoë", "zoe@example.org")
    assert mail.at == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
    assert mail.subject == "Till is dead"
    assert mail.recipients == {"desk@help.example"}


def test_a_file_that_came_along_is_named_and_not_read() -> None:
    assert parse_mail(HTML_AND_PLAIN).attachments == ("till.png",)


def test_html_is_read_as_text_where_no_plain_form_is() -> None:
    mail = parse_mail(b"Content-Type: text/html\n\n<ol><li>Open it</li><li>Close it</li></ol>")

    assert mail.text == "1. Open it\n2. Close it"


def test_a_mail_inside_a_mail_is_not_read_as_its_text() -> None:
    inner = b"--x\nContent-Type: message/rfc822\n\nSubject: Old\n\nOld words\n--x--\n"
    outer = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nNew words\n" + inner

    assert parse_mail(outer).text == "New words"


@pytest.mark.parametrize(
    "header",
    [
        b"Auto-Submitted: auto-replied",
        b"From: MAILER-DAEMON@example.org",
        b"From: No-Reply <no-reply@example.org>",
        b"Content-Type: multipart/report; boundary=x",
    ],
)
def test_what_no_person_wrote_is_known(header: bytes) -> None:
    assert parse_mail(header + b"\n\nOut of office").is_automatic


@pytest.mark.parametrize(
    ("header", "at"),
    [
        (b"Date: Mon, 2 Mar 2026 09:30:00 GMT", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        (
            b"Date: yesterday\nReceived: from a by b; Mon, 2 Mar 2026 09:31:00 +0000",
            datetime(2026, 3, 2, 9, 31, tzinfo=UTC),
        ),
        (b"Date: tomorrow", None),
        (b"Date: Mon, 99 Foo 2026 99:99:99 +9999", None),
    ],
)
def test_a_time_is_that_of_the_sender_or_else_of_a_server(
    header: bytes, at: datetime | None
) -> None:
    assert parse_mail(header + b"\n\n").at == at


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: =?utf-8?b?broken?=\n\n",
        b"Subject: =?no-such-encoding?q?x?=\n\nText",
        b'Content-Type: text/plain; charset="no such"\n\nText \xe9',
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"From: <<<>>>@@\nTo: ,,,;;:\n\n",
        b"Content-Transfer-Encoding: base64\n\n!!!!",
        b"Content-Type: text/plain; charset*=x''%ff; name*=bad''%%%\n\nText",
    ],
)
def test_faults_in_a_mail_are_passed_over(data: bytes) -> None:
    assert isinstance(parse_mail(data).text, str)
    assert isinstance(headers_of(data).subject, str)


def test_the_mails_that_one_answers_are_named_first_to_last() -> None:
    headers = headers_of(
        b"Message-ID: <c@x>\nIn-Reply-To: <b@x>\nReferences: <a@x>\n <b@x>\nSubject: Re: Till\n\n"
    )

    assert (headers.identifier, headers.before) == ("c@x", ("a@x", "b@x"))


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("[Desk #4711] Till", "4711"),
        ("Re: [#20260302] Till", "20260302"),
        ("[Ticket#2026030210000012] Till", "2026030210000012"),
        ("Order #4711", ""),
        ("[urgent] Till", ""),
    ],
)
def test_the_number_of_a_ticket_is_found_in_the_subject(subject: str, number: str) -> None:
    assert headers_of(f"Subject: {subject}\n\n".encode()).number == number


def test_html_is_kept_as_it_came_where_it_is_read() -> None:
    mail = parse_mail(b"Content-Type: text/html\n\n<p>Till <b>dead</b></p>")

    assert mail.raw == "<p>Till <b>dead</b></p>"
    assert parse_mail(HTML_AND_PLAIN).raw == ""


def test_of_a_very_long_header_the_beginning_is_decoded() -> None:
    mail = parse_mail(b"Subject: " + b"=?utf-8?q?=41?= " * 200_000 + b"\n\nIt jams")
    assert mail.subject == "A" * (HEADER_LIMIT // 16)
