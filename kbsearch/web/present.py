"""Show the values of a ticket on a page. Templates escape them, except for marks."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from operator import itemgetter

from flask import Flask
from markupsafe import Markup, escape

from kbsearch.api.addresses import ticket_address
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import render, sentence
from kbsearch.records.message import Message
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import (
    OUTCOMES,
    Hit,
    NearCode,
    Reason,
    SearchResult,
    Signal,
    Snippet,
    fix_of,
    shown_parts,
)

READING_NAMES = {
    ReadingKind.EXACT: "exact",
    ReadingKind.VARIANT: "US/UK spelling",
    ReadingKind.PREFIX: "starts with",
    ReadingKind.COMPOUND: "one word / two words",
    ReadingKind.SPOKEN: "spelt out",
    ReadingKind.SYNONYM: "synonym",
    ReadingKind.DIALECT: "local English",
    ReadingKind.SPELLING: "spelling",
    ReadingKind.SOUND: "sound",
}
"""What people call a reading of each kind; programs get the kind itself."""
_STEP = re.compile(r"\s*(?:\d{1,2}[.)]|[-*•–])\s+\S")
_MARK, _UNMARK = "\0(", "\0)"
"""What no text holds, for none that is stored has a NUL, and what is left as it is by escaping."""
COUNTED = 100
"""Tickets up to which their number helps to decide whether to add a word."""


def marked(snippet: Snippet) -> Markup:
    """Return a snippet as HTML with its marks; its text is escaped in one go.

    >>> marked(Snippet("no <sound>", ((4, 9),)))
    Markup('no &lt;<mark>sound</mark>&gt;')
    """
    text, at = snippet.text, 0
    runs: list[str] = []
    for start, end in sorted(snippet.marks):
        runs.append(text[at:start])
        if run := text[max(start, at) : end]:
            runs += _MARK, run, _UNMARK
        at = max(at, end)
    escaped = str(escape("".join((*runs, text[at:]))))
    shown = escaped.replace(_MARK, "<mark>").replace(_UNMARK, "</mark>")
    return Markup(shown)  # noqa: S704 - all of the text is escaped


def steps(snippet: Snippet) -> Markup:
    """Return a resolution as HTML with its marks, what is numbered or pointed at as a list.

    Each line keeps its line feed, so that a copy of the text has it, too.

    >>> steps(Snippet("1. Open it"))
    Markup('<ol class="steps"><li>1. Open it</li></ol>')
    """
    html = []
    for is_list, lines in groupby(_steps(str(marked(snippet))), key=itemgetter(0)):
        runs = "".join([f"<li>{run}</li>" if is_list else run for _, run in lines])
        html.append(f'<ol class="steps">{runs}</ol>' if is_list else runs)
    return Markup("".join(html))  # noqa: S704 - `marked` escaped it


def _steps(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the lines of a text, each with whether it is a step; one goes on in indented lines."""
    step = ""
    for line in text.splitlines(keepends=True):
        if step and line[0].isspace() and not line.isspace() and not _STEP.match(line):
            step += line
            continue
        if step:
            yield True, step
        step = line if _STEP.match(line) else ""
        if not step:
            yield False, line
    if step:
        yield True, step


def has_letter(ticket: StoredTicket) -> bool:
    """Tell whether a resolution has a greeting, thanks or a sign-off around its steps."""
    return fix_of(ticket).text != ticket.resolution.strip()


def is_part(hit: Hit) -> bool:
    """Tell whether a hit shows a part of its fix only."""
    return hit.resolution is not None and hit.resolution.text != fix_of(hit.ticket).text


def age(moment: datetime) -> str:
    """Return how long ago a moment was, in words.

    >>> age(datetime.now(UTC))
    'today'
    """
    days = max((datetime.now(UTC) - moment).days, 0)
    for length, unit in ((365, "year"), (30, "month"), (7, "week"), (1, "day")):
        if count := days // length:
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "today"


