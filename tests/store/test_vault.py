"""Originals go with their ticket: written, replaced, kept in the bin, and purged with it."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from kbsearch.errors import KeysDiffer, KeysMissing, VaultDamaged
from kbsearch.privacy.key_file import KeyFile
from kbsearch.records.masking import MaskedTicket
from kbsearch.records.ticket import Ticket, TicketFields
from kbsearch.store.batch import Batch
from kbsearch.store.database import Database
from kbsearch.store.store import Store
from kbsearch.store.vault import START, Originals
from tests.masking import Unmasked, unmasked

FAR = datetime(9000, 1, 1, tzinfo=UTC)
FORK = get_context("fork")
OLD = {"problem": "Call Ana on 600 123 456", "messages/0": "I am Ana"}
NEW = {"problem": "Call Ben on 700 123 456", "cause": "Ben's card"}


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys" / "keys.json")


@pytest.fixture
def vault(database_url: str, keys: KeyFile) -> Iterator[Store]:
    """A store with one ticket and its originals."""
    with closing(Store.open(database_url, masking=unmasked, keys=keys)) as store:
        save(store, OLD)
        yield store


class Sealing(Unmasked):
    """Says what the vault is to have of each ticket."""

    def __init__(self, originals: Originals) -> None:
        """Have these originals for all."""
        super().__init__()
        self.originals = originals

    def mask(self, ticket: Ticket) -> MaskedTicket:
        """Return the ticket as it is, with the originals."""
        return MaskedTicket(ticket, self.originals)


def save(store: Store, originals: Originals, reference: str = "T-1", problem: str = "x") -> int:
    """Save a ticket with its originals in one transaction, as what masks tickets does."""
    with store.audit.recording() as recorder:
        batch = Batch(recorder.connection, Sealing(originals), store.keys)
        batch.load([reference])
        fields = TicketFields(reference=reference, subject="[name] calls", problem=problem)
        ticket_id = batch.save(fields).ticket_id
        batch.write()
    return ticket_id


def rows(url: str) -> int:
    with closing(Database(url)) as database, database.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM vault")).scalar_one())


def test_originals_are_replaced_with_their_ticket(vault: Store, database_url: str) -> None:
    assert vault.vault.originals(1) == OLD
    save(vault, NEW)  # the masked text is the same
    assert vault.vault.originals(1) == NEW
    save(vault, {}, problem="y")
    assert (vault.vault.originals(1), rows(database_url)) == ({}, 0)


def test_originals_wait_in_the_bin_and_go_with_the_purge(vault: Store, database_url: str) -> None:
    vault.delete("T-1")
    assert vault.vault.originals(1) == OLD
    vault.undelete_many(["T-1"])
    vault.delete("T-1")
    vault.purge([1])
    assert rows(database_url) == 0


def test_no_original_is_in_the_files(tmp_path: Path, keys: KeyFile) -> None:
    with closing(
        Store.open(f"sqlite:///{tmp_path / 'a.db'}", masking=unmasked, keys=keys)
    ) as store:
        save(store, OLD)
        found = [
            path.name
            for path in tmp_path.glob("a.db*")
            if any(one.encode() in path.read_bytes() for one in OLD.values())
        ]
    assert found == []


def test_what_cannot_be_sealed_is_not_saved(vault: Store, keys: KeyFile) -> None:
    keys.path.rename(keys.path.with_name("lost"))
    with pytest.raises(KeysMissing):
        save(vault, NEW, "T-2")
    with pytest.raises(KeysMissing):
        vault.vault.originals(1)
    assert vault.count() == 1
    KeyFile(keys.path).ensure()
    with pytest.raises(KeysDiffer):
        save(vault, NEW, "T-2")
    with pytest.raises(KeysDiffer):
        vault.vault.originals(1)


def test_an_original_that_was_moved_does_not_open(vault: Store, database_url: str) -> None:
    with closing(Database(database_url)) as database, database.writing() as connection:
        connection.execute(text("UPDATE vault SET field = 'cause' WHERE field = 'problem'"))
    with pytest.raises(VaultDamaged, match="original of cause"):
        vault.vault.originals(1)


def test_each_step_seals_the_next_originals_by_the_new_key(
    vault: Store, keys: KeyFile, database_url: str
) -> None:
    for number in range(2, 6):
        save(vault, OLD, f"T-{number}")
    with closing(Database(database_url)) as database, database.writing() as connection:
        connection.execute(text("UPDATE vault SET nonce = ciphertext WHERE ticket_id = 4"))
    old, new = keys.read().current.id, keys.add().current.id
    place: tuple[int, str] | None = START
    steps = []
    while place is not None:
        step = vault.vault.reseal(place, 3)
        steps.append((step.done, step.damaged))
        place = step.last
    assert (steps, vault.vault.counts()) == ([(3, 0), (3, 0), (1, 2), (1, 0)], {new: 8, old: 2})
    assert [vault.vault.originals(number) for number in (1, 2, 3, 5)] == [OLD] * 4


def in_child(work: Callable[[], None]) -> int | None:
    """Do something in a process of its own, and return how that ended."""
    process = FORK.Process(target=work)
    process.start()
    process.join()
    return process.exitcode


def die_at(fatal: int) -> None:
    """Let this process die by SIGKILL at a statement, or at the commit after the last of them."""
    calls = count(1)

    def at_call(*_: object) -> None:
        if next(calls) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", at_call)
    event.listen(Engine, "commit", at_call)


def killed_everywhere(url: str, keys: KeyFile, work: Callable[[Store], object]) -> Iterator[None]:
    """Yield after each time that the work was killed, one storage call later each time."""

    def attempt(fatal: int) -> None:
        with closing(Store.open(url, masking=unmasked, keys=KeyFile(keys.path))) as store:
            die_at(fatal)
            work(store)

    for fatal in count(1):
        ended = in_child(partial(attempt, fatal))
        if ended == 0:
            return
        assert ended == -signal.SIGKILL
        yield


def test_a_save_that_is_killed_leaves_old_ticket_and_old_originals(
    tmp_path: Path, keys: KeyFile
) -> None:
    url = f"sqlite:///{tmp_path / 'kbsearch.db'}"
    with closing(Store.open(url, masking=unmasked, keys=keys)) as store:
        save(store, OLD)
    kills = 0
    for _ in killed_everywhere(url, keys, lambda store: save(store, NEW, problem="y")):
        kills += 1
        with closing(Store.open(url, masking=unmasked, keys=keys)) as store:
            assert (store.get("T-1").problem, store.vault.originals(1)) == ("x", OLD)
    with closing(Store.open(url, masking=unmasked, keys=keys)) as store:
        assert (store.get("T-1").problem, store.vault.originals(1)) == ("y", NEW)
    assert kills >= 8


def test_a_purge_that_is_killed_is_done_whole_or_not_at_all(tmp_path: Path, keys: KeyFile) -> None:
    url = f"sqlite:///{tmp_path / 'kbsearch.db'}"
    with closing(Store.open(url, masking=unmasked, keys=keys)) as store:
        save(store, OLD)
        store.delete("T-1")
    left = []
    for _ in killed_everywhere(url, keys, lambda store: store.purge([1])):
        with closing(Store.open(url, masking=unmasked, keys=keys)) as store:
            left.append((len(store.vault.originals(1)), len(store.deleted_before(FAR))))
    assert set(left) == {(2, 1), (0, 0)}
    with closing(Store.open(url, masking=unmasked, keys=keys)) as store:
        assert not store.owes_rewriting()
