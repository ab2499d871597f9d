"""How hits look, at 80 columns and in a pipe."""

import io
from dataclasses import replace

from rich.console import Console

from kbsearch.cli.hits import print_result
from kbsearch.engines.base import ReadingKind
from kbsearch.search.results import Hit, Reason, SearchResult, Snippet
from kbsearch.tickets import StoredTicket

TICKET = StoredTicket(
    id=1,
    revision=1,
    reference="T-1",
    subject="Color printer jams",
    product="Printers",
    status="resolved",
)
HIT = Hit(
    ticket=TICKET,
    score=4.0,
    problem=Snippet("the color printer jams", ((4, 9), (10, 17))),
    resolution=Snippet("Reseat the paper tray. " * 6),
    reasons=(
        Reason(ReadingKind.VARIANT, "colour", "color", '"colour" is British for "color"', 3.0),
        Reason(ReadingKind.EXACT, "printer", "printer", '"printer" as typed', 1.0),
    ),
)


def shown(result: SearchResult, *, explain: bool = False, colours: bool = False) -> str:
    page = io.StringIO()
    console = Console(
        file=page, width=80, force_terminal=colours, color_system="standard" if colours else None
    )
    print_result(console, result, explain=explain)
    return page.getvalue()


def answer(*hits: Hit, total: int | None = None) -> SearchResult:
    return SearchResult("colour printer", hits, len(hits) if total is None else total, 0.0123)


def test_the_resolution_comes_first_and_is_wrapped_beside_its_label() -> None:
    lines = shown(answer(HIT)).splitlines()
    assert lines[0].startswith("  1. Resolution  Reseat the paper tray. ")
    assert lines[1].startswith(" " * 17 + "Reseat") or lines[1].startswith(" " * 17 + "tray")
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_ticket_without_a_resolution_says_so() -> None:
    assert "  1. Resolution  No resolution yet.\n" in shown(answer(replace(HIT, resolution=None)))


def test_every_hit_says_in_words_why_it_is_there() -> None:
    assert '     Why         it has printer; "colour" is British for "color"\n' in (
        shown(answer(HIT))
    )


def test_the_last_line_counts_what_was_found() -> None:
    assert shown(answer(HIT)).endswith("\n1 hit in 12 ms.\n")
    assert shown(answer(HIT, total=1234)).endswith("\n1 of 1,234 hits in 12 ms.\n")


def test_finding_nothing_ends_with_what_to_try_next() -> None:
    assert shown(answer()).startswith("Nothing found in 12 ms. Try ")


def test_an_explanation_gives_each_word_its_share() -> None:
    text = shown(answer(HIT), explain=True)
    assert "3.000   75%  colour -> color (variant)\n" in text
    assert "1.000   25%  printer (exact)\n" in text


def test_matches_are_marked_on_a_terminal_only() -> None:
    assert "the \x1b[1;33mcolor\x1b[0m \x1b[1;33mprinter\x1b[0m jams" in (
        shown(answer(HIT), colours=True)
    )
    assert "\x1b" not in shown(answer(HIT))


def test_a_ticket_cannot_steer_the_terminal() -> None:
    ticket = replace(TICKET, subject="\x1b]0;pwned\x07 \x9b2J [bold]plain[/bold]")
    text = shown(answer(replace(HIT, ticket=ticket)))
    assert "\ufffd]0;pwned\ufffd \ufffd2J [bold]plain[/bold]" in text
    assert not {"\x1b", "\x07", "\x9b"} & set(text)


def test_a_subject_is_not_repeated_as_the_problem() -> None:
    hit = replace(HIT, problem=Snippet(TICKET.subject))
    assert shown(answer(hit)).count("Color printer jams") == 1
