"""The words of a query in a ticket: found in one pass, as the plain way finds them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.tables import read_table
from kbsearch.engines.base import View
from kbsearch.engines.plan import Clause, Plan, Reading
from kbsearch.records.ticket import StoredTicket
from kbsearch.resources import resource
from kbsearch.search.matches.explain import HeldReadings
from kbsearch.search.matches.match_finder import FoundWords, WordFinder
from tests.search import desk
from tests.search.reference import PlainWords, plain_marks

QUERIES = (
    "modem red light 0x80070005",
    "wifi wi-fi win10 windows 10.2.1",
    "pasword resolushun colour cheque teh",
    "pay-4417 pass word e-mail o'neill",
    "passwordreset outloook",
)
PIECES = (
    *("modem", "MODEMS", "modum", "red", "Wi-Fi", "wi fi", "wifi", "WIFI's", "win10", "Win 10"),
    *("PAY-4417", "pay4417", "PAY-4471", "10.2.1", "v10.2", "0x80070005", "e-mail", "E\u2011mail"),
    *("pass", "word", "password", "passwd", "resolution", "Colour", "check", "the", "O’Neill’s"),
    *("reset", "outlook", "u.s.a", "mail.example.com", "a_b", "e\u0301", "İ", "ﬁ", "__", "x" * 70),
)
JOINTS = st.sampled_from((" ", "", "-", ".", "\n", ", ", "'", " - ", "\u00ad"))
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), JOINTS), max_size=30).map(
    lambda pairs: "".join(piece + joint for piece, joint in pairs)
)
ANY_TEXT = TEXTS | st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


def readings(plan: Plan) -> Iterable[Reading]:
    return (reading for clause in plan.clauses for reading in clause.readings)


def check(plan: Plan, finder: WordFinder, ticket: StoredTicket) -> None:
    """Compare the one pass over a ticket with the plain way."""
    (words,), plain = finder.words_of([ticket]), PlainWords(ticket)
    for reading in readings(plan):
        assert words.has(reading) == plain.has(reading), reading
    for key, one in words.by_term.items():
        assert list(one.spellings) == list(plain.spellings[key])
    held = HeldReadings(plan.clauses).of(words)
    shown = ticket.problem.strip()
    if shown:
        snippet = held.highlighter.snippet(words, "problem", len(shown) + 1)
        pairs = zip(held.clauses, plan.clauses, strict=True)
        marking = tuple(found for found, asked in pairs if asked.readings)  # no small words
        assert list(snippet.marks) == plain_marks(shown, marking)


@pytest.mark.parametrize("query", QUERIES)
@given(problem=ANY_TEXT, resolution=ANY_TEXT)
def test_any_text_gives_the_same_words_and_marks(query: str, problem: str, resolution: str) -> None:
    plan = desk.plan(query, typing=True)
    found = desk.ticket(1, "A printer", problem=problem, resolution=resolution)
    check(plan, WordFinder(plan.clauses), found)


def test_the_samples_give_the_same_words_and_marks() -> None:
    tickets = [*samples()]
    index = desk.engine(*tickets).snapshot(View.INTERNAL)
    rows = read_table(Path(__file__).parents[1] / "rep_queries.tsv")
    for _, _, query, _ in rows:
        plan = desk.plan(query, index=index)
        finder = WordFinder(plan.clauses)
        for ticket in tickets[::7]:
            check(plan, finder, ticket)


def test_what_a_finder_saw_in_one_ticket_says_nothing_about_the_next() -> None:
    finder = WordFinder(desk.plan("printer screen", tolerant=False).clauses)
    words = finder.words_of([desk.ticket(1, "Printer"), desk.ticket(2, "A screen")])
    assert [list(one.by_term) for one in words] == [[("text", "printer")], [("text", "screen")]]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_tickets_looked_at_together_hold_what_each_does(
    pairs: list[tuple[str, str]],
) -> None:
    finder = WordFinder(desk.plan(QUERIES[0], typing=True).clauses)
    tickets = [
        desk.ticket(number, subject or ".", problem=problem)
        for number, (subject, problem) in enumerate(pairs, 1)
    ]
    for ticket, words in zip(tickets, finder.words_of(tickets), strict=True):
        (alone,) = finder.words_of([ticket])
        assert (words.texts, words.by_term) == (alone.texts, alone.by_term)
        assert starts(words) == starts(alone)


def starts(words: FoundWords) -> dict[str, list[int]]:
    return {name: [start for start, _ in held] for name, held in words.places.items()}


def test_words_stand_side_by_side_in_one_text_only() -> None:
    (clause,) = desk.plan("wifi").clauses
    apart = desk.ticket(1, "No wi", problem="fi and wi and fi")
    together = desk.ticket(2, "No sound", problem="The wi fi")
    assert sides(clause, apart) == []
    assert sides(clause, together) == [("wi", "fi")]


def sides(clause: Clause, ticket: StoredTicket) -> list[tuple[str, ...]]:
    """Return the readings of several terms that a ticket holds."""
    (words,) = WordFinder([clause]).words_of([ticket])
    return [one.terms for one in clause.readings if len(one.terms) > 1 and words.has(one)]


def samples() -> Iterable[StoredTicket]:
    """Yield the sample tickets as the store would."""
    names: tuple[str, ...] = ("reference", "product", "subject", "problem", "environment")
    number = 0
    for path in sorted(resource("index/samples").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            number += 1
            texts = {name: row.get(name, "") for name in (*names, "cause", "resolution")}
            yield StoredTicket(id=number, revision=1, **texts)
