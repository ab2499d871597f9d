"""The rows of one reference as one ticket: a conversation, or versions of the ticket.

Where the texts differ from row to row, each row is a message: the first is the problem, all are
kept. Where only other columns differ, the rows are versions, of which the newest is taken.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple, cast

from kbsearch.analysis.quoted import own_words
from kbsearch.analysis.tables import table
from kbsearch.intake.columns import normal
from kbsearch.intake.subjects import is_answer, without_marks
from kbsearch.names import tidy
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import LIST_LIMIT, NAME_LIMIT, TicketFields

LAST_REPLY = "the last reply"
"""Where a resolution comes from that was taken from a conversation."""
_LEAST_WORDS = 4
"""Words of a reply that may be the fix; "Thanks, closing" is none."""
_YES = frozenset({"1", "true", "yes", "y", "t", "incoming", "inbound"})
_OF_THE_FIRST = ("subject", "problem", "created_at")
"""The fields that the first message of a conversation decides; the others are as at the end."""


class Said(NamedTuple):
    """One row of a reference: its cells, and the fields of a ticket that were made of them."""

    cells: Mapping[str, object]
    fields: TicketFields


def one_ticket(rows: Sequence[Said]) -> TicketFields:
    """Return the fields of the one ticket that these rows, of one reference, are about."""
    if is_conversation(rows):
        return _conversation(_by_time(rows, ("created_at", "updated_at")))
    ordered = _by_time(rows, ("updated_at", "created_at"))
    fields = _newest(ordered)
    if messages := [one for row in ordered for one in row.fields.get("messages", ())]:
        fields["messages"] = tuple(dict.fromkeys(messages))
    if "created_at" in ordered[0].fields:
        fields["created_at"] = ordered[0].fields["created_at"]
    return fields


def is_conversation(rows: Sequence[Said]) -> bool:
    """Tell whether rows of one reference are messages, and not versions of a ticket.

    Rows that were made at one time and changed at several are versions, unless authors are named.
    """
    if len({row.fields.get("problem", "") for row in rows} - {""}) < 2:
        return False
    made, changed = (
        {cast("datetime | None", row.fields.get(name)) for row in rows}
        for name in ("created_at", "updated_at")
    )
    same_time = len(made) == 1 and None not in made and len(changed) > 1
    return not same_time or any(_cell(row.cells, "author") for row in rows)


def with_reply(fields: TicketFields, cells: Mapping[str, object]) -> TicketFields:
    """Return the fields of a row that stands alone, as a message if its subject says "Re:".

    A newer file may have no more of a conversation than its last message.
    """
    subject = fields.get("subject", "")
    if fields.get("messages") or not (fields.get("problem") and is_answer(subject)):
        return fields
    if not _cell(cells, "author"):
        return fields
    answer = _message(Said(cells, fields), None)
    return {**fields, "subject": without_marks(subject), "messages": (answer,)}


def with_likely_resolution(fields: TicketFields) -> TicketFields:
    """Return the fields with the last reply as the resolution where the file has none.

    The last of an agent that says something and asks nothing, rather one that the requester saw
    than a note; where no one is known to be an agent, the last of anyone but who asked.
    """
    messages = fields.get("messages", ())
    if not messages or fields.get("resolution"):
        return fields
    if fields.get("status", "").casefold() in _open_statuses():
        return fields
    agents = [one for one in messages if one.role is Role.AGENT]
    asker = fields.get("requester", "")
    if not asker and messages[0].text == fields.get("problem"):
        asker = messages[0].author
    others = [one for one in messages if one.role is Role.UNKNOWN and one.author != asker]
    seen = [one for one in agents if one.public]
    for one in reversed(seen or agents or others):
        if _says_what_to_do(one.text):
            raw = {**fields.get("raw", {}), "resolution": one.raw}
            likely = {"resolution": one.text, "resolution_from": LAST_REPLY, "raw": raw}
            return cast(TicketFields, {**fields, **likely})
    return fields


def _conversation(rows: Sequence[Said]) -> TicketFields:
    first = rows[0].fields
    fields = _with(_newest(rows), first, _OF_THE_FIRST)
    if "subject" in fields:
        fields["subject"] = without_marks(fields["subject"])
    asked = _cell(rows[0].cells, "author")
    messages = [_message(row, asked) for row in rows if row.fields.get("problem")]
    extra = [one for row in rows for one in row.fields.get("messages", ())]
    fields["messages"] = (*messages, *extra)
    agents = dict.fromkeys(one.author for one in messages if one.role is Role.AGENT and one.author)
    if agents and not fields.get("agents"):
        fields["agents"] = tuple(agents)[:LIST_LIMIT]
    if not fields.get("requester") and messages[0].role is not Role.AGENT:
        fields["requester"] = messages[0].author
    return fields


def _newest(rows: Sequence[Said]) -> TicketFields:
    """Return the fields as at the end; what the last row leaves empty is as it was before."""
    fields = rows[0].fields
    for row in rows[1:]:
        wanted = [name for name, value in row.fields.items() if value or name not in fields]
        fields = _with(fields, row.fields, wanted)
    return cast(TicketFields, {**fields})


def _with(fields: TicketFields, other: TicketFields, names: Collection[str]) -> TicketFields:
    """Return the fields with those of these names from others, and how the texts of these came."""
    raw = {name: text for name, text in fields.get("raw", {}).items() if name not in names}
    raw |= {name: text for name, text in other.get("raw", {}).items() if name in names}
    taken = {name: value for name, value in other.items() if name in names}
    return cast(TicketFields, {**fields, **taken, "raw": raw})


def _by_time(rows: Sequence[Said], names: Sequence[str]) -> list[Said]:
    """Return the rows by the first of these times that every row has and not all share."""
    for name in names:
        times = [cast("datetime | None", row.fields.get(name)) for row in rows]
        known = [time for time in times if time]
        if len(known) == len(rows) and len(set(known)) > 1:
            order = sorted(range(len(rows)), key=known.__getitem__)
            return [rows[place] for place in order]
    return list(rows)


def _message(row: Said, asked: str | None) -> Message:
    author = _cell(row.cells, "author")
    return Message(
        author=author[:NAME_LIMIT],
        role=_role(row.cells, author, asked),
        at=row.fields.get("created_at") or row.fields.get("updated_at"),
        public=_is_public(row.cells),
        text=row.fields.get("problem", ""),
        raw=row.fields.get("raw", {}).get("problem", ""),
    )


def _role(cells: Mapping[str, object], author: str, asked: str | None) -> Role:
    for words in (_cell(cells, "role"), author):
        if known := _roles().get(words.casefold()):
            return known
    for part, yes, no in (
        ("incoming", Role.REQUESTER, Role.AGENT),
        ("outgoing", Role.AGENT, Role.REQUESTER),
    ):
        if said := _cell(cells, part):
            return yes if said.casefold() in _YES else no
    return Role.REQUESTER if author and author == asked else Role.UNKNOWN


def _is_public(cells: Mapping[str, object]) -> bool:
    if said := _cell(cells, "public"):
        return said.casefold() in _YES
    return _cell(cells, "internal").casefold() not in _YES


def _cell(cells: Mapping[str, object], part: str) -> str:
    """Return what a row says of its message, "" if it says nothing."""
    names = _names()
    for name, value in cells.items():
        if names.get(normal(name)) == part and isinstance(value, str | int | bool):
            return tidy(str(value))
    return ""


def _says_what_to_do(text: str) -> bool:
    said = own_words(text).strip()
    return len(said.split()) >= _LEAST_WORDS and not said.endswith("?")


@cache
def _names() -> Mapping[str, str]:
    return {normal(name): part for name, part in table("message_columns.tsv")}


@cache
def _roles() -> Mapping[str, Role]:
    return {word: Role(role) for word, role in table("roles.tsv")}


@cache
def _open_statuses() -> frozenset[str]:
    return frozenset(status for (status,) in table("open_statuses.tsv"))
