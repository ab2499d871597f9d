"""`kbsearch reindex`: rebuild the search index."""

import time

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.terminal import count, output, size, write
from kbsearch.messages.message import render


@click.command(cls=Command, epilog=examples("kbsearch reindex", "kbsearch reindex --allow-shrink"))
@click.option(
    "--allow-shrink", is_flag=True, help="Swap even if over 2 % of the tickets would be gone."
)
def reindex(allow_shrink: bool) -> None:
    """Rebuild the search index.

    Every ticket of the store is read. Searches and changes go on meanwhile, by the index as it was;
    the new one takes its place when it is complete and has taken in what changed.

    A new index with over 2 % fewer tickets than the one in use is refused, for then the store has
    rather lost some; --allow-shrink takes it all the same. The index that was replaced is kept:
    `kbsearch rollback` returns to it.
    """
    start = time.perf_counter()
    with knowledge_base() as kb, stage_bars() as progress:
        done = kb.local.indexing.rebuild(progress, allow_shrink=allow_shrink)
    if done.why:
        write(output(), render(done.why))
    state = done.state
    seconds = time.perf_counter() - start
    rate = f"{state.tickets / seconds:,.0f} a second"
    took = f"{count(state.tickets, 'ticket')} indexed in {seconds:.1f} s ({rate})"
    write(output(), f"{took}; the index takes {size(state.size_bytes)}.")
