"""How the hits of a search look on a terminal: what solved it first."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import count, write, write_labelled
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import render
from kbsearch.records.customer import CustomerTickets
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import (
    OUTCOMES,
    RESULTS_LIMIT,
    Hit,
    NearCode,
    Reason,
    SearchResult,
    Snippet,
)

MARK = "bold yellow"
INDENT = 17
"""Columns of the rank and the label, before the text."""
PART = INDENT + 11
"""The same with a part of a score after the label."""


def print_result(console: Console, result: SearchResult, *, explain: bool) -> None:
    """Print every hit, how many there are, and apart from them the codes that are nearly right."""
    for note in result.notes:
        write(console, Text(clean(render(note)), style="italic"))
    if result.did_you_mean:
        write(console, Text.assemble("Searched for: ", (clean(result.did_you_mean), "bold")))
    if result.notes or result.did_you_mean:
        console.print()
    if result.customer is not None:
        _print_customer(console, result.customer)
        if not result.hits:
            return
        console.print()
    _print_hits(console, result, explain=explain)
    write(console, Text(_ending(result), style="dim"))
    if result.near_codes:
        console.print()
        write(console, Text("Similar codes (not the one you typed):", style="bold"))
    for near in result.near_codes:
        console.print()
        _print_near_code(console, near)


def origin(ticket: StoredTicket) -> str:
    """Return where a ticket stands, in one line.

    Such as `KB-7Q3M9X · Printers · resolved · 2026-03-01`.
    """
    moment = ticket.resolved_at or ticket.created_at or ticket.updated_at
    parts = [
        ticket.reference,
        ticket.product,
        ticket.category,
        ticket.status if ticket.kind == "ticket" else ticket.kind.value,
        "" if moment is None else moment.date().isoformat(),
    ]
    return " · ".join(clean(part) for part in parts if part)


def _print_hit(console: Console, rank: int, hit: Hit, *, is_row: bool) -> None:
    """Print a hit, what solved it first; one in a row has no more than what it is about."""
    subject = Text(clean(hit.ticket.subject), style="bold")
    if hit.resolution is None:
        _line(console, "Not solved", subject, rank=f"{rank}.")
    else:
        fix = _marked(hit.resolution)
        if hit.ticket.resolution_from:
            fix.append(f" (from {hit.ticket.resolution_from})", style="dim")
        _line(console, "Resolution", fix, rank=f"{rank}.")
        if hit.ticket.subject:
            _line(console, "Subject", subject)
    said = is_row and hit.ticket.subject
    if hit.problem.text and not said and hit.problem.text != hit.ticket.subject:
        _line(console, "Problem", _marked(hit.problem))
    if sentences := _sentences(hit):
        _line(console, "Why", Text("; ".join(sentences)))
    _line(console, "Ticket", Text(origin(hit.ticket), style="cyan"))


def _print_hits(console: Console, result: SearchResult, *, explain: bool) -> None:
    for rank, hit in enumerate(result.shown, start=1):
        _print_hit(console, rank, hit, is_row=result.is_row(hit))
        if explain:
            _print_score(console, hit)
        console.print()
    if result.older_fixes:
        _print_older(console, result.older_fixes)


def _print_older(console: Console, tickets: Sequence[StoredTicket]) -> None:
    """Print weaker fixes in a line each."""
    write(console, Text(f"Older fixes that may fit: {len(tickets)}", style="bold"))
    for ticket in tickets:
        told = " · ".join(filter(None, (ticket.reference, ticket.subject)))
        _line(console, "", Text(clean(told), style="cyan"))
    console.print()


def _print_customer(console: Console, customer: CustomerTickets) -> None:
    """Print the tickets of a customer, the newest first, one in a line with what it is about."""
    write(console, Text(clean(f"{render(customer.message)}:"), style="bold"))
    for ticket in customer.tickets:
        console.print()
        number = ticket.customer_reference if len(customer.numbers) > 1 else ""
        told = " · ".join(filter(None, (origin(ticket), clean(number))))
        _line(console, "Ticket", Text(told, style="cyan"))
        if ticket.subject:
            _line(console, "Subject", Text(clean(ticket.subject), style="bold"))
    if customer.total > len(customer.tickets):
        console.print()
        more = f"The newest {len(customer.tickets)} of {count(customer.total, 'ticket')}."
        write(console, Text(more, style="dim"))


def _print_score(console: Console, hit: Hit) -> None:
    parts = [(reason.share, _reading(reason)) for reason in hit.reasons]
    parts += [(signal.share, f"{signal.name}: {render(signal.message)}") for signal in hit.signals]
    for place, (share, said) in enumerate(parts):
        _part(console, f"{share:+.3f}", clean(said), label="" if place else "Score")
    _part(console, f"{hit.score:.3f}", "in all", label="" if parts else "Score")


def _part(console: Console, figure: str, said: str, *, label: str) -> None:
    write_labelled(console, f"     {label:<12}{figure:>9}", Text(said), indent=PART)


def _reading(reason: Reason) -> str:
    words = reason.word if reason.word == reason.found else f"{reason.word} -> {reason.found}"
    held = f" in {', '.join(reason.fields)}" if reason.fields else ""
    return f"{words} ({reason.kind.value}){held}"


def _print_near_code(console: Console, near: NearCode) -> None:
    """Print what was typed above what there is, so that the two can be compared."""
    _line(console, "Typed", Text(clean(near.typed)))
    found, carets = _marked(Snippet(near.found, near.marks)), _carets(near)
    room = max(console.width - INDENT, 20)
    for start in range(0, len(near.found), room):
        piece = slice(start, start + room)
        _line(console, "" if start else "Code", found[piece])
        _line(console, "", Text("".join(carets[piece]), style=MARK))
    if near.hints:
        _line(console, "Hint", Text(clean("; ".join(map(render, near.hints)))))
    newest = ", the newest:" if near.total > len(near.tickets) else ":"
    _line(console, "In", Text(count(near.total, "ticket") + newest))
    for ticket in near.tickets:
        told = " · ".join(filter(None, (ticket.reference, ticket.subject)))
        _line(console, "", Text(clean(told), style="cyan"))


def _carets(near: NearCode) -> list[str]:
    """Return what stands below each character: marks that are seen without colours, too."""
    marked = {place for start, end in near.marks for place in range(start, end)}
    return [
        ("^" if place in marked else " ") * cell_len(letter)
        for place, letter in enumerate(clean(near.found))
    ]


def _line(console: Console, label: str, text: Text, *, rank: str = "") -> None:
    write_labelled(console, f"{rank:>4} {label}", text, indent=INDENT)


def _marked(snippet: Snippet) -> Text:
    text = Text(clean(snippet.text))
    for start, end in snippet.marks:
        text.stylize(MARK, start, end)
    return text


def _sentences(hit: Hit) -> list[str]:
    """Say first which words stand there as typed, then how the others were read."""
    exact = [clean(word) for word in hit.words(Code.HAS)]
    read = [reason.message for reason in hit.telling if reason.message[0] is not Code.HAS]
    told = [signal.message for signal in hit.signals if signal.name in OUTCOMES]
    first = ["it has " + ", ".join(exact)] if exact else []
    return first + [clean(render(message)) for message in read + told]


def _ending(result: SearchResult) -> str:
    if result.lacks_a_word:
        return "Nothing was searched."
    took = f"{1000 * result.took:.0f} ms"
    if not result.hits and result.near_codes:
        return f"Nothing found in {took}. Ask for the code again: others come near it."
    if not result.hits and result.names_value:
        return f"Nothing found in {took}."
    if not result.hits:
        return (
            f"Nothing found in {took}. Try fewer or other words, or leave out a filter;"
            " `kbsearch stats` shows what the index holds."
        )
    shown = len(result.hits)
    found = count(result.total, "hit")
    if shown == result.total:
        return f"{found} in {took}."
    return f"{shown} of {found} in {took}.{_more(shown, result.total)}"


def _more(shown: int, total: int) -> str:
    """Say how to see the hits that the limit hides.

    >>> _more(3, 13), _more(10, 157_082)
    (' 10 more: add --limit 13', ' 157,072 more: add --limit 200 for the best of them')
    """
    more = total - shown
    if more <= 0:
        return ""
    if total <= RESULTS_LIMIT:
        return f" {more:,} more: add --limit {total}"
    if shown < RESULTS_LIMIT:
        return f" {more:,} more: add --limit {RESULTS_LIMIT} for the best of them"
    return f" {more:,} more: add a word or a filter to see fewer."
