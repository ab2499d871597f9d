"""The knowledge base as a whole: a database and an index in one folder."""

import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.errors import (
    REBUILDING,
    FileUnreadable,
    IndexMissing,
    IndexOutdated,
    IndexWouldShrink,
    QueryInvalid,
    ReferenceTaken,
    SettingInvalid,
    StoreUnavailable,
    TicketInvalid,
    TicketNotFound,
)
from kbsearch.indexer import indexer
from kbsearch.locks import lock
from kbsearch.records.index_state import IndexState
from kbsearch.records.ticket import Kind, TicketFields
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.engines.whoosh.outdated import make_outdated

MODEM = TicketFields(
    reference="T-1",
    subject="Modem light is red",
    resolution="Change the fuse.",
    product="Router",
    category="Network",
)
SCANNER = TicketFields(reference="T-2", subject="Scanner hums", product="Scanner")
ARTICLE = TicketFields(
    reference="A-1", kind=Kind.ARTICLE, subject="How to reset a modem", product="Router"
)


def found(kb: KnowledgeBase, text: str) -> list[str]:
    """Return the references of what a search finds, in their order."""
    return sorted(
        hit.ticket.reference for hit in kb.local.searching.search(SearchRequest(text)).hits
    )


def folder_of(settings: Settings) -> Path:
    """Return where the index lies."""
    return settings.index_folder / View.INTERNAL.value


def test_a_search_without_an_index_says_what_to_run(kb: KnowledgeBase) -> None:
    for act in (lambda: found(kb, "modem"), kb.parts.index.catch_up, kb.parts.index.verify):
        with pytest.raises(IndexMissing, match="There is no index yet; run: kbsearch reindex"):
            act()


def test_the_first_ticket_builds_the_index(kb: KnowledgeBase) -> None:
    stored, _ = kb.local.tickets.add(MODEM)
    assert (stored.reference, stored.revision) == ("T-1", 1)
    assert found(kb, "modem") == ["T-1"]


def test_the_first_ticket_brings_those_that_were_imported_before_it(kb: KnowledgeBase) -> None:
    kb.parts.store.save(MODEM)
    kb.local.tickets.add(SCANNER)
    assert found(kb, "modem scanner") == ["T-1", "T-2"]


