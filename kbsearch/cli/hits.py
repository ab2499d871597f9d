"""How the hits of a search look on a terminal: what solved it first."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from kbsearch.cli.terminal import clean, count, write, write_labelled
from kbsearch.engines.base import ReadingKind
from kbsearch.search.results import Hit, Reason, SearchResult, Snippet
from kbsearch.tickets import StoredTicket

MARK = "bold yellow"
INDENT = 17
"""Columns of the rank and the label, before the text."""


def print_result(console: Console, result: SearchResult, *, explain: bool) -> None:
    """Print every hit, and how many there are."""
    for note in result.notes:
        write(console, Text(clean(note), style="italic"))
    if result.notes:
        console.print()
    for rank, hit in enumerate(result.hits, start=1):
        _print_hit(console, rank, hit)
        if explain:
            _print_score(console, hit)
        console.print()
    write(console, Text(_ending(result), style="dim"))


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


def _print_hit(console: Console, rank: int, hit: Hit) -> None:
    if hit.resolution is None:
        resolution = Text("No resolution yet.", style="italic")
    else:
        resolution = _marked(hit.resolution)
    _line(console, "Resolution", resolution, rank=f"{rank}.")
    if hit.ticket.subject:
        _line(console, "Subject", Text(clean(hit.ticket.subject), style="bold"))
    if hit.problem.text and hit.problem.text != hit.ticket.subject:
        _line(console, "Problem", _marked(hit.problem))
    if sentences := _sentences(hit.reasons):
        _line(console, "Why", Text("; ".join(sentences)))
    _line(console, "Ticket", Text(origin(hit.ticket), style="cyan"))


def _print_score(console: Console, hit: Hit) -> None:
    _line(console, "Score", Text(f"{hit.score:9.3f}, of which"))
    for reason in hit.reasons:
        part = reason.share / hit.score if hit.score else 0.0
        words = reason.word if reason.word == reason.found else f"{reason.word} -> {reason.found}"
        line = f"{reason.share:9.3f}  {part:4.0%}  {clean(words)} ({reason.kind.value})"
        _line(console, "", Text(line))


def _line(console: Console, label: str, text: Text, *, rank: str = "") -> None:
    write_labelled(console, f"{rank:>4} {label}", text, indent=INDENT)


def _marked(snippet: Snippet) -> Text:
    text = Text(clean(snippet.text))
    for start, end in snippet.marks:
        text.stylize(MARK, start, end)
    return text


def _sentences(reasons: Iterable[Reason]) -> list[str]:
    """Say first which words stand there as typed, then how the others were read."""
    exact = [clean(reason.found) for reason in reasons if reason.kind is ReadingKind.EXACT]
    others = [clean(reason.sentence) for reason in reasons if reason.kind is not ReadingKind.EXACT]
    return (["it has " + ", ".join(dict.fromkeys(exact))] if exact else []) + others


def _ending(result: SearchResult) -> str:
    took = f"{1000 * result.took:.0f} ms"
    if not result.hits:
        return (
            f"Nothing found in {took}. Try fewer or other words, or leave out a filter;"
            " `kbsearch stats` shows what the index holds."
        )
    shown = len(result.hits)
    found = count(result.total, "hit")
    return f"{found} in {took}." if shown == result.total else f"{shown} of {found} in {took}."
