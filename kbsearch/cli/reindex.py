"""`kbsearch reindex`: build the search index anew."""

import time

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.terminal import count, output, size, write


@click.command(cls=Command, epilog=examples("kbsearch reindex"))
def reindex() -> None:
    """Build the search index anew.

    Every ticket of the store is read. Searches go on meanwhile, by the index as it was; the new
    one takes its place when it is complete.
    """
    start = time.perf_counter()
    with knowledge_base() as kb, stage_bars() as progress:
        state = kb.reindex(progress)
    seconds = time.perf_counter() - start
    rate = f"{state.tickets / seconds:,.0f} a second"
    took = f"{count(state.tickets, 'ticket')} indexed in {seconds:.1f} s ({rate})"
    write(output(), f"{took}; the index takes {size(state.size_bytes)}.")