def test_a_ticket_is_searchable_when_add_returns(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    for number in range(30):
        kb.local.tickets.add({"reference": f"N-{number}", "subject": f"Kettle{number:02} Modem"})
        assert found(kb, f"kettle{number:02}") == [f"N-{number}"]
    assert kb.local.searching.search(SearchRequest("modem", limit=50)).total == 31


def test_adding_the_same_reference_again_changes_nothing(kb: KnowledgeBase) -> None:
    first, _ = kb.local.tickets.add(MODEM)
    with pytest.raises(ReferenceTaken, match=r'^reference: there is a ticket "T-1" from "desk" al'):
        kb.local.tickets.add({"reference": "T-1", "subject": "Kettle is cold"})
    assert kb.local.tickets.get("T-1") == first
    assert (found(kb, "kettle"), found(kb, "modem")) == ([], ["T-1"])


def test_a_reference_stays_that_of_a_deleted_ticket(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    kb.parts.store.delete("T-1")
    with pytest.raises(ReferenceTaken, match=r'there was a ticket "T-1" .*, which was deleted'):
        kb.local.tickets.add(MODEM)


def test_a_ticket_that_cannot_be_stored_changes_nothing(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    with pytest.raises(TicketInvalid, match="subject"):
        kb.local.tickets.add({"reference": "T-2", "subject": "Modem\x00"})
    assert (kb.local.figures.stats().tickets, kb.local.figures.stats().behind) == (1, 0)


def test_a_deleted_ticket_is_gone_at_once_and_after_catching_up(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    kb.parts.store.delete("T-1")
    assert found(kb, "modem") == []
    assert kb.parts.index.catch_up().tickets == 0
    assert kb.local.searching.search(SearchRequest("modem")).total == 0


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
    report = kb.local.importing.run([rows], mapping={"resolution": "fix"}, source="old desk")
    assert (report.read, report.new) == (1, 1)
    assert isinstance(kb.parts.index.reindex(), IndexState)
    assert found(kb, "modem") == ["7"]
    assert kb.local.tickets.get("7", "old desk").resolution == "Change the fuse"


def test_imported_tickets_are_found_after_catching_up(kb: KnowledgeBase, tmp_path: Path) -> None:
    kb.local.tickets.add(MODEM)
    rows = tmp_path / "tickets.csv"
    rows.write_text("reference,subject\nT-2,Scanner hums\nT-1,Kettle is cold\n", "utf-8")
    kb.local.importing.run([rows], mapping={}, source="desk")
    assert (kb.local.figures.stats().behind, found(kb, "scanner")) == (2, [])
    kb.parts.index.catch_up()
    assert (found(kb, "scanner"), found(kb, "kettle"), found(kb, "modem")) == (["T-2"], ["T-1"], [])


def test_a_dry_run_of_an_import_saves_nothing(kb: KnowledgeBase, tmp_path: Path) -> None:
    rows = tmp_path / "tickets.csv"
    rows.write_text("reference,subject\nT-2,Scanner hums\n", "utf-8")
    report = kb.local.importing.run([rows], mapping={}, source="desk", dry_run=True)
    assert (report.new, kb.local.figures.stats().tickets) == (1, 0)


def test_a_file_that_is_missing_is_named(kb: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"missing\.csv"):
        kb.local.importing.run([tmp_path / "missing.csv"], mapping={}, source="desk")


def test_a_new_reference_can_be_read_aloud(kb: KnowledgeBase) -> None:
    def fields(reference: str) -> TicketFields:
        return {"reference": reference, "subject": "Kettle"}

    references = {kb.local.tickets.add_new(fields).ticket.reference for _ in range(10)}
    assert len(references) == 10
    assert all(re.fullmatch(r"KB-[0-9A-HJKMNP-TV-Z]{6}", one) for one in references)


def test_a_new_reference_is_that_of_no_ticket_in_any_source(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.parts.store.save({"reference": "KB-000000", "source": "north", "subject": "Kettle"})
    kb.parts.store.save({"reference": "KB-111111", "subject": "Kettle"})
    kb.parts.store.delete("KB-111111")
    letters = iter("000000111111222222")
    monkeypatch.setattr(secrets, "choice", lambda _: next(letters))
    added, _ = kb.local.tickets.add_new(
        lambda reference: {"reference": reference, "subject": "Toaster"}
    )
    assert added.reference == "KB-222222"


def test_choices_and_stats_count_what_is_there(kb: KnowledgeBase) -> None:
    for fields in (MODEM, SCANNER, ARTICLE):
        kb.local.tickets.add(fields)
    choices, stats = kb.local.figures.choices(), kb.local.figures.stats()
    assert choices.products == stats.products == (("Router", 2), ("Scanner", 1))
    assert choices.statuses == stats.statuses == (("open", 2), ("solved", 1))
    assert choices.categories == (("Network", 1),)
    assert choices.kinds == stats.kinds == (("ticket", 2), ("article", 1))
    assert (stats.tickets, stats.resolved, stats.behind, stats.trouble) == (3, 1, 0, "")
    assert stats.index is not None
    assert (stats.index.tickets, stats.index.size_bytes > 0) == (3, True)


def test_stats_of_a_new_knowledge_base_name_the_next_step(kb: KnowledgeBase) -> None:
    kb.parts.store.save(MODEM)
    stats = kb.local.figures.stats()
    assert (stats.tickets, stats.index, stats.behind) == (1, None, 1)
    assert stats.trouble == "There is no index yet; run: kbsearch reindex"


def test_an_empty_knowledge_base_can_be_indexed_and_searched(kb: KnowledgeBase) -> None:
    assert kb.parts.index.reindex().tickets == 0
    assert found(kb, "modem") == []
    with pytest.raises(QueryInvalid):
        found(kb, "")


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for home in (tmp_path / "file", tmp_path / "file" / "home"):
        with pytest.raises(SettingInvalid, match=f"{home} cannot be written .* KBSEARCH_HOME"):
            KnowledgeBase.open(Settings(home=home, database_url=""))


def test_a_database_that_cannot_be_opened_is_a_matter_of_the_store(tmp_path: Path) -> None:
    missing = f"sqlite:///{tmp_path / 'no' / 'folder' / 'kb.db'}"
    with pytest.raises(StoreUnavailable):
        KnowledgeBase.open(Settings(home=tmp_path / "home", database_url=missing))


def test_the_data_folder_is_its_owners_alone(kb: KnowledgeBase, settings: Settings) -> None:
    kb.local.tickets.add(MODEM)
    assert settings.home.stat().st_mode & 0o077 == 0


def test_what_was_added_is_still_found_after_reopening(settings: Settings) -> None:
    first = KnowledgeBase.open(settings)
    first.local.tickets.add(MODEM)
    first.close()
    second = KnowledgeBase.open(settings)
    assert found(second, "modem") == ["T-1"]
    second.close()


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


@pytest.mark.parametrize(
    "text",
    [
        "modem product:Gr\udcf6sse",
        "modem tag:\ud800",
        "modem tag:a\x1fb",
        "modem\x00",
        "modem from:0001-01-01 before:9999-12-31",
        'modem "' + "a " * 900 + '"',
        "modem " + "ab" * 900,
        "modem " + "-".join(["abc"] * 400),
    ],
)
def test_odd_queries_are_answered_from_the_files_of_the_index(kb: KnowledgeBase, text: str) -> None:
    kb.local.tickets.add(MODEM)
    assert set(found(kb, text)) <= {"T-1"}


def test_a_search_says_what_the_index_lacks(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    kb.parts.store.save({"reference": "T-2", "subject": "Kettle"})
    assert kb.parts.index.behind() == 1
    (note,) = kb.local.searching.search(SearchRequest("modem")).notes
    assert note == "The index lacks the last change; run: kbsearch reindex"


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
    assert kb.parts.index.apply_now([first.id, second.id]) == ""
    assert kb.parts.index.state().tickets == 1
    assert (found(kb, "toaster"), found(kb, "modem")) == (["T-2"], [])


def test_what_waits_for_a_rebuild_needs_no_further_step(
    kb: KnowledgeBase, settings: Settings
) -> None:
    kb.local.tickets.add(MODEM)
    make_outdated(folder_of(settings))
    ticket = kb.parts.store.create(SCANNER)
    with lock(folder_of(settings) / "rebuild.lock", patience=0):
        assert kb.parts.index.apply_now([ticket.id]) == REBUILDING
    assert "run: kbsearch reindex" in kb.parts.index.apply_now([ticket.id])


def test_a_large_index_that_is_missing_is_not_built_while_somebody_waits(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "_REBUILD_AFTER", 2)
    kb.parts.store.save_many([{**MODEM, "reference": f"T-{number}"} for number in range(3)])
    wait = kb.parts.index.apply_now([1])
    assert wait == "There is no index yet; run: kbsearch reindex"


def test_a_new_ticket_has_its_times(kb: KnowledgeBase) -> None:
    added, _ = kb.local.tickets.add(
        {"reference": "T-3", "subject": "Kettle", "resolution": "Descale it."}
    )
    assert added.created_at is not None
    assert added.created_at == added.resolved_at
    dated, _ = kb.local.tickets.add({"reference": "T-4", "subject": "Kettle", "created_at": None})
    assert (dated.created_at, dated.resolved_at) == (None, None)


def test_a_reference_may_be_typed_in_small_letters(kb: KnowledgeBase) -> None:
    kb.local.tickets.add(MODEM)
    assert kb.local.tickets.get("t-1").reference == "T-1"
    with pytest.raises(TicketNotFound, match='"t-99"'):
        kb.local.tickets.get("t-99")


def test_a_filter_that_no_ticket_passes_names_those_there_are(kb: KnowledgeBase) -> None:
    kb.local.tickets.add({**MODEM, "product": "Brindlewave"})
    found = kb.local.searching.search(SearchRequest("modem product:Brindle status:gone"))
    assert found.notes == (
        'No ticket has the product "Brindle"; there are Brindlewave.',
        'No ticket has the status "gone"; there are solved.',
    )
    assert kb.local.searching.search(SearchRequest("modem product:BRINDLEWAVE")).notes == ()
