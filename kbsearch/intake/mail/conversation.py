"""Make one row of the mails of a conversation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from kbsearch.intake.attachments.attached import MOST
from kbsearch.intake.mail.mail import Mail, domain_of
from kbsearch.intake.rows import Row
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import THREAD_LIMIT

_NEVER = datetime.max.replace(tzinfo=UTC)


def conversation_row(line: int, reference: str, mails: Iterable[Mail]) -> Row:
    """Return the row of a conversation; a mail that is there twice is taken once.

    The first mail that a person wrote is the problem, and its author is the requester. Authors
    from the domains that it was sent to are the desk.
    """
    numbered = enumerate(_within_limits(mails))
    by_identifier = {mail.identifier or str(number): mail for number, mail in numbered}
    ordered = sorted(by_identifier.values(), key=lambda mail: mail.at or _NEVER)
    first = next((mail for mail in ordered if not mail.is_automatic), ordered[0])
    roles = [_role(mail, first) for mail in ordered]
    times = [mail.at for mail in ordered if mail.at]
    agents = [mail.author for mail, role in zip(ordered, roles, strict=True) if role is Role.AGENT]
    values = {
        "reference": reference,
        "subject": first.subject,
        "problem": first.text,
        "channel": "email",
        "requester": first.author,
        "agents": list(dict.fromkeys(agents)),
        "created_at": min(times).isoformat() if times else "",
        "updated_at": max(times).isoformat() if times else "",
        "attachments": list(dict.fromkeys(name for mail in ordered for name in mail.attachments)),
    }
    files = tuple(file for mail in ordered for file in mail.files)
    size = sum(len(mail.text) + len(mail.raw) for mail in ordered)
    size += sum(len(file.content) for file in files)
    raw = {"problem": first.raw} if first.raw else {}
    return Row(line, values, size, _messages(ordered, roles), files, raw)


def _within_limits(mails: Iterable[Mail]) -> Iterator[Mail]:
    """Yield the mails, with what fits into a thread of their texts as they came, and of files."""
    room, files = THREAD_LIMIT, 0
    for mail in mails:
        room -= len(mail.raw)
        raw = mail.raw if room >= 0 else ""
        kept = [
            one if files + place < MOST else replace(one, content=b"")
            for place, one in enumerate(mail.files)
        ]
        files += len(kept)
        yield replace(mail, raw=raw, files=tuple(kept))


def _messages(mails: Sequence[Mail], roles: Sequence[Role]) -> tuple[Message, ...]:
    pairs = zip(mails, roles, strict=True)
    return tuple(
        Message(mail.author, role, mail.at, True, mail.text, mail.raw) for mail, role in pairs
    )


def _role(mail: Mail, first: Mail) -> Role:
    """Return who wrote a mail, by the first one and those whom that was sent to."""
    if mail.is_automatic:
        return Role.SYSTEM
    if mail.address == first.address:
        return Role.REQUESTER
    domain, asker = domain_of(mail.address), domain_of(first.address)
    if mail.address in first.recipients or domain != asker:
        return Role.AGENT
    desk = set(map(domain_of, first.recipients)) - {asker}
    return Role.UNKNOWN if desk else Role.AGENT
