"""An index that was made of another database, or of another state of it, answers nothing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kbsearch.errors import HistoryDiffers, IndexWouldShrink, OperatorError
from kbsearch.records.ticket import TicketFields
from kbsearch.runtime.maintenance import MaintenanceThread
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.databases import Server
from tests.sentences import told

OTHER_STATE = "belongs to another state of the database"
Copies = tuple[Callable[[], None], Callable[[], None]]
"""Copy the database; put the copy back."""


def rows(word: str, number: int) -> list[TicketFields]:
    """Return so many tickets that hold a word."""
    return [
        TicketFields(reference=f"{word}-{one}", subject=f"{word} {one}") for one in range(number)
    ]


def found(kb: KnowledgeBase, word: str) -> int:
    """Return how many tickets a search finds."""
    return kb.local.searching.search(SearchRequest(f'"{word}"')).total


@pytest.fixture
def settings(settings: Settings, database_url: str) -> Settings:
    """Settings with a database of either kind."""
    return settings.model_copy(update={"database_url": database_url})


@pytest.fixture
def copies(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Copies:
    """What copies the database and puts the copy back, while others may have it open."""
    if database_url.startswith("sqlite"):
        place, kept = Path(database_url.removeprefix("sqlite:///")), tmp_path / "copy.db"
        return lambda: _copied(place, kept), lambda: _copied(kept, place)
    server: Server = request.getfixturevalue("server")
    name = database_url.partition("@/")[2].partition("?")[0]
    kept_name = f"{name}_copy"
    return lambda: _remade(server, kept_name, name), lambda: _remade(server, name, kept_name)


def _copied(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _remade(server: Server, name: str, template: str) -> None:
    """Make one database a copy of another."""
    for one in (name, template):
        server.disconnect(one)
    server.execute(f"DROP DATABASE IF EXISTS {name}")
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


@pytest.fixture
def restored(kb: KnowledgeBase, copies: Copies) -> KnowledgeBase:
    """A knowledge base whose database was put back, and has come further since than its index.

    Its index holds 30 tickets of before and 20 of a history that is no more.
    """
    copy, put_back = copies
    kb.parts.store.save_many(rows("alpha", 30))
    kb.parts.index.reindex()
    copy()
    kb.parts.store.save_many(rows("lost", 20))
    kb.parts.index.catch_up()
    put_back()
    kb.parts.store.save_many(rows("omega", 25))
    return kb


def test_a_search_answers_nothing_from_the_index_of_another_state(restored: KnowledgeBase) -> None:
    for ask in (
        lambda: found(restored, "omega"),
        lambda: restored.local.searching.suggest("ome"),
        restored.parts.index.state,
        restored.parts.index.differences,
    ):
        with pytest.raises(HistoryDiffers, match=f"{OTHER_STATE}.*; run: kbsearch reindex$"):
            ask()
    assert OTHER_STATE in restored.local.figures.stats().trouble


def test_it_is_built_anew_and_this_is_said(restored: KnowledgeBase) -> None:
    trouble = told(restored.parts.index.ensure())
    assert trouble.endswith("as after restoring an older one. It was rebuilt.")
    assert (found(restored, "omega"), found(restored, "alpha"), found(restored, "lost")) == (
        25,
        30,
        0,
    )
    assert (restored.parts.index.differences(), restored.parts.index.ensure()) == ([], None)


def test_a_reindex_asks_for_no_leave_to_shrink(restored: KnowledgeBase) -> None:
    for number in range(25):
        restored.parts.store.delete(f"omega-{number}")
    assert OTHER_STATE in told(restored.parts.index.other_history())
    assert restored.parts.index.reindex().tickets == 30
    assert restored.parts.index.other_history() is None


def test_an_added_ticket_is_kept_and_the_note_says_why_it_waits(restored: KnowledgeBase) -> None:
    ticket = restored.parts.store.create({"reference": "new", "subject": "Kettle"})
    assert OTHER_STATE in str(restored.parts.index.apply_now([ticket.id]))
    restored.parts.index.ensure()
    assert found(restored, "kettle") == 1


def test_the_spare_of_another_state_is_not_gone_back_to(restored: KnowledgeBase) -> None:
    restored.parts.index.ensure()
    with pytest.raises(OperatorError, match="spare belongs to another state of the database"):
        restored.parts.index.rollback()
    assert found(restored, "omega") == 25


def test_a_database_that_was_put_back_and_not_changed_since_is_noticed(
    kb: KnowledgeBase, copies: Copies
) -> None:
    copy, put_back = copies
    kb.parts.store.save_many(rows("alpha", 30))
    copy()
    kb.parts.store.save_many(rows("lost", 20))
    kb.parts.index.reindex()
    put_back()
    with pytest.raises(HistoryDiffers, match="newer than the database"):
        found(kb, "lost")
    assert "It was rebuilt." in told(kb.parts.index.ensure())
    assert (found(kb, "alpha"), found(kb, "lost")) == (30, 0)


def test_the_same_rows_saved_again_are_another_history(kb: KnowledgeBase, copies: Copies) -> None:
    copy, put_back = copies
    copy()
    kb.parts.store.save_many(rows("alpha", 10))
    kb.parts.index.reindex()
    put_back()
    kb.parts.store.save_many(rows("alpha", 10))
    with pytest.raises(HistoryDiffers, match=OTHER_STATE):
        found(kb, "alpha")


def test_what_was_put_back_at_the_same_place_is_the_same_history(
    kb: KnowledgeBase, copies: Copies
) -> None:
    copy, put_back = copies
    kb.parts.store.save_many(rows("alpha", 10))
    kb.parts.index.reindex()
    copy()
    put_back()
    kb.parts.store.save_many(rows("omega", 5))
    assert kb.parts.index.ensure() is None
    assert (found(kb, "alpha"), found(kb, "omega")) == (10, 5)


def test_a_running_server_builds_it_anew(restored: KnowledgeBase) -> None:
    keeper = MaintenanceThread(restored, pause=0.01)
    keeper.start()
    try:
        while restored.parts.index.other_history():
            keeper.join(0.01)
            assert keeper.is_alive()
    finally:
        keeper.stop()
    assert found(restored, "omega") == 25


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """The same data folder with another database."""
    other = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'other.db'}"})
    kb = KnowledgeBase.open(other)
    yield kb
    kb.close()


def test_two_databases_with_one_data_folder_do_not_answer_for_each_other(
    kb: KnowledgeBase, elsewhere: KnowledgeBase
) -> None:
    kb.parts.store.save_many(rows("alpha", 10))
    elsewhere.parts.store.save_many(rows("omega", 15))
    kb.parts.index.reindex()
    with pytest.raises(HistoryDiffers, match="belongs to another database"):
        found(elsewhere, "alpha")
    assert "another database. It was rebuilt." in told(elsewhere.parts.index.ensure())
    assert found(elsewhere, "omega") == 15
    with pytest.raises(HistoryDiffers):
        found(kb, "omega")


def test_an_empty_database_does_not_empty_the_index_of_another_unasked(
    kb: KnowledgeBase, elsewhere: KnowledgeBase
) -> None:
    kb.parts.store.save_many(rows("alpha", 10))
    kb.parts.index.reindex()
    with pytest.raises(IndexWouldShrink, match="--allow-shrink"):
        elsewhere.parts.index.ensure()
    assert found(kb, "alpha") == 10


def test_every_store_has_an_identity_of_its_own(
    kb: KnowledgeBase, elsewhere: KnowledgeBase
) -> None:
    one, other = kb.parts.store.mark().store, elsewhere.parts.store.mark().store
    assert (len(one), len(other), one == other) == (32, 32, False)
