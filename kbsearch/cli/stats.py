"""`kbsearch stats`: count the tickets and describe the index."""

from dataclasses import asdict

import click
from rich.console import Console
from rich.text import Text

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.options import json_option
from kbsearch.cli.shapes import print_json
from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import count, output, size, write_labelled
from kbsearch.messages.message import render, shape
from kbsearch.records.index_state import IndexState
from kbsearch.services.figures import Stats
from kbsearch.services.shapes import Shape

PRODUCTS = 20
"""Products that are listed; the others are only counted."""


@click.command(cls=Command, epilog=examples("kbsearch stats", "kbsearch stats --json"))
@json_option
def stats(as_json: bool) -> None:
    """Count the tickets and describe the index.

    --json prints one object: tickets, resolved, products (name to tickets), index (tickets,
    watermark, fingerprint, size_bytes, unmerged (tickets added
    since the last reindex), spare (whether there is one to return to), damage (what is damaged,
    as messages, empty if it is sound) and partial (whether the damaged part is left out); null when
    there is none that can be searched), trouble (why there is none), behind (changes that the index
    has not taken in) and store.
    """
    with knowledge_base() as kb:
        found = kb.local.figures.stats()
    if as_json:
        print_json(output(), stats_shape(found))
    else:
        print_stats(output(), found)


def print_stats(console: Console, found: Stats) -> None:
    """Print the figures in a column."""
    share = f" ({found.resolved / found.tickets:.0%})" if found.tickets else ""
    write_labelled(console, "Tickets", Text(f"{found.tickets:,}"))
    write_labelled(console, "Resolved", Text(f"{found.resolved:,}{share}"))
    for label, line in zip(_labels(found), _products(found), strict=True):
        write_labelled(console, label, Text(line))
    write_labelled(console, "Index", Text(_index(found)))
    if found.index is not None and found.index.damage:
        write_labelled(console, "Damage", Text(_damage(found.index)))
    elif found.index is not None and found.index.spare:
        told = "the index before the last reindex; kbsearch rollback returns to it"
        write_labelled(console, "Spare", Text(told))
    console.print(f"{'Store':12}{clean(found.store)}", soft_wrap=True)


def stats_shape(found: Stats) -> Shape:
    """Return what `--json` prints."""
    return {
        "tickets": found.tickets,
        "resolved": found.resolved,
        "products": dict(found.products),
        "index": None if found.index is None else _index_shape(found.index),
        "trouble": found.trouble,
        "behind": found.behind,
        "store": found.store,
    }


def _index_shape(state: IndexState) -> Shape:
    """Return what is known of an index, but not whose it is: that serves kbsearch alone."""
    known = {**asdict(state), "damage": [*map(shape, state.damage)]}
    del known["store"], known["change"]
    return known


def _products(found: Stats) -> list[str]:
    """Return a line for each product, the most frequent first."""
    lines = [f"{number:>10,}  {clean(name)}" for name, number in found.products[:PRODUCTS]]
    hidden = len(found.products) - PRODUCTS
    return [*lines, f"{'':10}  and {hidden:,} more"] if hidden > 0 else lines


def _labels(found: Stats) -> list[str]:
    lines = len(_products(found))
    return ["Products", *[""] * (lines - 1)][:lines]


def _index(found: Stats) -> str:
    state = found.index
    if state is None:
        return clean(found.trouble)
    behind = f"{count(found.behind, 'change')} behind" if found.behind else "up to date"
    contents = f"{count(state.tickets, 'ticket')}, {size(state.size_bytes)}"
    return f"{contents}, {behind} (watermark {state.watermark:,})"


def _damage(state: IndexState) -> str:
    done = "what it held is left out" if state.partial else "the spare answers in its place"
    damage = "; ".join(map(render, state.damage))
    return f"{clean(damage)}; {done}. To rebuild the index, run: kbsearch reindex"
