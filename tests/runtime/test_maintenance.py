"""A server mends its index by itself."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kbsearch.engines.base import View
from kbsearch.errors import TicketDeleted
from kbsearch.records.ticket import TicketFields
from kbsearch.runtime.maintenance import MaintenanceThread
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.patience import PATIENCE

MODEM = TicketFields(reference="T-1", subject="Modem light is red", resolution="Change the fuse.")


@pytest.fixture
def kb(settings: Settings) -> Iterator[KnowledgeBase]:
    """A knowledge base that was opened when its only segment was damaged already."""
    made = KnowledgeBase.open(settings)
    made.local.tickets.add(MODEM)
    made.close()
    folder = settings.index_folder / View.INTERNAL.value / "segments"
    for path in folder.glob("*.arrays"):
        os.truncate(path, path.stat().st_size // 2)
    kb = KnowledgeBase.open(settings)
    yield kb
    kb.close()


def test_a_damaged_index_is_mended_while_it_answers(kb: KnowledgeBase) -> None:
    assert kb.local.searching.search(SearchRequest("modem")).partial
    keeper = MaintenanceThread(kb, pause=0.01)
    keeper.start()
    try:
        patience = time.monotonic() + PATIENCE
        while (
            kb.local.searching.search(SearchRequest("modem")).partial
            and time.monotonic() < patience
        ):
            time.sleep(0.02)
    finally:
        keeper.stop()
    result = kb.local.searching.search(SearchRequest("modem"))
    assert ([hit.ticket.reference for hit in result.hits], result.partial) == (["T-1"], False)


def test_a_keeper_that_is_stopped_looks_no_more(kb: KnowledgeBase) -> None:
    keeper = MaintenanceThread(kb, pause=60)
    keeper.start()
    keeper.stop()
    assert not keeper.is_alive()
    assert kb.local.searching.search(SearchRequest("modem")).partial


def test_finished_queries_are_kept_without_a_search_waiting_for_it(kb: KnowledgeBase) -> None:
    keeper = MaintenanceThread(kb, pause=60)
    keeper.start()
    kb.local.searching.search(SearchRequest("mod", typing=True))
    kb.local.searching.search(SearchRequest("modem"))
    assert kb.parts.recent.latest() == []
    keeper.stop()
    assert kb.parts.recent.latest() == ["modem"]


def test_what_was_deleted_long_ago_is_purged(settings: Settings) -> None:
    kb = KnowledgeBase.open(settings)
    kb.parts.store.save(MODEM)
    kb.local.deletion.delete(["T-1"])
    later = datetime.now(UTC) + timedelta(days=31)
    kb = KnowledgeBase(replace(kb.parts, clock=lambda: later))
    assert kb.local.deletion.is_due()
    keeper = MaintenanceThread(kb, pause=0.01)
    keeper.start()
    try:
        patience = time.monotonic() + 30
        while kb.local.deletion.is_due() and time.monotonic() < patience:
            time.sleep(0.02)
    finally:
        keeper.stop()
    with pytest.raises(TicketDeleted, match="is purged"):
        kb.local.tickets.get("T-1")
    kb.close()
