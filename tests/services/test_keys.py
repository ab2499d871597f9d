"""Keys are changed while others work, and nothing is done that cannot be recorded."""

import os
import signal
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from kbsearch.errors import InputError, KeysMissing, KeysUnusable, SettingInvalid
from kbsearch.records.import_options import ImportOptions
from kbsearch.services import keys as rotating
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.store.test_vault import NEW, OLD, save

FORK, SPAWN = get_context("fork"), get_context("spawn")
TICKETS = 12


@pytest.fixture
def desk(settings: Settings, database_url: str) -> Settings:
    """The settings of a knowledge base with some originals, on a database of either kind."""
    made = settings.model_copy(update={"database_url": database_url})
    with closing(KnowledgeBase.open(made)) as kb:
        for number in range(TICKETS):
            save(kb.parts.store, OLD, f"T-{number}")
    return made


def test_a_rotation_seals_every_original_by_a_new_key(desk: Settings) -> None:
    with closing(KnowledgeBase.open(desk)) as kb:
        (before,) = kb.local.keys.versions()
        done = kb.local.keys.rotate()
        assert (done.resumed, done.sealed, done.damaged) == (False, TICKETS * len(OLD), 0)
        first, second = kb.local.keys.versions()
        assert (first.id, first.originals, first.in_use) == (before.id, 0, False)
        assert (second.id, second.originals, second.in_use) == (done.key, done.sealed, True)
        assert all(kb.parts.store.vault.originals(one) == OLD for one in range(1, TICKETS + 1))
        said = [row.action for row in kb.local.audit.newest(2)]
        assert said == ["key rotation", "key rotation begun"]
        assert kb.local.audit.verify().fault is None


def rotate(desk: Settings, fatal: int) -> None:
    """Rotate by small steps, and die by SIGKILL at a storage call."""
    calls = count(1)

    def at_call(*_: object) -> None:
        if next(calls) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    rotating.STEP, rotating.PAUSE = 5, 0.0  # small, so that there are many
    with closing(KnowledgeBase.open(desk)) as kb:
        event.listen(Engine, "before_cursor_execute", at_call)
        event.listen(Engine, "commit", at_call)
        kb.local.keys.rotate()


def test_a_rotation_that_is_killed_anywhere_is_finished_by_the_next(settings: Settings) -> None:
    with closing(KnowledgeBase.open(settings)) as kb:
        for number in range(TICKETS):
            save(kb.parts.store, OLD, f"T-{number}")
    for fatal in count(1):
        process = FORK.Process(target=partial(rotate, settings, fatal))
        process.start()
        process.join()
        with closing(KnowledgeBase.open(settings)) as kb:
            store = kb.parts.store
            assert all(store.vault.originals(one) == OLD for one in range(1, TICKETS + 1))
            assert kb.local.audit.verify().fault is None
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
    with closing(KnowledgeBase.open(settings)) as kb:
        assert [one.originals for one in kb.local.keys.versions()] == [0, TICKETS * len(OLD)]
    assert fatal > 20


def work_until(desk: Settings, stop: Event, ready: Event) -> None:
    """Save and read originals until all rotations are over; anything wrong raises."""
    with closing(KnowledgeBase.open(desk)) as kb:
        for number in count():
            ticket = save(kb.parts.store, NEW, f"W-{number % 20}", f"{number}")
            assert kb.parts.store.vault.originals(ticket) == NEW
            assert kb.parts.store.vault.originals(number % TICKETS + 1) == OLD
            ready.set()
            if stop.is_set():
                return


def test_others_save_and_read_during_rotations(desk: Settings) -> None:
    stop, ready = SPAWN.Event(), SPAWN.Event()
    process = SPAWN.Process(target=work_until, args=(desk, stop, ready))
    process.start()
    assert ready.wait(600)
    with closing(KnowledgeBase.open(desk)) as kb:
        for _ in range(3):
            kb.local.keys.rotate()
        *old, current = kb.local.keys.versions()
        stop.set()
        process.join()
        assert process.exitcode == 0
        assert [one.originals for one in old] == [0, 0, 0]
        assert current.originals > TICKETS * len(OLD)
        assert kb.local.audit.verify().fault is None


@pytest.fixture
def lost(kb: KnowledgeBase, tmp_path: Path) -> KnowledgeBase:
    """A knowledge base with one ticket, whose key file is lost."""
    (tmp_path / "t.csv").write_text("id,subject\nT-1,Printer\n", "utf-8")
    kb.local.importing.run([tmp_path / "t.csv"], ImportOptions())
    kb.settings.keys.rename(kb.settings.keys.with_name("lost"))
    return kb


