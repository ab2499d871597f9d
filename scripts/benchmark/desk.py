"""A knowledge base of ours with the tickets of a file, and the ways in which it is asked."""

import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmark.systems import Ask, System
from kbsearch.engines.base import IndexSnapshot, View
from kbsearch.engines.plan import Plan
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.records.filters import Filters
from kbsearch.search.query.parse import read_query
from kbsearch.search.results import SearchRequest
from kbsearch.search.understand.plan import Understanding
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings

KBSEARCH = Path(sys.executable).with_name("kbsearch")
PLAIN, TOLERANT, WHOLE = OURS = (
    "ours, plain plan",
    "ours, tolerant plan",
    "ours, whole search",
)
_IMPORTED = "imported"
"""An empty file in the data folder: every ticket is in the store."""


def opened(home: Path) -> "closing[KnowledgeBase]":
    """Open a data folder, whatever the environment says, for a `with`."""
    return closing(KnowledgeBase.open(Settings(home=home, database_url="")))


def prepared(home: Path, tickets: Path) -> Path:
    """Import the tickets and index them, as far as that is not done, and return the folder."""
    with opened(home) as kb:
        if not (home / _IMPORTED).exists():
            kb.local.importing.run([tickets], mapping={}, source="benchmark")
            (home / _IMPORTED).touch()
        kb.parts.index.ensure()
    return home


def command(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start `kbsearch` on a data folder; what it prints is to be read."""
    environment = {**os.environ, "KBSEARCH_HOME": str(home), "KBSEARCH_DATABASE_URL": ""}
    return subprocess.Popen(  # noqa: S603 - our own command
        [KBSEARCH, *arguments], env=environment, stdout=subprocess.PIPE, text=True
    )


def systems(kb: KnowledgeBase, run: int) -> list[System]:
    """Return ours as systems: the scoring of a ready plan, and the whole search.

    They share the queries out among them, in another way each run: whatever one of them left
    warm about a query cannot help the next.
    """
    index = snapshot(kb)

    def scoring(text: str, *, tolerant: bool) -> Ask:
        plan = plan_of(index, text, tolerant=tolerant)
        if not tolerant:  # no peer counts which words stand side by side
            plan = replace(plan, pairs=())
        return lambda: [one.ticket_id for one in index.search(plan, limit=10).scored]

    def whole(text: str) -> Ask:
        return lambda: [
            hit.ticket.id for hit in kb.local.searching.search(SearchRequest(text)).hits
        ]

    return [
        System(PLAIN, lambda text: scoring(text, tolerant=False), 3, run),
        System(TOLERANT, lambda text: scoring(text, tolerant=True), 3, run + 1),
        System(WHOLE, whole, 3, run + 2),
    ]


def snapshot(kb: KnowledgeBase) -> IndexSnapshot:
    """Open the index of a knowledge base once more, to be asked without the rest of it."""
    return WhooshEngine(kb.settings.index_folder).snapshot(View.INTERNAL)


def plan_of(index: IndexSnapshot, text: str, *, tolerant: bool) -> Plan:
    """Return the plan that a search would make of a text."""
    understanding = Understanding(index, tolerant=tolerant)
    return understanding.plan(understanding.loosened(read_query(text, Filters())))