def exact_words(hit: Hit) -> list[str]:
    """Return the words that the hit has as they were typed; they share one chip."""
    return hit.words(Code.HAS)


def other_forms(hit: Hit) -> list[str]:
    """Return the words that the hit has in another form than was typed; they share one chip."""
    return hit.words(Code.HAS_FORM)


def reading_name(reason: Reason) -> str:
    """Return how a word was read, in a rep's words."""
    return READING_NAMES[reason.kind]


def tolerant_reasons(hit: Hit) -> list[Reason]:
    """Return the reasons that need a sentence: a word was read in another way."""
    in_a_chip = Code.HAS, Code.HAS_FORM
    return [reason for reason in hit.telling if reason.message[0] not in in_a_chip]


def told_outcomes(hit: Hit) -> list[Signal]:
    """Return what calls said of a hit, this one or others."""
    return [signal for signal in hit.signals if signal.name in OUTCOMES]


def near_first(result: SearchResult) -> bool:
    """Tell whether near codes stand first: nothing else fits the code that was typed."""
    if not result.near_codes or not result.hits:
        return bool(result.near_codes)
    whole = {near.typed.casefold() for near in result.near_codes} == {
        result.query.strip().casefold()
    }
    return whole and not any(exact_words(hit) or other_forms(hit) for hit in result.hits)


def code_snippet(near: NearCode) -> Snippet:
    """Return a near code with the characters marked that differ from what was typed."""
    return Snippet(near.found, near.marks)


def code_tickets(near: NearCode) -> str:
    """Return how many tickets have a near code, and which of them are listed.

    >>> code_tickets(NearCode("e104", "e1o4", ((2, 3),), "", total=1200, tickets=()))
    'in 1,200 tickets, the newest:'
    """
    tickets = "1 ticket" if near.total == 1 else f"{near.total:,} tickets"
    return f"in {tickets}, the newest:" if near.total > len(near.tickets) else f"in {tickets}:"


def day(moment: datetime) -> str:
    """Return the day in words that no country reads another way.

    >>> day(datetime(2026, 3, 7))
    '7 Mar 2026'
    """
    return f"{moment.day} {moment:%b %Y}"


def summary(result: SearchResult) -> str:
    """Return how many tickets matched, as far as the number helps.

    >>> summary(SearchResult(query="modem", hits=(), total=1, took=0.0081))
    '1 ticket'
    """
    if result.customer is not None:
        return f"{_counted(result.customer.total)} of this customer"
    shown = len(result.hits)
    if result.total <= max(shown, 1):
        return _counted(result.total)
    return f"{shown} best of {result.total if result.total <= COUNTED else 'many'}"


def took(result: SearchResult) -> str:
    """Return how long it took to answer.

    >>> took(SearchResult(query="modem", hits=(), total=1, took=0.0081))
    'Answered in 8 ms'
    """
    return f"Answered in {round(result.took * 1000) or 'under 1'} ms"


def _counted(tickets: int) -> str:
    return "1 ticket" if tickets == 1 else f"{tickets:,} tickets"


def stored(value: object) -> str:
    """Return the value of a field of a ticket as a person reads it.

    >>> stored(("vpn", "mac")), stored(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    ('vpn, mac', '2026-03-02 09:30 UTC')
    """
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if not isinstance(value, tuple):
        return str(value)
    messages = [one for one in value if isinstance(one, Message)]
    if messages:
        return "\n\n".join(f"{one.role.value}: {one.text}" for one in messages)
    return ", ".join(map(str, value))


def add_to_templates(app: Flask) -> None:
    """Let the templates of this application use these."""
    filters = (
        *(age, code_snippet, code_tickets, day, exact_words, fix_of, has_letter, is_part),
        *(marked, near_first, other_forms, reading_name, render, sentence, steps, summary),
        *(shown_parts, stored, told_outcomes, tolerant_reasons, took),
    )
    app.jinja_env.filters.update({one.__name__: one for one in filters})
    app.jinja_env.filters["ticket_address"] = partial(ticket_address, "pages")
