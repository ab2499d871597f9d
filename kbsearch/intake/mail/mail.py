"""Parse one mail: who wrote it, when, to which other mails it belongs, and what it says."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

from kbsearch.intake.attachments.attached import BYTES, AttachedFile, is_readable
from kbsearch.intake.subjects import is_answer, without_marks
from kbsearch.intake.values.markup import plain_text, without_pictures
from kbsearch.records.raw_text import raw_text

MAIL_LIMIT = 16_000_000
"""Bytes of one mail that are read; what comes later is a file that someone attached."""
HEADERS_LIMIT = 262_144
"""Bytes in which the headers of a mail end."""
HEADER_LIMIT = 32_768
"""Characters of one header that are read: some 500 addresses."""
MOST_REFERENCES = 100
"""Mails that one mail may name as those before it."""

_ID = re.compile(r"<([^<>\s]{1,400})>")
_NUMBER = re.compile(r"\[[^\[\]]{0,40}?#\s*(\d{3,20})\]")
_BLANKS = re.compile(r"\s+")
_BLANK_LINE = re.compile(rb"\n\r?\n")
_ROBOTS = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headers:
    """What the headers of a mail say of its place among others.

    identifier   its Message-ID, "" if it has none.
    before       the mails that it answers, the first of the conversation first.
    subject      without the marks of answers.
    is_answer    whether the subject has such a mark.
    number       the ticket number that a help desk wrote into the subject, "" if none did.
    """

    identifier: str
    before: tuple[str, ...]
    subject: str
    is_answer: bool
    number: str


def headers_of(data: bytes) -> Headers:
    r"""Return what the headers say, from the first bytes of a mail.

    >>> found = headers_of(b"Message-ID: <a@b>\nSubject: Re: [Desk #4711] No  paper\n\nHi")
    >>> found.subject, found.is_answer, found.number
    ('[Desk #4711] No paper', True, '4711')
    """
    mail = BytesHeaderParser(policy=policy.compat32).parsebytes(data[:HEADERS_LIMIT])
    before = [*_ids(mail, "References"), *_ids(mail, "In-Reply-To")]
    subject = _decoded(mail, "Subject")
    number = _NUMBER.search(subject)
    return Headers(
        next(iter(_ids(mail, "Message-ID")), ""),
        tuple(dict.fromkeys(before[:1] + before[-MOST_REFERENCES:])),
        without_marks(subject),
        is_answer(subject),
        number[1] if number else "",
    )


@dataclass(frozen=True, slots=True)
class Mail:
    """What one mail says; faults in it are passed over, and what can be read is taken.

    identifier    its Message-ID, "" if it has none.
    author        the name of the sender, or else the address.
    address       the address of the sender, in small letters.
    recipients    the addresses that it was sent to, in small letters.
    at            when it was sent, or else when a server took it in; UTC, None if neither says.
    is_automatic  whether no person wrote it.
    attachments   the names of the files that came with it.
    files         those of them whose text can be read, with their content.
    raw           the HTML that the text was made of, without pictures; "" if it was plain.
    """

    identifier: str
    author: str
    address: str
    recipients: frozenset[str]
    at: datetime | None
    subject: str
    is_automatic: bool
    text: str
    attachments: tuple[str, ...]
    files: tuple[AttachedFile, ...] = ()
    raw: str = ""


def parse_mail(data: bytes) -> Mail:
    """Return what a mail says; of a long one, its first `MAIL_LIMIT` bytes."""
    mail = message_from_bytes(data[:MAIL_LIMIT], policy=policy.compat32)
    name, address = next(iter(_addresses([_decoded(mail, "From")])), ("", ""))
    lines = [_decoded(mail, header) for header in ("To", "Cc")]
    recipients = {to.casefold() for _, to in _addresses(lines) if "@" in to}
    text, raw = _text(mail)
    at = _time(mail)
    return Mail(
        next(iter(_ids(mail, "Message-ID")), ""),
        _BLANKS.sub(" ", name).strip() or address,
        address.casefold(),
        frozenset(recipients),
        at,
        without_marks(_decoded(mail, "Subject")),
        _is_automatic(mail, address),
        text,
        tuple(dict.fromkeys(name for part in _leaves(mail) if (name := _file_name(part)))),
        tuple(_files(mail, at)),
        raw,
    )


def _addresses(lines: list[str]) -> list[tuple[str, str]]:
    """Return the name and address of each person; none if brackets are too deep in each other."""
    with suppress(RecursionError):
        return getaddresses(lines)
    return []


def headers_alone(data: bytes) -> bytes:
    r"""Return a mail without what follows its headers.

    >>> headers_alone(b"Subject: No paper\n\nHi")
    b'Subject: No paper\n\n'
    """
    return data[: end.end()] if (end := _BLANK_LINE.search(data)) else data


def _time(mail: Message) -> datetime | None:
    received = _decoded(mail, "Received").rpartition(";")[2]
    for text in (_decoded(mail, "Date"), received):
        with suppress(ValueError, OverflowError, TypeError):
            time = parsedate_to_datetime(text.strip())
            return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def _is_automatic(mail: Message, address: str) -> bool:
    submitted = _decoded(mail, "Auto-Submitted").casefold()
    is_report = mail.get_content_type() == "multipart/report"
    return submitted not in {"", "no"} or is_report or _ROBOTS.match(address) is not None


def _text(mail: Message) -> tuple[str, str]:
    """Return what a mail says, and how it came; of its forms the plain one, or else the HTML."""
    bodies = [part for part in _leaves(mail) if not _is_attached(part)]
    for kind in ("text/plain", "text/html"):
        texts = [_content(part).strip() for part in bodies if part.get_content_type() == kind]
        if any(texts):
            joined = "\n\n".join(filter(None, texts))
            if kind == "text/plain":
                return joined, ""
            markup = without_pictures(joined)
            plain = plain_text(markup)
            return plain, raw_text(markup, plain)
    return "", ""


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _files(mail: Message, at: datetime | None) -> Iterator[AttachedFile]:
    """Yield the files that came with a mail and whose text can be read."""
    for part in _leaves(mail):
        name = _file_name(part)
        content = part.get_payload(decode=True) if is_readable(name) else None
        if isinstance(content, bytes):
            yield AttachedFile(name, content[: BYTES + 1], at)


def _leaves(mail: Message) -> Iterator[Message]:
    """Yield the parts of a mail that hold no others; a mail inside it is one part."""
    children = mail.get_payload()
    if isinstance(children, list) and mail.get_content_maintype() == "multipart":
        for child in children:
            if isinstance(child, Message):
                yield from _leaves(child)
    else:
        yield mail


def domain_of(address: str) -> str:
    """Return what follows the sign in an address.

    >>> domain_of("ann@example.org")
    'example.org'
    """
    return address.rpartition("@")[2]


def _ids(mail: Message, name: str) -> list[str]:
    return _ID.findall(str(mail.get(name, "")))


def _decoded(mail: Message, name: str) -> str:
    """Return a header in letters, on one line; as it is written where that cannot be decoded."""
    written = str(mail.get(name, ""))[:HEADER_LIMIT]
    try:
        text = str(make_header(decode_header(written)))
    except (HeaderParseError, LookupError, ValueError):
        text = written
    return _BLANKS.sub(" ", text.encode("utf-8", "replace").decode("utf-8")).strip()


def _content(part: Message) -> str:
    """Return the text of a part in the encoding that it names, or else in one that fits."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    for encoding in (str(part.get_content_charset("utf-8")), "utf-8"):
        with suppress(LookupError, ValueError):
            return data.decode(codecs.lookup(encoding).name)
    return data.decode("cp1252", "replace")


def _file_name(part: Message) -> str:
    with suppress(HeaderParseError, LookupError, ValueError):
        name = (part.get_filename() or "")[:HEADER_LIMIT]
        return _BLANKS.sub(" ", str(make_header(decode_header(name)))).strip()
    return ""
