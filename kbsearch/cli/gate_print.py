"""What the terminal shows of a run of the gate."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import count, write_labelled
from kbsearch.evaluation.gate import TOLERANCE, Comparison, Move, PairFigures


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


def print_figures(console: Console, figures: PairFigures) -> None:
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
