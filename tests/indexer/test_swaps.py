"""A search misses no ticket while the index is rebuilt or gone back to, beside additions."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from kbsearch.records.history import Mark
from kbsearch.records.ticket import TicketFields
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from kbsearch.store.log import Change

SWAPS = 4
Swap = Callable[[KnowledgeBase], object]


def reindex(kb: KnowledgeBase) -> None:
    kb.parts.index.reindex()


def rollback(kb: KnowledgeBase) -> None:
    kb.parts.index.rollback()


@pytest.fixture
def desk(kb: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base whose index has a spare."""
    kb.parts.store.save_many(
        [TicketFields(reference=f"R-{n}", subject="Printer") for n in range(300)]
    )
    kb.parts.index.reindex()
    kb.parts.index.reindex()
    return kb


@pytest.fixture
def third(settings: Settings) -> Iterator[KnowledgeBase]:
    """The same knowledge base, as another process has it."""
    kb = KnowledgeBase.open(settings)
    yield kb
    kb.close()


@pytest.mark.parametrize("swap", [reindex, rollback])
def test_what_was_answered_as_added_is_found_by_every_search(
    desk: KnowledgeBase, neighbour: KnowledgeBase, third: KnowledgeBase, swap: Swap
) -> None:
    added, missed, ready = 0, [], Event()

    def add() -> None:
        nonlocal added
        while not ready.is_set():
            neighbour.local.tickets.add({"reference": f"N-{added}", "subject": "Kettle"})
            added += 1

    def look() -> int:
        looks = 0
        while not ready.is_set():
            sure = added
            found = third.local.searching.search(SearchRequest("kettle"))
            if found.total < sure:
                missed.append((sure, found.total, found.notes))
            looks += 1
        return looks

    with ThreadPoolExecutor(2) as threads:
        adding, looking = threads.submit(add), threads.submit(look)
        try:
            for _ in range(SWAPS):
                swap(desk)
        finally:
            ready.set()
        adding.result()
        assert looking.result() > SWAPS
    assert missed == []
    assert desk.parts.index.differences() == []


@pytest.mark.parametrize("swap", [reindex, rollback])
def test_what_was_taken_in_ahead_of_its_turn_survives_a_swap(
    desk: KnowledgeBase, neighbour: KnowledgeBase, swap: Swap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The changes before it are so many that they are not all taken in before the swap."""
    store_mark, store_changes = desk.parts.store.mark, desk.parts.store.changes
    seen: list[int] = []

    def mark() -> Mark:
        before = store_mark()
        neighbour.parts.store.save_many(
            [
                TicketFields(reference=f"I-{before.sequence}-{n}", subject="Toaster")
                for n in range(1_600)
            ]
        )
        ticket = neighbour.parts.store.create(
            {"reference": f"A-{before.sequence}", "subject": "Kettle"}
        )
        assert neighbour.parts.index.apply_now([ticket.id]) is None
        return before

    def changes(after: int, limit: int) -> list[Change]:
        seen.append(neighbour.local.searching.search(SearchRequest("kettle")).total)
        return store_changes(after, limit)

    monkeypatch.setattr(desk.parts.store, "mark", mark)
    monkeypatch.setattr(desk.parts.store, "changes", changes)
    swap(desk)
    assert seen[0] > 0
    assert set(seen) == {seen[0]}
    assert (desk.parts.index.differences(), desk.parts.index.behind()) == ([], 0)
