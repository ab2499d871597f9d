"""Searching the saved pairs of the gate, and telling what became of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from kbsearch.cli.progress import stage_bars
from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import count, write_labelled
from kbsearch.errors import FileUnreadable, InputError, OperatorError, shown
from kbsearch.evaluation.gate import TOLERANCE, Comparison, Figures, Move, Pair, parse_pairs
from kbsearch.progress import Stage
from kbsearch.search.results import SearchRequest
from kbsearch.search.synonyms.phrase_table import PhraseTable
from kbsearch.service import KnowledgeBase
from kbsearch.settings import Settings
from kbsearch.text_files import read_lines
from kbsearch.tickets import StoredTicket

MISSING = 10
"""Further lines without a ticket that are named."""


def pairs_file(settings: Settings) -> Path:
    """Return where the pairs are."""
    return settings.home / "gate.tsv"


def load_pairs(path: Path) -> dict[Pair, int]:
    """Return the saved pairs with their lines, none if there is no file."""
    return parse_pairs(read_lines(path), str(path)) if path.exists() else {}


def places(
    kb: KnowledgeBase, pairs: Mapping[Pair, int], synonyms: PhraseTable | None = None
) -> dict[Pair, int | None]:
    """Search every pair; return the place of its ticket, None past the first ten.

    pairs     with the lines that they stand in, for the messages.
    synonyms  instead of those in use.

    Raises FileUnreadable, naming lines, if a ticket is missing or a query cannot be searched, and
    OperatorError if an answer was not complete.
    """
    tickets = _tickets(kb, pairs)
    found = {}
    with stage_bars() as progress:
        for done, (pair, line) in enumerate(pairs.items(), start=1):
            found[pair] = _place(kb, pair, line, tickets[pair], synonyms)
            progress(Stage.SEARCHING, done, len(pairs))
    return found


def print_comparison(console: Console, compared: Comparison) -> None:
    """Print the figures of both runs and the pairs that matter."""
    _row(console, "", "before", "now")
    names = {
        "success@1": "success_1",
        "success@3": "success_3",
        "success@10": "success_10",
        "MRR@10": "mrr",
    }
    for label, name in names.items():
        figures = (getattr(compared.before, name), getattr(compared.now, name))
        _row(console, label, *(f"{figure:.4f}" for figure in figures))
    _print_moves(console, "Out of the first ten", compared.lost)
    _print_moves(console, "Out of the first three", compared.sunk)
    _print_moves(console, "Into the first ten", compared.found)
    _print_moves(console, "Into the first three", compared.risen)


def drop(compared: Comparison) -> str:
    """Say by how much a comparison that did not pass fell."""
    before, now = compared.before, compared.now
    fell = [
        f"{label} fell from {old:.4f} to {new:.4f}"
        for label, old, new in (
            ("success@10", before.success_10, now.success_10),
            ("MRR@10", before.mrr, now.mrr),
        )
        if old - new > TOLERANCE
    ]
    return f"{' and '.join(fell)}, by more than {TOLERANCE}"


def print_figures(console: Console, figures: Figures) -> None:
    """Print the figures of a run that there is nothing to compare with."""
    _row(console, "success@1", f"{figures.success_1:.4f}")
    _row(console, "success@3", f"{figures.success_3:.4f}")
    _row(console, "success@10", f"{figures.success_10:.4f}")
    _row(console, "MRR@10", f"{figures.mrr:.4f}")


def _row(console: Console, label: str, *cells: str) -> None:
    write_labelled(console, label, Text("".join(cell.ljust(10) for cell in cells)))


def _print_moves(console: Console, title: str, moves: Sequence[Move]) -> None:
    if not moves:
        return
    console.print()
    console.print(f"{title}: {count(len(moves), 'pair')}")
    for move in moves:
        places = f"  {move.before or 'none'} -> {move.now or 'none'}"
        told = f"{move.pair.reference}  {move.pair.query}"
        write_labelled(console, places, Text(clean(told)), indent=16)


def _tickets(kb: KnowledgeBase, pairs: Mapping[Pair, int]) -> dict[Pair, StoredTicket]:
    """Return the ticket of each pair; the error names every line that has none."""
    tickets, wrong = {}, {}
    for pair, line in pairs.items():
        try:
            tickets[pair] = kb.ticket(pair.reference, pair.source or None)
        except InputError as error:
            wrong[line] = str(error)
    if wrong:
        (line, reason), *others = wrong.items()
        sentence = f"{pairs_file(kb.settings)}, line {line}: {reason}"
        if others:
            lines = ", ".join(str(line) for line, _ in others[:MISSING])
            more = ", ..." if len(others) > MISSING else ""
            sentence += f" So it is with {count(len(others), 'more line')}: {lines}{more}."
        raise FileUnreadable(sentence)
    return tickets


def _place(
    kb: KnowledgeBase,
    pair: Pair,
    line: int,
    ticket: StoredTicket,
    synonyms: PhraseTable | None,
) -> int | None:
    try:
        result = kb.search(SearchRequest(pair.query), synonyms=synonyms)
    except InputError as error:
        raise FileUnreadable(f"{pairs_file(kb.settings)}, line {line}: {error}") from None
    if result.partial:
        raise OperatorError(
            f'The answer to "{shown(pair.query)}" is not complete, so that nothing can be'
            f" compared: {' '.join(result.notes)}"
        )
    ids = [hit.ticket.id for hit in result.hits]
    return ids.index(ticket.id) + 1 if ticket.id in ids else None
