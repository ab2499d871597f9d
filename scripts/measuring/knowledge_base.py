"""Open, fill, serve and ask a knowledge base of ours."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from kbsearch.engines.base import IndexSnapshot, View
from kbsearch.engines.plan import Plan
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.records.filters import Filters
from kbsearch.records.import_options import ImportOptions
from kbsearch.search.query.parse import read_query
from kbsearch.search.understand.plan import Understanding
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings

KBSEARCH = Path(sys.executable).with_name("kbsearch")
_IMPORTED = "imported"
"""An empty file in the data folder: every ticket is in the store."""


def settings(home: Path) -> Settings:
    """Return the settings of a data folder, whatever the environment says."""
    return Settings(home=home, keys=_keys(home), database_url="")


def _keys(home: Path) -> Path:
    """Return the key file of a data folder, so that nothing is added to that of the engineer."""
    return home.with_name(f"{home.name}-keys") / "keys.json"


def opened(home: Path) -> "closing[KnowledgeBase]":
    """Open a data folder for a `with`."""
    return closing(KnowledgeBase.open(settings(home)))


def prepared(home: Path, tickets: Path) -> Path:
    """Import the tickets and index them, as far as that is not done, and return the folder."""
    with opened(home) as kb:
        if not (home / _IMPORTED).exists():
            kb.local.importing.run([tickets], ImportOptions(source="benchmark"))
            (home / _IMPORTED).touch()
        kb.parts.index.ensure()
    return home


def command(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start `kbsearch` on a data folder."""
    ours = {"KBSEARCH_HOME": str(home), "KBSEARCH_KEYS": str(_keys(home))}
    environment = {**os.environ, **ours, "KBSEARCH_DATABASE_URL": ""}
    return subprocess.Popen(
        [KBSEARCH, *arguments], env=environment, stdout=subprocess.PIPE, text=True
    )


class RunningServer(NamedTuple):
    """A running server; `pid` is its first process, above its workers."""

    host: str
    port: int
    pid: int


@contextmanager
def serving(home: Path, workers: int) -> Iterator[RunningServer]:
    """Run `kbsearch serve` on a free port until the block ends."""
    with command(home, "serve", "--port", "0", "--workers", str(workers)) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            address = re.search(r"http://([^:]+):(\d+)/", line)
            if address is None:
                raise RuntimeError(f"kbsearch serve did not print its address, but: {line!r}")
            yield RunningServer(address[1], int(address[2]), process.pid)
        finally:
            process.terminate()


def snapshot(kb: KnowledgeBase) -> IndexSnapshot:
    """Open the index of a knowledge base once more, to ask it without the rest."""
    return WhooshEngine(kb.settings.index_folder).snapshot(View.INTERNAL)


def plan_of(index: IndexSnapshot, text: str, *, tolerant: bool) -> Plan:
    """Return the plan that a search would make of a text."""
    understanding = Understanding(index, tolerant=tolerant)
    return understanding.plan(understanding.loosened(read_query(text, Filters())))