@pytest.mark.parametrize(
    "act",
    [
        lambda kb, path: kb.local.importing.run([path], ImportOptions()),
        lambda kb, _: kb.local.deletion.delete(["T-1"]),
        lambda kb, _: kb.local.deletion.erase(["T-1"], agreed=1),
        lambda kb, _: kb.local.indexing.rebuild(),
        lambda kb, _: kb.local.keys.rotate(),
        lambda kb, path: kb.local.keys.back_up(path.with_name("copy")),
        lambda kb, _: kb.local.keys.versions(),
    ],
)
def test_without_its_keys_a_store_changes_nothing(
    lost: KnowledgeBase, tmp_path: Path, act: Callable[[KnowledgeBase, Path], object]
) -> None:
    (tmp_path / "new.csv").write_text("id,subject\nT-2,Kettle\n", "utf-8")
    with pytest.raises(KeysMissing, match="is missing, and this store needs it"):
        act(lost, tmp_path / "new.csv")
    assert [one.reference for one in lost.parts.store.tickets()] == ["T-1"]
    assert not lost.settings.keys.exists()


def test_a_store_opens_without_its_keys_and_says_what_is_wrong(lost: KnowledgeBase) -> None:
    with closing(KnowledgeBase.open(lost.settings)) as kb:
        assert kb.local.tickets.get("T-1").subject == "Printer"
        assert kb.local.keys.trouble().startswith("The key file ")
        lost.settings.keys.with_name("lost").rename(lost.settings.keys)
        assert kb.local.keys.trouble() == ""
        lost.settings.keys.chmod(0o644)
        assert kb.local.keys.trouble().endswith(f"chmod 600 {lost.settings.keys}")


def test_an_import_of_many_is_recorded_by_its_counts(kb: KnowledgeBase, tmp_path: Path) -> None:
    rows = "".join(f"T-{number},Kettle\n" for number in range(2_500))
    (tmp_path / "t.csv").write_text(f"id,subject\n{rows}", "utf-8")
    kb.local.importing.run([tmp_path / "t.csv"], replace(ImportOptions(), dry_run=True))
    assert kb.local.audit.newest(5) == []
    kb.local.importing.run([tmp_path / "t.csv"], ImportOptions())
    done, begun = kb.local.audit.newest(5)
    assert (begun.action, done.action) == ("import begun", "import")
    assert '"new": 2500' in done.detail
    assert '"files": ["t.csv"]' in begun.detail


def test_deletions_are_recorded_by_who_did_them(kb: KnowledgeBase) -> None:
    kb.parts.store.save({"reference": "T-1", "subject": "Kettle"})
    kb.local.deletion.delete(["T-1"])
    kb.local.deletion.undelete(["T-1"])
    kb.local.deletion.erase(["T-1"], agreed=1)
    rows = list(kb.local.audit.rows())
    assert [(row["action"], row["object"]) for row in rows] == [
        ("delete", "desk:T-1"),
        ("undelete", "desk:T-1"),
        ("delete", "desk:T-1"),
        ("purge", ""),
    ]
    assert {row["actor"] for row in rows} == {"local"}


def test_a_backup_is_recorded_and_never_lies_in_the_data_folder(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    kb.local.keys.back_up(tmp_path / "copy.json")
    with pytest.raises(InputError, match="exists already"):
        kb.local.keys.back_up(tmp_path / "copy.json")
    with pytest.raises(InputError, match="is in the data folder"):
        kb.local.keys.back_up(kb.settings.home / "copy.json")
    assert [row.action for row in kb.local.audit.newest(5)] == ["key backup"]


def test_a_key_file_in_the_data_folder_is_refused(settings: Settings) -> None:
    inside = settings.model_copy(update={"keys": settings.home / "keys.json"})
    with pytest.raises(SettingInvalid, match="is in the data folder"):
        KnowledgeBase.open(inside)


def test_a_key_file_that_cannot_be_made_stops_the_change(settings: Settings) -> None:
    settings.keys.parent.parent.joinpath("file").touch()
    taken = settings.model_copy(update={"keys": settings.home.parent / "file" / "keys.json"})
    with closing(KnowledgeBase.open(taken)) as kb:
        for _ in range(2):
            with pytest.raises(
                KeysUnusable, match=r"keys\.json cannot be read .* set KBSEARCH_KEYS"
            ):
                kb.local.indexing.rebuild()
