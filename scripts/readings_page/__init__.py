"""docs/readings.md: how a word may be read, and what else moves a hit, by searching for examples.

The tables beside this file hold the tickets, the sections of the page and the examples.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kbsearch.analysis.tables import read_table
from kbsearch.messages.message import render
from kbsearch.records.outcome import OutcomeReport
from kbsearch.records.ticket import TicketFields
from kbsearch.search.results import Hit, NearCode, SearchRequest, SearchResult
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings

NEAR_CODE = "near code"
"""The name of the section of codes that are no hits."""
INTRO = """# Readings

What a word of a query may be read as besides itself, and what else moves a hit. Each row is a query
over the same {tickets} tickets, one of its hits, and the reason that the hit shows.
*Part* is what the reason gave to the score of the hit; `kbsearch search --explain` prints it for
every reason. The word in brackets is the kind of reason in `--explain`, in `--json` and in the API.

A word is read in several ways at once, and a ticket counts by the best of them. What was typed
comes first, unless the index says that it is hardly what was meant.
"""
HEADER = ["| Query | Ticket | Reason | Part |", "| --- | --- | --- | --- |"]
_TABLES = Path(__file__).parent
_SYNONYMS = "phrase\talso\tboth\tnote\ndongle\tfob\tyes\t\n"


class Section(NamedTuple):
    """What the page tells of one kind of reading or one signal; `name` is that of the API."""

    title: str
    name: str
    says: str


class Example(NamedTuple):
    """A query and the ticket that it must find; in the call, the ticket did not help before."""

    title: str
    query: str
    call: str
    reference: str


class Row(NamedTuple):
    """A reason or a signal, as far as the page shows it."""

    name: str
    sentence: str
    share: float


class ExampleFails(Exception):
    """An example is not read in the way that it is an example of."""


def readings() -> str:
    """Return the page."""
    sections = [Section(*row) for row in read_table(_TABLES / "sections.tsv")]
    examples = [Example(*row) for row in read_table(_TABLES / "examples.tsv")]
    with tempfile.TemporaryDirectory() as home:
        kb = knowledge_base(Path(home))
        try:
            told = [INTRO.format(tickets=kb.parts.store.count())]
            told += ["\n".join(_section(kb, section, examples)) + "\n" for section in sections]
        finally:
            kb.close()
    return "\n".join(told)


def knowledge_base(home: Path) -> KnowledgeBase:
    """Return one that holds the tickets of the examples, and what calls said of them."""
    (home / "synonyms.tsv").write_text(_SYNONYMS, encoding="utf-8")
    kb = KnowledgeBase.open(
        Settings(home=home, database_url="", query_deadline_ms=60_000, recent_queries=0)
    )
    rows = read_table(_TABLES / "tickets.tsv")
    for reference, *texts, _, _ in rows:
        subject, problem, resolution = ("" if text == "-" else text for text in texts)
        kb.parts.store.save(
            TicketFields(
                reference=reference, subject=subject, problem=problem, resolution=resolution
            )
        )
    kb.parts.index.reindex()
    for reference, *_, solved, failed in rows:
        for helped, calls in ((True, int(solved)), (False, int(failed))):
            for _call in range(calls):
                kb.local.outcomes.record(reference, OutcomeReport(helped))
    return kb


def _section(kb: KnowledgeBase, section: Section, examples: list[Example]) -> Iterator[str]:
    yield f"## {section.title}\n"
    yield f"{section.says} (`{section.name}`)\n"
    yield from HEADER
    mine = [example for example in examples if example.title == section.title]
    if not mine:
        raise ExampleFails(f"readings: no example is titled {section.title!r}")
    for example in mine:
        yield row(kb, section.name, example)


def row(kb: KnowledgeBase, name: str, example: Example) -> str:
    """Return one row: the first reason or signal of this name of the hit."""
    call = "" if example.call == "-" else example.call
    if call:
        kb.local.outcomes.record(example.reference, OutcomeReport(solved=False, call=call))
    result = kb.local.searching.search(SearchRequest(example.query, call=call))
    if name == NEAR_CODE:
        return _cells(example, *_near(result, example))
    hit = next((hit for hit in result.hits if hit.ticket.reference == example.reference), None)
    if hit is None:
        raise ExampleFails(f"readings: {example.query!r} does not find {example.reference}")
    found = next((row for row in _rows(hit) if row.name == name), None)
    if found is None:
        names = ", ".join(row.name for row in _rows(hit))
        raise ExampleFails(f"readings: {example.query!r} finds it by {names}, not by {name}")
    part = f"{found.share:+.2f} of {hit.score:.2f}"
    return _cells(example, hit.ticket.subject, found.sentence, part)


def _rows(hit: Hit) -> list[Row]:
    reasons = [Row(one.kind.value, render(one.message), one.share) for one in hit.reasons]
    return reasons + [Row(one.name, render(one.message), one.share) for one in hit.signals]


def _near(result: SearchResult, example: Example) -> tuple[str, str, str]:
    """Return the ticket of a near code, what differs, and that it is no hit."""
    for near in result.near_codes:
        for ticket in near.tickets:
            if ticket.reference == example.reference:
                return ticket.subject, _differs(near), "no hit"
    raise ExampleFails(f"readings: {example.query!r} has no near code in {example.reference}")


def _differs(near: NearCode) -> str:
    marks, at = [], 0
    for start, end in near.marks:
        marks += [near.found[at:start], f"**{near.found[start:end]}**"]
        at = end
    found = "".join([*marks, near.found[at:]])
    return "; ".join([f"{found} is not what was typed", *map(render, near.hints)])


def _cells(example: Example, subject: str, sentence: str, part: str) -> str:
    said = f" (call {example.call})" if example.call != "-" else ""
    ticket = f"{example.reference}: {subject}"
    return f"| `{example.query}`{said} | {ticket} | {sentence} | {part} |"
