"""`kbsearch serve`: the search page and the API."""

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import say_if_open
from kbsearch.cli.options import Number
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.terminal import count, errors, output, write
from kbsearch.errors import OperatorError
from kbsearch.messages.message import render
from kbsearch.runtime.server import serve as serve_pages
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import load_settings
from kbsearch.web.app import create_app


@click.command(
    cls=Command, epilog=examples("kbsearch serve", "kbsearch serve --port 0 --workers 4")
)
@click.option(
    "--port", type=Number(0, 65535), metavar="N", help="Instead of KBSEARCH_PORT; 0: any."
)
@click.option("--workers", type=Number(1, 64), metavar="N", help="Instead of KBSEARCH_WORKERS.")
def serve(port: int | None, workers: int | None) -> None:
    """Serve the search page and the API.

    It answers this computer only, until there are accounts. Ctrl-C stops it; searches under way
    are finished first. An index that is missing, damaged or of an older version is rebuilt
    before the first search.
    """
    settings = load_settings()
    if workers is not None:
        settings = settings.model_copy(update={"workers": workers})
    port = settings.port if port is None else port
    serve_pages(settings, create_app, port=port, announce=announce, prepare=prepare)


def prepare(kb: KnowledgeBase) -> None:
    """Make the index fit to be searched, and say so if that took a new one."""
    say_if_open(kb.settings)
    try:
        behind = kb.local.indexing.behind()
    except OperatorError:
        behind = 0
    if behind > 0:
        write(errors(), f"The index takes in {count(behind, 'change')} first.")
    with stage_bars() as progress:
        trouble = kb.local.indexing.ensure(progress)
    if trouble:
        write(errors(), render(trouble))


def announce(address: str) -> None:
    """Say where the page is."""
    write(output(), f"kbsearch is at {address} for this computer only. Ctrl-C stops it.")
