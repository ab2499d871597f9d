"""How hits look, at 80 columns and in a pipe."""

import io
from dataclasses import replace

from rich.console import Console

from kbsearch.cli.hits import print_result
from kbsearch.messages.catalogue import Code
from kbsearch.records.customer import CustomerTickets
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import Hit, NearCode, Reason, SearchResult, Signal, Snippet

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
        Reason(ReadingKind.VARIANT, "colour", "color", (Code.ALSO_SPELT, "colour", "color"), 3.0),
        Reason(ReadingKind.EXACT, "printer", "printer", (Code.HAS, "printer"), 1.0),
    ),
)

SOLVED = Signal("outcome", (Code.WORKED, 7, 8), 0.5)
SAYS_HOW = Signal("solved", (Code.SAYS_SOLUTION,), 0.25)
FAILED = Signal("failed", (Code.DID_NOT_HELP,), -3.5)
NEAR = NearCode("PAY-4418", "PAY-4471", ((6, 8),), (), total=12, tickets=(TICKET,))


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
    lines = shown(answer(HIT._replace(resolution=None))).splitlines()
    assert lines[0] == "  1. Not solved  Color printer jams"
    assert not any(line.startswith("     Problem") for line in lines)


def test_what_solved_it_is_printed_before_the_other_hits_and_weaker_fixes_below() -> None:
    other = HIT._replace(ticket=replace(TICKET, id=2, reference="T-2"), resolution=None)
    found = replace(answer(other, HIT), solved=(HIT,), older_fixes=(replace(TICKET, id=3),))
    text = shown(found)
    assert text.index("  1. Resolution") < text.index("  2. Not solved")
    assert "Older fixes that may fit: 1\n" + " " * 17 + "T-1 · Color printer jams\n" in text


def test_every_hit_says_in_words_why_it_is_there() -> None:
    assert '     Why         it has printer; "colour" is also spelt "color"\n' in (
        shown(answer(HIT))
    )


def test_the_last_line_counts_what_was_found() -> None:
    assert shown(answer(HIT)).endswith("\n1 hit in 12 ms.\n")
    assert shown(answer(HIT, total=1234)).endswith(
        "\n1 of 1,234 hits in 12 ms. 1,233 more: add --limit 200 for the best of them\n"
    )
    assert shown(answer(HIT, total=3)).endswith("\n1 of 3 hits in 12 ms. 2 more: add --limit 3\n")


def test_finding_nothing_ends_with_what_to_try_next() -> None:
    assert shown(answer()).startswith("Nothing found in 12 ms. Try ")


def test_an_explanation_says_how_each_word_was_read_and_what_that_gave() -> None:
    assert (
        "     Score          +3.000  colour -> color (variant)\n"
        "                    +1.000  printer (exact)\n"
        "                     4.000  in all\n"
    ) in shown(answer(HIT), explain=True)


def test_an_explanation_says_which_texts_of_the_ticket_hold_a_word() -> None:
    held = HIT.reasons[0]._replace(fields=("subject", "problem"))
    text = shown(answer(HIT._replace(reasons=(held,))), explain=True)
    assert "+3.000  colour -> color (variant) in subject, problem\n" in text


def test_words_that_stand_side_by_side_are_no_reason_of_their_own() -> None:
    pair = Signal("together", (Code.SIDE_BY_SIDE, "color printer"), 0.5)
    assert "side by side" not in shown(answer(HIT._replace(signals=(pair,))))


def test_an_explanation_names_all_that_gave_or_took_and_ends_with_the_score() -> None:
    hit = HIT._replace(score=0.75, signals=(SAYS_HOW, FAILED))
    assert (
        "                    +0.250  solved: it says what solved the problem\n"
        "                    -3.500  failed: it did not help in this call\n"
        "                     0.750  in all\n"
    ) in shown(answer(hit), explain=True)


def test_a_long_part_of_a_score_is_wrapped_beside_its_figure() -> None:
    hit = HIT._replace(signals=(SOLVED._replace(message=(Code.HAS, "calls " * 20)),))
    lines = shown(answer(hit), explain=True).splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith(" " * 28 + "calls") for line in lines)


def test_a_hit_that_no_word_found_has_a_score_all_the_same() -> None:
    hit = HIT._replace(score=0.0, reasons=())
    assert "     Score           0.000  in all\n" in shown(answer(hit), explain=True)


def test_what_calls_said_is_a_reason_and_other_signals_are_not() -> None:
    hit = HIT._replace(reasons=HIT.reasons[1:], signals=(SOLVED, SAYS_HOW))
    assert "     Why         it has printer; worked in 7 of 8 calls\n" in shown(answer(hit))
    hit = hit._replace(signals=(FAILED,))
    assert "     Why         it has printer; it did not help in this call\n" in shown(answer(hit))


def test_what_was_meant_stands_above_the_hits() -> None:
    text = shown(replace(answer(HIT), did_you_mean="colour printer"))
    assert text.startswith("Searched for: colour printer\n\n  1. Resolution")
    assert "Searched for" not in shown(answer(HIT))


