"""Masking what came before there were rules, and looking for what is left."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from kbsearch.errors import DeletionUnconfirmed, KeysUnusable, OperatorError
from kbsearch.privacy.key_file import KeyFile
from kbsearch.progress import Stage
from kbsearch.records.outcome import OutcomeReport
from kbsearch.records.ticket import TicketFields
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from kbsearch.store.store import Store
from tests.masking import unmasked

SECRETS = ("5555 5555 5555 4444", "5555555555554444", "mara.olsen@shop.example", "415 555 2671")
COUNT = 450


def given(number: int) -> TicketFields:
    return TicketFields(
        reference=f"T-{number}",
        subject="Till drawer" if number % 2 else f"Drawer of card {SECRETS[0]}",
        problem=f"Mail {SECRETS[2]}, call +1 {SECRETS[3]}" if number % 3 else "It stays shut",
        requester="Mara Olsen",
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    keys = tmp_path / "keys" / "keys.json"
    return Settings(home=tmp_path / "home", database_url="", keys=keys)


@pytest.fixture
def old(settings: Settings) -> Iterator[KnowledgeBase]:
    """A knowledge base whose tickets came before there were rules, with an index and a spare."""
    settings.home.mkdir()
    keys = KeyFile(settings.key_file)
    with closing(Store.open(settings.store_url, masking=unmasked, keys=keys)) as store:
        store.save_many([given(number) for number in range(COUNT)])
        store.delete("T-8")
    with closing(KnowledgeBase.open(settings)) as kb:
        kb.parts.index.reindex()
        kb.parts.index.reindex()
        yield kb


def bytes_of(home: Path) -> bytes:
    files = (path for path in sorted(home.rglob("*")) if path.is_file())
    return b"".join(path.read_bytes() for path in files)


def test_nothing_of_the_texts_before_is_left(old: KnowledgeBase, settings: Settings) -> None:
    assert any(one.encode() in bytes_of(settings.home) for one in SECRETS)
    assert list(old.local.privacy.scan()) != []
    done = old.local.privacy.remask(agreed=COUNT)
    assert (done.done, done.changed) == (COUNT, COUNT)
    held = bytes_of(settings.home)
    assert not any(one.encode() in held for one in (*SECRETS, "Olsen", "olsen"))
    assert list(old.local.privacy.scan()) == []
    assert old.local.privacy.state().counts.due == 0


def test_tickets_are_found_by_what_they_say_now(old: KnowledgeBase) -> None:
    old.local.privacy.remask(agreed=COUNT)
    assert old.local.searching.search(SearchRequest("till drawer")).total > 0
    assert old.local.searching.search(SearchRequest("mara.olsen@shop.example")).hits == ()
    for word in ("phone", "4444"):
        assert old.local.searching.search(SearchRequest(word)).total == 0
    original = old.parts.store.vault.originals(2)
    assert original["requester"] == "Mara Olsen"
    assert SECRETS[2] in original["problem"]
    assert not any("5555" in text for text in old.parts.store.vault.every())


def test_a_deleted_ticket_is_masked_and_stays_deleted(old: KnowledgeBase) -> None:
    old.local.privacy.remask(agreed=COUNT)
    (back,) = old.local.deletion.undelete(["T-8"]).tickets
    assert back.requester == "[name]"


def test_the_first_time_wants_the_number(old: KnowledgeBase) -> None:
    for agreed in (None, COUNT - 1):
        with pytest.raises(DeletionUnconfirmed, match=f"add --yes {COUNT}"):
            old.local.privacy.remask(agreed=agreed)
    assert old.local.privacy.state().counts.never == COUNT


def test_a_sample_says_what_would_be_found(old: KnowledgeBase) -> None:
    sample = old.local.privacy.sample()
    assert (sample.due, sample.read) == (COUNT, COUNT)
    assert sample.kinds["card"] == COUNT // 2
    assert {"phone", "email", "name"} <= sample.kinds.keys()
    assert len(sample.pieces) == 20


@pytest.mark.parametrize("at", [COUNT // 2, COUNT])
def test_what_was_killed_is_finished_by_the_next(
    old: KnowledgeBase, settings: Settings, at: int
) -> None:
    child = os.fork()
    if not child:  # pragma: no cover
        with closing(KnowledgeBase.open(settings)) as kb:
            kb.local.privacy.remask(agreed=COUNT, progress=partial(_killed_at, at))
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    counts = old.local.privacy.state().counts
    assert (counts.never > 0) == (at < COUNT)
    old.local.privacy.remask(agreed=counts.due)
    assert list(old.local.privacy.scan()) == []
    assert old.parts.store.count() == COUNT - 1
    with pytest.raises(OperatorError):  # no index of the texts before is left to go back to
        old.local.indexing.roll_back()


def _killed_at(at: int, stage: Stage, done: int, total: int | None) -> None:
    del total
    if stage is Stage.MASKING and done >= at:
        os.kill(os.getpid(), signal.SIGKILL)


def test_without_keys_nothing_is_changed(old: KnowledgeBase, settings: Settings) -> None:
    old.local.privacy.remask(agreed=COUNT)
    settings.key_file.unlink()
    with pytest.raises(KeysUnusable, match="is missing, and this store needs it"):
        old.parts.store.save(given(1) | TicketFields(reference="T-1", cause="Rust"))
    assert old.parts.store.get("T-1").cause == ""
    assert old.local.searching.search(SearchRequest("till drawer")).total > 0


def test_what_a_person_types_is_kept_masked(old: KnowledgeBase, settings: Settings) -> None:
    old.local.privacy.remask(agreed=COUNT)
    typed = f"card {SECRETS[0]} of {SECRETS[2]}"
    old.local.outcomes.record("T-1", OutcomeReport(solved=True, query=typed))
    old.parts.recent.remember(typed)
    old.parts.recent.flush()
    old.local.gate.add(f"till {SECRETS[2]}", "T-1")
    assert old.parts.recent.latest() == ["card [card ending 4444] of [e-mail]"]
    assert not any(one.encode() in bytes_of(settings.home) for one in SECRETS)
