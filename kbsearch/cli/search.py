"""`kbsearch search`: find tickets and what solved them."""

from dataclasses import dataclass

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.hits import print_result
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.options import (
    filter_options,
    grouped,
    json_option,
    limit_option,
    plain_option,
)
from kbsearch.cli.shapes import answer_shape, print_json
from kbsearch.cli.terminal import output
from kbsearch.records.filters import Filters
from kbsearch.records.outcome import CALL_LIMIT
from kbsearch.search.results import SearchRequest


@dataclass(frozen=True, slots=True)
class Wording:
    """How far a hit may be from the words that were typed."""

    plain: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """How much of an answer is printed, and for whom."""

    explain: bool
    as_json: bool


def call_id(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Refuse what is too long for the id of a call."""
    if len(value) > CALL_LIMIT:
        raise click.BadParameter(
            f"has {len(value):,} characters, the limit is {CALL_LIMIT}; give the id alone."
        )
    return value


@click.command(
    cls=Command,
    epilog=examples(
        "kbsearch search outlook keeps asking for the pasword",
        "kbsearch search --product Printers --from 2026-01-01 blank pages",
        "kbsearch search '\"paper jam\" -duplex'",
        "kbsearch search 'printer AND (jam OR stuck) NOT tray'",
        "kbsearch search --json --limit 3 0x80070005",
        "kbsearch search --call 4711 printer jams",
    ),
)
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@limit_option
@filter_options
@grouped(
    "wording",
    Wording,
    plain_option,
    click.option(
        "--exact", is_flag=True, help="Like --plain, and find no other form: not team for Teams."
    ),
)
@click.option(
    "--call",
    default="",
    metavar="ID",
    callback=call_id,
    help="Which call it is for: what did not help in it is shown lower.",
)
@grouped(
    "printed",
    Printed,
    click.option(
        "--explain", is_flag=True, help="Show how each word was read, and the parts of each score."
    ),
    json_option,
)
def search(
    words: tuple[str, ...],
    limit: int,
    filters: Filters,
    wording: Wording,
    call: str,
    printed: Printed,
) -> None:
    """Find tickets and what solved them.

    Words in a row need no quotes; put the query in quotes if it has "a phrase" or a -word to leave
    out. Words are also read in other spellings; "Searched for" says what was likeliest meant, and
    every hit says how it was found. Codes are searched exactly as typed: those that are nearly the
    same follow the hits as "Similar codes", with carets below the characters that differ. If the
    whole query is a customer number as a ticket shows it, the tickets of that customer come first,
    the newest at the top. Finding nothing is no error.

    With --call, what `kbsearch outcome --did-not-help` was said of in the same call is shown lower.

    --explain adds to each hit the words with the reading that matched, in which texts, and what it
    gave to the score; what anything besides the words gave or took, such as how many calls the hit
    solved; and the sum, which is the score.

    --json prints one object: query, total, took_ms, notes, partial (true where time ran out
    before every word was looked at), did_you_mean (the query with its likeliest corrections, ""
    if it needs none), hits, best first, solved (at most three hits with a fix that answer the
    query: they are printed first), older_fixes (tickets whose fix may fit) and near_codes. Each
    hit has rank, score, resolution and problem (text and marks; resolution is null when there is
    none yet), reasons (kind, word, found, share, fields: the texts that hold it), signals (name,
    share) and ticket (reference, source, kind, subject, status, product, category, tags,
    created_at, resolved_at); score is the sum of all shares. Each near code has typed, found,
    marks (what differs in found), hints, total and tickets, the newest that have it. customer is
    null, or has numbers, total and tickets of the customer whose number the query is. Each note,
    reason and signal has a code, the parameters of that code by name, and both as a sentence.
    Marks are pairs of character offsets. Names may be added, never changed.
    """
    request = SearchRequest(
        " ".join(words),
        filters,
        limit=limit,
        tolerant=not wording.plain,
        call=call,
        exact=wording.exact,
    )
    with knowledge_base() as kb:
        result = kb.local.searching.search(request)
    if printed.as_json:
        print_json(output(), answer_shape(result))
    else:
        print_result(output(), result, explain=printed.explain)
