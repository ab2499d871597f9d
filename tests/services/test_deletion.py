"""A deleted ticket is found no more, by any way, and one day nothing is left of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.errors import (
    DeletionUnconfirmed,
    IndexBusy,
    IndexWouldShrink,
    OperatorError,
    TicketDeleted,
)
from kbsearch.locks import lock
from kbsearch.records.outcome import OutcomeReport
from kbsearch.records.ticket import TicketFields
from kbsearch.search.results import SearchRequest, SimilarRequest
from kbsearch.services.deletion import Deletion
from kbsearch.services.knowledge_base import KnowledgeBase
from tests.store.losing import lose

SECRET = TicketFields(
    reference="T-1",
    subject="Password quokkalith in a mail",
    problem="The caller wrote quokkalith, error XQ-90417, to the printer desk.",
    resolution="Changed the quokkalith.",
    product="Quokkaware",
    tags=("quokkatag",),
)
OTHERS = [
    TicketFields(
        reference=f"T-{number}", subject=f"Printer {number} desk", problem=f"gasket{number}"
    )
    for number in range(2, 6)
]


@pytest.fixture
def filled(kb: KnowledgeBase) -> KnowledgeBase:
    """A knowledge base with a spare, a ticket with a secret, and one outcome of it."""
    kb.parts.store.save_many([SECRET, *OTHERS])
    kb.parts.index.reindex()
    kb.parts.index.reindex()
    kb.local.outcomes.record("T-1", OutcomeReport(solved=True, call="c", query="quokkalith"))
    return kb


def seen(kb: KnowledgeBase) -> list[str]:
    """Return by which ways anything of the secret is seen."""
    ways: dict[str, Callable[[], object]] = {
        "search": lambda: kb.local.searching.search(SearchRequest("quokkalith")).hits,
        "correction": lambda: kb.local.searching.search(SearchRequest("quokalith")).did_you_mean,
        "word of another": lambda: [
            hit
            for hit in kb.local.searching.search(SearchRequest("printer desk")).hits
            if hit.ticket.id == 1
        ],
        "near code": lambda: kb.local.searching.search(SearchRequest("XQ-9041T")).near_codes,
        "filter": lambda: kb.local.searching.search(SearchRequest("product:Quokkaware")).hits,
        "words": lambda: kb.local.searching.suggest("quok").words,
        "subjects": lambda: [
            one for one in kb.local.searching.suggest("mail").subjects if "quokka" in one
        ],
        "similar": lambda: [
            hit
            for hit in kb.local.searching.similar(
                SimilarRequest(text="quokkalith gasket5 mail")
            ).hits
            if hit.ticket.id == 1
        ],
        "choices": lambda: [
            one for one in kb.local.figures.choices().products if one[0] == "Quokkaware"
        ],
        "figures": lambda: kb.local.figures.stats().tickets > len(OTHERS),
        "solved": kb.parts.store.solved_queries,
        "call": lambda: kb.local.outcomes.call("c").tickets,
    }
    return [name for name, ask in ways.items() if ask()]


def test_the_ways_to_see_a_ticket_do_see_it(filled: KnowledgeBase) -> None:
    assert len(seen(filled)) == 12


def test_a_deleted_ticket_is_seen_by_no_way_at_once(
    filled: KnowledgeBase, neighbour: KnowledgeBase
) -> None:
    assert seen(neighbour)
    assert filled.local.deletion.delete(["T-1"]).note == ""
    assert (seen(filled), seen(neighbour)) == ([], [])
    for ask in (
        filled.local.tickets.get,
        lambda name: neighbour.local.searching.similar(SimilarRequest(reference=name)),
    ):
        with pytest.raises(TicketDeleted):
            ask("T-1")


def test_a_deleted_ticket_is_seen_by_no_way_while_the_index_lags(filled: KnowledgeBase) -> None:
    filled.parts.store.delete("T-1")
    assert filled.parts.index.behind() == 1
    assert seen(filled) == []


def test_a_deleted_ticket_does_not_come_from_the_spare(filled: KnowledgeBase) -> None:
    filled.local.deletion.delete(["T-1"])
    filled.parts.index.rollback()
    assert seen(filled) == []
    assert filled.parts.index.state().tickets == len(OTHERS)


def test_a_ticket_that_is_back_is_found_at_once(filled: KnowledgeBase) -> None:
    before = seen(filled)
    filled.local.deletion.delete(["T-1"])
    assert filled.local.deletion.undelete(["T-1"]).note == ""
    assert seen(filled) == before


def test_a_deletion_stands_and_says_so_when_the_index_cannot_follow(
    filled: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OperatorError("The disk is full; make room")

    monkeypatch.setattr(WhooshEngine, "apply", full)
    done = filled.local.deletion.delete(["T-1"])
    assert done.note.endswith("The disk is full; make room.")
    assert seen(filled) == []


def test_one_ticket_needs_no_number_and_more_than_one_in_a_hundred_does(
    kb: KnowledgeBase,
) -> None:
    kb.parts.store.save_many([{"reference": f"N-{n}", "subject": "Kettle"} for n in range(300)])
    names = [f"N-{n}" for n in range(20)]
    kb.local.deletion.delete(names[:3])
    for agreed in (None, 2, 4):
        with pytest.raises(DeletionUnconfirmed, match=r"delete 3 of 297 tickets; .* --yes 3$"):
            kb.local.deletion.delete(names[3:6], agreed=agreed)
    kb.local.deletion.delete(names[3:6], agreed=3)
    kb.local.deletion.delete([names[6]])
    with pytest.raises(DeletionUnconfirmed):
        kb.local.deletion.delete([names[7]], agreed=2)
    assert kb.parts.store.count() == 293


def test_a_rebuild_may_lack_what_was_deleted_and_no_more(kb: KnowledgeBase) -> None:
    kb.parts.store.save_many([{"reference": f"N-{n}", "subject": "Kettle"} for n in range(100)])
    kb.parts.index.reindex()
    kb.parts.store.delete_many([f"N-{n}" for n in range(40)])
    assert kb.parts.index.reindex().tickets == 60


def test_a_rebuild_may_not_lack_what_nobody_deleted(kb: KnowledgeBase) -> None:
    kb.parts.store.save_many([{"reference": f"N-{n}", "subject": "Kettle"} for n in range(100)])
    kb.parts.index.reindex()
    kb.parts.store.delete_many([f"N-{n}" for n in range(40)])
    lose(kb.settings.store_url, [f"N-{n}" for n in range(70, 100)])
    with pytest.raises(IndexWouldShrink, match="would have 30 tickets, 59 at least"):
        kb.parts.index.reindex()


def held_by(home: Path) -> list[str]:
    """Return the files that hold the secret, or a code or tag of the same ticket."""
    words = (b"quokka", b"xq90417", b"xq-90417")
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path.name for path in files if any(one in path.read_bytes().lower() for one in words)]


def test_what_is_erased_is_in_no_file_any_more(
    filled: KnowledgeBase, neighbour: KnowledgeBase
) -> None:
    assert held_by(filled.settings.home)
    assert seen(neighbour)
    with pytest.raises(DeletionUnconfirmed, match=r"1 of 5 tickets, and nothing brings them back"):
        filled.local.deletion.erase(["T-1"])
    filled.local.deletion.erase(["T-1"], agreed=1)
    assert held_by(filled.settings.home) == []
    assert (seen(filled), seen(neighbour)) == ([], [])
    assert filled.parts.index.verify() == []


def test_a_ticket_that_was_deleted_before_can_be_erased(filled: KnowledgeBase) -> None:
    filled.local.deletion.delete(["T-1"])
    filled.local.deletion.erase(["T-1", "T-2"], agreed=2)
    assert held_by(filled.settings.home) == []
    with pytest.raises(TicketDeleted, match="is purged"):
        filled.local.deletion.undelete(["T-1"])


def at(kb: KnowledgeBase, clock: Callable[[], datetime]) -> Deletion:
    """Return what deletes tickets at the time of a clock."""
    return KnowledgeBase(replace(kb.parts, clock=clock)).local.deletion


def test_what_was_deleted_is_purged_after_thirty_days(filled: KnowledgeBase) -> None:
    (gone,) = filled.local.deletion.delete(["T-1"]).tickets
    now = [gone.deleted_at + timedelta(days=30)]
    deletion = at(filled, lambda: now[0])
    assert (deletion.is_due(), deletion.purge_due()) == (False, 0)
    assert held_by(filled.settings.home)
    now[0] += timedelta(seconds=1)
    assert (deletion.is_due(), deletion.purge_due()) == (True, 1)
    assert not deletion.is_due()
    assert held_by(filled.settings.home) == []


def test_a_purge_without_an_index_purges_the_store(kb: KnowledgeBase) -> None:
    kb.parts.store.save(SECRET)
    kb.local.deletion.erase(["T-1"], agreed=1)
    assert held_by(kb.settings.home) == []


def test_a_purge_waits_for_whoever_rebuilds_and_is_done_again(filled: KnowledgeBase) -> None:
    filled.local.deletion.delete(["T-1"])
    later = datetime.now(UTC) + timedelta(days=31)
    deletion = at(filled, lambda: later)
    folder = filled.settings.index_folder / View.INTERNAL.value
    with lock(folder / "rebuild.lock", patience=0) as ours:
        assert ours
        with pytest.raises(IndexBusy):
            deletion.purge_due()
    assert deletion.is_due()
    assert deletion.purge_due() == 1
    assert held_by(filled.settings.home) == []


def test_files_that_a_broken_off_build_left_go_as_well(filled: KnowledgeBase) -> None:
    segments = filled.settings.index_folder / View.INTERNAL.value / "segments"
    (segments / "0123456789abcdef.seg").write_bytes(b"quokkalith")
    filled.local.deletion.erase(["T-1"], agreed=1)
    assert held_by(filled.settings.home) == []
