"""The index follows the store, whichever process changes it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kbsearch.errors import (
    REBUILDING,
    IndexOutdated,
    IndexWouldShrink,
)
from kbsearch.indexer import indexer
from kbsearch.locks import lock
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.index_state import IndexState
from kbsearch.records.ticket import TicketFields
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.engines.whoosh.outdated import make_outdated
from tests.services.samples import ARTICLE, MODEM, SCANNER, folder_of, found


def test_when_the_index_fails_a_new_ticket_is_kept_and_the_note_says_so(
    kb: KnowledgeBase, settings: Settings
) -> None:
    kb.local.tickets.add(MODEM)
    make_outdated(folder_of(settings))
    assert kb.local.tickets.add(SCANNER).note.startswith(
        "It is saved and cannot be found yet. The index "
    )
    assert kb.local.tickets.get("T-2").subject == "Scanner hums"
    kb.parts.index.reindex()
    assert found(kb, "scanner") == ["T-2"]


def test_a_damaged_index_keeps_no_ticket_from_being_saved(
    kb: KnowledgeBase, settings: Settings
) -> None:
    kb.local.tickets.add(MODEM)
    for path in (folder_of(settings) / "CURRENT", *folder_of(settings).glob("generations/*")):
        path.write_text("{", "utf-8")
    assert kb.local.tickets.add(SCANNER).note.endswith("run: kbsearch reindex.")
    assert kb.local.tickets.get("T-2").subject == "Scanner hums"


def test_an_index_that_another_analysis_made_is_refused(
    kb: KnowledgeBase, settings: Settings
) -> None:
    kb.local.tickets.add(MODEM)
    make_outdated(folder_of(settings))
    with pytest.raises(IndexOutdated, match="would miss tickets; run: kbsearch reindex"):
        found(kb, "modem")
    assert kb.local.figures.stats().index is None
    assert "run: kbsearch reindex" in kb.local.figures.stats().trouble
    kb.parts.index.reindex()
    assert (found(kb, "modem"), kb.local.figures.stats().trouble) == (["T-1"], "")


def test_an_index_that_is_newer_than_its_database_is_refused(
    kb: KnowledgeBase, settings: Settings, tmp_path: Path
) -> None:
    kb.local.tickets.add(MODEM)
    restored = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'old.db'}"})
    other = KnowledgeBase.open(restored)
    try:
        with pytest.raises(IndexOutdated, match=r"newer than the database.* kbsearch reindex"):
            other.parts.index.catch_up()
        assert "newer than the database" in other.local.figures.stats().trouble
        with pytest.raises(IndexWouldShrink, match="kbsearch reindex --allow-shrink"):
            other.parts.index.reindex()
        assert other.parts.index.reindex(allow_shrink=True).tickets == 0
    finally:
        other.close()


def test_two_processes_see_what_each_other_adds(
    kb: KnowledgeBase, neighbour: KnowledgeBase
) -> None:
    kb.local.tickets.add(MODEM)
    assert found(neighbour, "modem") == ["T-1"]
    neighbour.local.tickets.add(ARTICLE)
    assert found(kb, "modem") == found(neighbour, "modem") == ["A-1", "T-1"]
    kb.parts.index.reindex()
    kb.parts.store.delete("T-1")
    kb.parts.index.catch_up()
    neighbour.local.tickets.add(SCANNER)
    assert found(neighbour, "modem scanner") == found(kb, "modem scanner") == ["A-1", "T-2"]


def test_one_process_takes_in_what_another_saved(
    kb: KnowledgeBase, neighbour: KnowledgeBase
) -> None:
    kb.local.tickets.add(MODEM)
    neighbour.parts.store.save(SCANNER)
    assert kb.local.figures.stats().behind == 1
    assert (kb.parts.index.catch_up().tickets, kb.local.figures.stats().behind) == (2, 0)
    assert found(neighbour, "scanner") == ["T-2"]


def test_catching_up_takes_in_more_changes_than_fit_at_a_time(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    kb.parts.store.save_many(
        [{"reference": f"N-{n}", "subject": f"Kettle {n}"} for n in range(1_100)]
    )
    state = kb.parts.index.catch_up()
    assert (state.tickets, state.watermark) == (1_101, kb.parts.store.watermark())
    assert kb.local.searching.search(SearchRequest("kettle")).total == 1_100


def test_catching_up_twice_does_no_harm(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    assert kb.parts.index.catch_up() == kb.parts.index.catch_up()
    assert kb.parts.index.verify() == []


def test_imported_tickets_are_found_after_a_rebuild(kb: KnowledgeBase, tmp_path: Path) -> None:
    rows = tmp_path / "tickets.csv"
    rows.write_text("number,subject,fix\n7,Modem light is red,Change the fuse\n", "utf-8")
    report = kb.local.importing.run(
        [rows], ImportOptions(mapping={"resolution": "fix"}, source="old desk")
    )
    assert (report.read, report.new) == (1, 1)
    assert isinstance(kb.parts.index.reindex(), IndexState)
    assert found(kb, "modem") == ["7"]
    assert kb.local.tickets.get("7", "old desk").resolution == "Change the fuse"


def test_imported_tickets_are_found_after_catching_up(kb: KnowledgeBase, tmp_path: Path) -> None:
    kb.local.tickets.add(MODEM)
    rows = tmp_path / "tickets.csv"
    rows.write_text("reference,subject\nT-2,Scanner hums\nT-1,Kettle is cold\n", "utf-8")
    kb.local.importing.run([rows], ImportOptions())
    assert (kb.local.figures.stats().behind, found(kb, "scanner")) == (2, [])
    kb.parts.index.catch_up()
    assert (found(kb, "scanner"), found(kb, "kettle"), found(kb, "modem")) == (["T-2"], ["T-1"], [])


def test_threads_that_add_at_the_same_time_find_their_own_tickets(
    kb: KnowledgeBase, neighbour: KnowledgeBase
) -> None:
    kb.local.tickets.add(MODEM)

    def add(number: int) -> list[str]:
        desk = (kb, neighbour)[number % 2]
        desk.local.tickets.add(
            {"reference": f"N-{number}", "subject": f"Kettle{number:02}x is cold"}
        )
        return found(desk, f"kettle{number:02}x")

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(add, range(24))) == [[f"N-{number}"] for number in range(24)]
    assert (
        kb.local.figures.stats().tickets,
        kb.local.figures.stats().behind,
        kb.parts.index.verify(),
    ) == (25, 0, [])


def test_a_rebuild_beside_additions_loses_none_of_them(
    kb: KnowledgeBase, neighbour: KnowledgeBase
) -> None:
    kb.local.tickets.add(MODEM)
    with ThreadPoolExecutor(1) as threads:
        rebuilding = threads.submit(lambda: [kb.parts.index.reindex() for _ in range(4)])
        for number in range(12):
            neighbour.local.tickets.add({"reference": f"N-{number}", "subject": f"Kettle {number}"})
        rebuilding.result()
    assert neighbour.local.searching.search(SearchRequest("kettle")).total == 12
    assert (kb.local.figures.stats().behind, kb.parts.index.verify()) == (0, [])


def test_a_new_ticket_is_found_at_once_while_the_index_is_far_behind(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    rows = [TicketFields(reference=f"R-{number}", subject="Kettle") for number in range(1_100)]
    kb.parts.store.save_many(rows)
    kb.local.tickets.add({"reference": "T-9", "subject": "Toaster"})
    assert (found(kb, "toaster"), found(kb, "kettle")) == (["T-9"], [])
    assert kb.parts.index.behind() == 1_101
    assert (kb.parts.index.catch_up().tickets, kb.parts.index.behind()) == (1_102, 0)
    assert found(kb, "toaster") == ["T-9"]


def test_what_became_of_a_ticket_is_seen_at_once_while_the_index_is_far_behind(
    kb: KnowledgeBase,
) -> None:
    first, second = kb.local.tickets.add(MODEM).ticket, kb.local.tickets.add(SCANNER).ticket
    kb.parts.store.save_many(
        [TicketFields(reference=f"R-{number}", subject="Kettle") for number in range(1_100)]
    )
    kb.parts.store.delete("T-1")
    kb.parts.store.save({"reference": "T-2", "subject": "Toaster"})
    assert kb.parts.index.apply_now([first.id, second.id]) is None
    assert kb.parts.index.state().tickets == 1
    assert (found(kb, "toaster"), found(kb, "modem")) == (["T-2"], [])


def test_what_waits_for_a_rebuild_needs_no_further_step(
    kb: KnowledgeBase, settings: Settings
) -> None:
    kb.local.tickets.add(MODEM)
    make_outdated(folder_of(settings))
    ticket = kb.parts.store.create(SCANNER)
    with lock(folder_of(settings) / "rebuild.lock", patience=0):
        assert str(kb.parts.index.apply_now([ticket.id])) == REBUILDING
    assert "run: kbsearch reindex" in str(kb.parts.index.apply_now([ticket.id]))


def test_a_large_index_that_is_missing_is_not_built_while_somebody_waits(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "_REBUILD_AFTER", 2)
    kb.parts.store.save_many([{**MODEM, "reference": f"T-{number}"} for number in range(3)])
    wait = kb.parts.index.apply_now([1])
    assert str(wait) == "There is no index yet; run: kbsearch reindex"