def test_a_near_code_stands_apart_with_carets_below_what_differs() -> None:
    text = shown(replace(answer(HIT), near_codes=(NEAR,)))
    assert text.endswith(
        "\n1 hit in 12 ms.\n"
        "\n"
        "Similar codes (not the one you typed):\n"
        "\n"
        "     Typed       PAY-4418\n"
        "     Code        PAY-4471\n"
        "                       ^^\n"
        "     In          12 tickets, the newest:\n"
        "                 T-1 · Color printer jams\n"
    )


def test_a_near_code_says_why_it_may_be_taken_for_the_other() -> None:
    near = replace(NEAR, hints=((Code.LOOK_ALIKE, "1", "7"),), total=1)
    text = shown(replace(answer(HIT), near_codes=(near,)))
    assert "     Hint        1 and 7 look alike\n     In          1 ticket:\n" in text


def test_a_near_code_is_marked_in_colour_where_there_are_colours() -> None:
    text = shown(replace(answer(HIT), near_codes=(NEAR,)), colours=True)
    assert "PAY-44\x1b[1;33m71\x1b[0m" in text
    assert "\x1b[1;33m      ^^\x1b[0m" in text


def test_the_carets_of_a_long_code_stay_below_its_characters() -> None:
    near = replace(NEAR, found="A1" * 50, marks=((0, 1), (99, 100)))
    lines = shown(replace(answer(HIT), near_codes=(near,))).splitlines()
    start = lines.index("     Code        " + ("A1" * 50)[:63])
    assert lines[start + 1 : start + 4] == [
        " " * 17 + "^",
        " " * 17 + ("A1" * 50)[63:],
        " " * 17 + " " * 36 + "^",
    ]


def test_a_near_code_cannot_steer_the_terminal() -> None:
    near = replace(
        NEAR,
        typed="a\x1b1",
        found="a\x9b2",
        marks=((2, 3),),
        hints=((Code.LOOK_ALIKE, "1", "\x07"),),
    )
    assert not {"\x1b", "\x9b", "\x07"} & set(shown(replace(answer(), near_codes=(near,))))


def test_a_code_that_only_comes_near_is_nothing_found_and_says_what_to_ask() -> None:
    text = shown(replace(answer(), near_codes=(NEAR,)))
    assert text.startswith("Nothing found in 12 ms. Ask for the code again: others come near it.\n")


def test_matches_are_marked_on_a_terminal_only() -> None:
    assert "the \x1b[1;33mcolor\x1b[0m \x1b[1;33mprinter\x1b[0m jams" in (
        shown(answer(HIT), colours=True)
    )
    assert "\x1b" not in shown(answer(HIT))


def test_a_ticket_cannot_steer_the_terminal() -> None:
    ticket = replace(TICKET, subject="\x1b]0;pwned\x07 \x9b2J [bold]plain[/bold]")
    text = shown(answer(HIT._replace(ticket=ticket)))
    assert "\ufffd]0;pwned\ufffd \ufffd2J [bold]plain[/bold]" in text
    assert not {"\x1b", "\x07", "\x9b"} & set(text)


def test_a_subject_is_not_repeated_as_the_problem() -> None:
    hit = HIT._replace(problem=Snippet(TICKET.subject))
    assert shown(answer(hit)).count("Color printer jams") == 1


def test_the_tickets_of_a_customer_come_before_the_hits() -> None:
    customer = CustomerTickets(("C-20806",), 12, (TICKET,))
    assert shown(replace(answer(HIT), customer=customer)).startswith(
        "Tickets of customer C-20806:\n"
        "\n"
        "     Ticket      T-1 · Printers · resolved\n"
        "     Subject     Color printer jams\n"
        "\n"
        "The newest 1 of 12 tickets.\n"
        "\n"
        "  1. Resolution  Reseat"
    )


def test_tickets_of_a_customer_without_hits_are_not_nothing_found() -> None:
    ticket = replace(TICKET, customer_reference="12\x1b-345")
    customer = CustomerTickets(("12\x1b-345", "123-45"), 1, (ticket,))
    text = shown(replace(answer(), customer=customer))
    assert "Nothing found" not in text
    assert "\x1b" not in text
    assert text.count("-345") == 2


def test_another_form_is_named_and_a_word_that_finds_nothing_is_not() -> None:
    reasons = (
        Reason(ReadingKind.EXACT, "wont", "not", (Code.SAYS_SAME, "not", "wont"), 0.5),
        Reason(ReadingKind.EXACT, "jamming", "jams", (Code.HAS_FORM, "jams", "jamming"), 1.0),
        Reason(ReadingKind.EXACT, "404", "404", (Code.REFERENCE_HAS, "404"), 1.0),
    )
    text = " ".join(shown(answer(HIT._replace(reasons=reasons))).split())
    assert 'Why it has "jams", another form of "jamming"; its reference has "404" Ticket' in text


def test_who_is_answered_with_the_value_that_there_is_gets_no_other_advice() -> None:
    note = Code.VALUES_UNKNOWN_NEAR, "category", ("tap",), ("taps",)
    assert shown(replace(answer(), notes=(note,))).endswith("Nothing found in 12 ms.\n")
