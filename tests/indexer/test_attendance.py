"""What a search says of changes that the index lacks: who takes them in, or what to run."""

import pytest

from kbsearch.engines.base import View
from kbsearch.errors import IndexMissing, IndexOutdated
from kbsearch.locks import lock
from kbsearch.records.ticket import TicketFields
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.engines.whoosh.outdated import make_outdated
from tests.sentences import sentences

MODEM = TicketFields(reference="T-1", subject="Modem light is red")


@pytest.fixture
def behind(kb: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base whose index lacks a change."""
    kb.local.tickets.add(MODEM)
    kb.parts.store.save({"reference": "T-2", "subject": "Kettle"})
    return kb


def notes(kb: KnowledgeBase) -> tuple[str, ...]:
    """Return what a search says beside its hits."""
    return sentences(kb.local.searching.search(SearchRequest("modem")).notes)


def test_where_nobody_takes_changes_in_a_reindex_is_advised(behind: KnowledgeBase) -> None:
    assert notes(behind) == ("The index lacks the last change; run: kbsearch reindex",)


def test_while_a_process_takes_changes_in_nothing_is_advised(
    behind: KnowledgeBase, neighbour: KnowledgeBase
) -> None:
    with neighbour.parts.index.attended(), behind.parts.index.attended():
        assert notes(behind) == ("The index lacks the last change; it takes them in now",)
    assert "run: kbsearch reindex" in notes(behind)[0]


def test_while_the_index_is_rebuilt_nothing_is_advised(
    behind: KnowledgeBase, settings: Settings
) -> None:
    folder = settings.index_folder / View.INTERNAL.value
    with lock(folder / "rebuild.lock", patience=0):
        assert notes(behind) == ("The index lacks the last change; it takes them in now",)


def test_an_index_that_cannot_be_used_is_said_to_be_built_meanwhile(
    behind: KnowledgeBase, settings: Settings
) -> None:
    folder = settings.index_folder / View.INTERNAL.value
    make_outdated(folder)
    building = lock(folder / "rebuild.lock", patience=0)
    with building, pytest.raises(IndexOutdated, match=r"; it is being built, so try again in a m"):
        notes(behind)
    with pytest.raises(IndexOutdated, match=r"run: kbsearch reindex$"):
        notes(behind)


def test_a_first_index_is_said_to_be_built_meanwhile(kb: KnowledgeBase, settings: Settings) -> None:
    folder = settings.index_folder / View.INTERNAL.value
    folder.mkdir(parents=True)
    building = lock(folder / "rebuild.lock", patience=0)
    with building, pytest.raises(IndexMissing, match=r"^There is no index yet; it is being built"):
        notes(kb)
