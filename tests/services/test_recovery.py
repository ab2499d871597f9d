"""What a knowledge base does about an index that is damaged, too small, or was gone back from."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.errors import IndexWouldShrink
from kbsearch.indexer import indexer
from kbsearch.messages.catalogue import Code
from kbsearch.records.ticket import Kind, StoredTicket, TicketFields
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from kbsearch.store.log import Change
from tests.engines.whoosh.outdated import make_outdated
from tests.sentences import told
from tests.store.losing import lose

MODEM = TicketFields(reference="T-1", subject="Modem light is red", resolution="Change the fuse.")
SCANNER = TicketFields(reference="T-2", subject="Scanner hums")
ARTICLE = TicketFields(reference="A-1", kind=Kind.ARTICLE, subject="How to reset a modem")


def found(kb: KnowledgeBase, text: str) -> list[str]:
    """Return the references of what a search finds."""
    return sorted(
        hit.ticket.reference for hit in kb.local.searching.search(SearchRequest(text)).hits
    )


def newest_segment(settings: Settings) -> Path:
    """Return the file of the segment that was written last."""
    segments = (settings.index_folder / View.INTERNAL.value / "segments").glob("*.arrays")
    return max(segments, key=lambda path: path.stat().st_mtime_ns)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def test_a_rollback_keeps_what_changed_since(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    kb.parts.index.reindex()
    kb.local.tickets.add(SCANNER)
    kb.parts.store.delete("T-1")
    state = kb.parts.index.rollback()
    assert (state.tickets, kb.parts.index.behind()) == (1, 0)
    assert (found(kb, "modem"), found(kb, "scanner")) == ([], ["T-2"])


def test_a_reindex_that_would_lose_tickets_must_be_allowed(
    kb: KnowledgeBase, settings: Settings
) -> None:
    kb.parts.store.save_many([{**MODEM, "reference": f"T-{number}"} for number in range(100)])
    kb.parts.index.reindex()
    lose(settings.store_url, [f"T-{number}" for number in range(3)])
    with pytest.raises(IndexWouldShrink, match=r"97 tickets, 98 .* --allow-shrink$"):
        kb.parts.index.reindex()
    assert kb.parts.index.reindex(allow_shrink=True).tickets == 97


def test_a_damaged_index_answers_from_the_spare_and_is_mended(
    kb: KnowledgeBase, settings: Settings
) -> None:
    kb.local.tickets.add(MODEM)
    kb.parts.index.reindex()
    cut(newest_segment(settings))
    damaged = KnowledgeBase.open(settings)
    try:
        result = damaged.local.searching.search(SearchRequest("modem"))
        assert ([hit.ticket.reference for hit in result.hits], result.partial) == (["T-1"], False)
        assert "has lost its end" in told(damaged.parts.index.ensure())
        assert (damaged.parts.index.verify(), damaged.parts.index.ensure()) == ([], None)
    finally:
        damaged.close()


def test_without_a_spare_answers_are_partial_until_the_index_is_rebuilt(
    kb: KnowledgeBase, settings: Settings
) -> None:
    kb.local.tickets.add(MODEM)
    built = newest_segment(settings)
    kb.local.tickets.add(SCANNER)
    cut(built)
    damaged = KnowledgeBase.open(settings)
    try:
        result = damaged.local.searching.search(SearchRequest("modem scanner"))
        assert ([hit.ticket.reference for hit in result.hits], result.partial) == (["T-2"], True)
        assert (Code.INDEX_PARTIAL,) in result.notes
        assert "It was rebuilt." in told(damaged.parts.index.ensure())
        assert found(damaged, "modem scanner") == ["T-1", "T-2"]
    finally:
        damaged.close()


def test_changes_worked_out_before_a_rollback_leave_no_gap(
    kb: KnowledgeBase, neighbour: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.local.tickets.add(MODEM)
    kb.parts.index.reindex()
    kb.local.tickets.add(SCANNER)
    kb.parts.store.save(ARTICLE)
    fetch = kb.parts.store.fetch

    def meanwhile(ids: Sequence[int]) -> Mapping[int, StoredTicket]:
        monkeypatch.setattr(kb.parts.store, "fetch", fetch)
        neighbour.parts.index.rollback()
        return fetch(ids)

    monkeypatch.setattr(kb.parts.store, "fetch", meanwhile)
    kb.parts.index.catch_up()
    assert kb.parts.index.behind() == 0
    assert found(kb, "modem scanner") == ["A-1", "T-1", "T-2"]


def test_an_outdated_index_still_tells_how_many_tickets_are_expected(
    kb: KnowledgeBase, settings: Settings
) -> None:
    kb.parts.store.save_many([{**MODEM, "reference": f"T-{number}"} for number in range(100)])
    kb.parts.index.reindex()
    make_outdated(settings.index_folder / View.INTERNAL.value)
    for number in range(3):
        kb.parts.store.delete(f"T-{number}")
    with pytest.raises(IndexWouldShrink, match="97 tickets, 98"):
        kb.parts.index.ensure()


def test_after_very_many_changes_the_index_is_built_anew(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "_REBUILD_AFTER", 2)
    kb.local.tickets.add(MODEM)
    kb.parts.store.save(SCANNER)
    assert kb.parts.index.catch_up().unmerged == 1
    kb.parts.store.save_many([{**ARTICLE, "reference": f"A-{number}"} for number in range(3)])
    assert (kb.parts.index.catch_up().unmerged, kb.parts.index.behind()) == (0, 0)


def test_the_words_of_many_added_tickets_move_into_the_lexicon(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "_REBUILD_AFTER", 1)
    for fields in (MODEM, SCANNER, ARTICLE):
        kb.local.tickets.add(fields)
    assert kb.parts.index.ensure() is None
    assert kb.parts.index.catch_up().unmerged == 0


def test_catching_up_ends_beside_an_import_that_is_quicker(
    kb: KnowledgeBase, neighbour: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.local.tickets.add(MODEM)
    changes, looks = kb.parts.store.changes, []

    def meanwhile(after: int, limit: int) -> list[Change]:
        looks.append(after)
        names = (f"I-{after}-{number}" for number in range(limit))
        rows = [TicketFields(reference=name, subject="Scanner hums") for name in names]
        neighbour.parts.store.save_many(rows)
        return changes(after, limit)

    kb.parts.store.save(ARTICLE)
    monkeypatch.setattr(kb.parts.store, "changes", meanwhile)
    state = kb.parts.index.catch_up()
    assert (len(looks), state.watermark >= 2, kb.parts.index.behind() > 0) == (1, True, True)
