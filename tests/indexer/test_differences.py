"""How an index differs from its store."""

from dataclasses import replace

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.memory import MemoryEngine
from kbsearch.engines.source import Update
from kbsearch.records.ticket import TicketFields
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.services.parts import Parts
from kbsearch.settings import Settings
from tests.engines.desk import ticket
from tests.masking import unmasked
from tests.sentences import sentences


@pytest.fixture
def engine() -> MemoryEngine:
    """The engine of the knowledge base."""
    return MemoryEngine()


@pytest.fixture
def kb(kb: KnowledgeBase, settings: Settings, engine: MemoryEngine) -> KnowledgeBase:
    """A knowledge base of twelve tickets, whose index can be tampered with."""
    desk = KnowledgeBase(Parts.over(settings, kb.parts.store, engine, unmasked))
    kb.parts.store.save_many(
        [TicketFields(reference=f"T-{n}", subject="Kettle") for n in range(1, 13)]
    )
    desk.parts.index.reindex()
    return desk


def tamper(engine: MemoryEngine, *updates: Update) -> None:
    engine.apply_ahead(View.INTERNAL, updates)


def test_an_index_that_follows_its_store_does_not_differ(kb: KnowledgeBase) -> None:
    kb.local.tickets.add({"reference": "T-13", "subject": "Toaster"})
    kb.parts.store.delete("T-1")
    kb.parts.index.catch_up()
    assert kb.parts.index.differences() == []


def test_tickets_that_are_missing_are_counted_and_some_named(
    kb: KnowledgeBase, engine: MemoryEngine
) -> None:
    tamper(engine, *(Update(number, None) for number in range(1, 8)))
    assert [*sentences(kb.parts.index.differences())] == [
        "The index lacks 7 tickets (T-1, T-2, T-3, T-4, T-5 and 2 others)"
    ]


def test_tickets_that_should_be_gone_are_named(kb: KnowledgeBase, engine: MemoryEngine) -> None:
    gone = kb.local.tickets.get("T-3")
    kb.parts.store.delete("T-3")
    kb.parts.index.catch_up()
    tamper(engine, Update(gone.id, gone), Update(99, ticket(99, "Modem")))
    assert [*sentences(kb.parts.index.differences())] == [
        "The index still finds 2 tickets (T-3 and number 99) that the database no longer has"
    ]


def test_tickets_in_another_revision_are_named(kb: KnowledgeBase, engine: MemoryEngine) -> None:
    other = kb.local.tickets.get("T-4")
    tamper(engine, Update(other.id, replace(other, revision=7)))
    assert [*sentences(kb.parts.index.differences())] == [
        "The index has 1 ticket (T-4) in another revision than the database"
    ]


def test_what_is_not_taken_in_yet_or_ahead_of_its_turn_is_no_difference(
    kb: KnowledgeBase, engine: MemoryEngine
) -> None:
    changed = kb.parts.store.save({"reference": "T-5", "subject": "Toaster"})
    kb.parts.store.save({"reference": "T-6", "subject": "Toaster"})
    kb.parts.store.delete("T-7")
    kb.parts.store.create({"reference": "T-14", "subject": "Toaster"})
    tamper(engine, Update(changed.id, changed))
    assert kb.parts.index.differences() == []
