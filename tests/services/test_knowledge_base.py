"""The knowledge base as a whole: a database and an index in one folder."""

import re
import secrets
from pathlib import Path

import pytest

from kbsearch.errors import (
    FileUnreadable,
    QueryInvalid,
    ReferenceTaken,
    SettingInvalid,
    StoreUnavailable,
    TicketInvalid,
    TicketNotFound,
)
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.ticket import TicketFields
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.services.samples import ARTICLE, MODEM, SCANNER, found


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


def test_a_dry_run_of_an_import_saves_nothing(kb: KnowledgeBase, tmp_path: Path) -> None:
    rows = tmp_path / "tickets.csv"
    rows.write_text("reference,subject\nT-2,Scanner hums\n", "utf-8")
    report = kb.local.importing.run([rows], ImportOptions(dry_run=True))
    assert (report.new, kb.local.figures.stats().tickets) == (1, 0)


def test_a_file_that_is_missing_is_named(kb: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"missing\.csv"):
        kb.local.importing.run([tmp_path / "missing.csv"], ImportOptions())


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
