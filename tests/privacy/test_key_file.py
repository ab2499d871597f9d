"""The key file is made once, for its owner, and anything wrong with it is a sentence."""

import json
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import pytest

from kbsearch.errors import InputError, KeysDiffer, KeysMissing, KeysUnusable
from kbsearch.privacy.key_file import KeyFile
from kbsearch.privacy.keys import Purpose


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    """A key file that is not made yet, in a folder that is not there."""
    return KeyFile(tmp_path / "config" / "keys.json")


def test_the_first_use_makes_a_file_for_its_owner_only(keys: KeyFile) -> None:
    before = os.umask(0)
    try:
        made = keys.ensure()
    finally:
        os.umask(before)
    assert (keys.path.stat().st_mode & 0o777, keys.path.parent.stat().st_mode & 0o777) == (
        0o600,
        0o700,
    )
    assert [key.version for key in made.keys] == [1]
    assert KeyFile(keys.path).ensure().current == made.current


def test_many_that_make_it_at_a_time_get_the_same_keys(keys: KeyFile) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: KeyFile(keys.path).ensure().current.id, range(24)))
    assert len(set(made)) == 1


def test_a_new_version_is_in_use_at_once_and_the_old_ones_stay(keys: KeyFile) -> None:
    other = KeyFile(keys.path)
    first = keys.ensure().current
    second = other.add().current
    assert (second.version, keys.read().current) == (2, second)
    assert keys.read().key(first.id) == first
    assert second.secret != first.secret


def test_each_purpose_has_a_key_of_its_own(keys: KeyFile) -> None:
    key = keys.ensure().current
    assert len({key.secret, *map(key.derive, Purpose)}) == 1 + len(Purpose)
    assert key.secret.hex() not in repr(key)


def test_a_file_that_is_lost_is_named_with_the_next_step(keys: KeyFile) -> None:
    with pytest.raises(KeysMissing, match=r"keys\.json is missing.* put your backup of it there"):
        keys.read()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_is_open_to_others_is_refused(keys: KeyFile, mode: int) -> None:
    keys.ensure()
    keys.path.chmod(mode)
    with pytest.raises(KeysUnusable, match=r"can be read by others .*; run: chmod 600 "):
        keys.read()
    keys.path.chmod(0o600)
    assert keys.read().current.version == 1


def test_a_folder_in_which_others_write_is_refused(keys: KeyFile) -> None:
    keys.ensure()
    keys.path.parent.chmod(0o777)
    with pytest.raises(KeysUnusable, match=r"Others .* may write in .*; run: chmod 700 "):
        keys.read()


@pytest.mark.parametrize(
    "edit",
    [
        lambda _: "",
        lambda text: text[:40],
        lambda _: "[]",
        lambda _: '{"keys": []}',
        lambda text: text.replace('"version": 1', '"version": 2'),
        lambda text: text.replace('"version": 1', '"version": "1"'),
        lambda text: text.replace('"secret": "', '"secret": "0'),
        lambda text: text.replace('"secret": "', '"secret": "00'),
        lambda text: text.replace('"created": "', '"created": "x'),
        lambda text: text.replace("{", "\udcff", 1),
    ],
)
def test_a_damaged_file_is_refused_and_its_secret_not_repeated(
    keys: KeyFile, edit: Callable[[str], str]
) -> None:
    secret = keys.ensure().current.secret.hex()
    text = edit(keys.path.read_text("utf-8"))
    keys.path.write_text(text, "utf-8", "surrogateescape")
    with pytest.raises(KeysUnusable, match="is damaged; put your backup of it there") as refused:
        keys.read()
    assert secret[:8] not in str(refused.value)


def test_a_key_that_the_file_lacks_is_named(keys: KeyFile) -> None:
    ring = keys.ensure()
    with pytest.raises(KeysDiffer, match=rf"has the keys {ring.current.id}, .* needs 7-abc; put"):
        ring.key("7-abc")


def test_a_backup_is_a_copy_that_only_its_owner_reads(keys: KeyFile, tmp_path: Path) -> None:
    made, target = keys.ensure(), tmp_path / "copy.json"
    keys.back_up(target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert KeyFile(target).read().current == made.current
    with pytest.raises(InputError, match="exists already; name a new file"):
        keys.back_up(target)
    with pytest.raises(InputError, match="cannot be written"):
        keys.back_up(tmp_path / "none" / "copy.json")
    assert json.loads(target.read_text("utf-8"))["keys"][0]["version"] == 1


def die_at(fatal: int) -> None:
    """Let this process die by SIGKILL at a call that changes files."""
    calls = count(1)

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def at_call(*given: object, **more: object) -> object:
            if next(calls) == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **more)

        return at_call

    for name in ("mkdir", "open", "fchmod", "fsync", "replace", "close"):
        setattr(os, name, counted(getattr(os, name)))


@pytest.mark.parametrize("change", ["ensure", "add"])
def test_a_file_whose_change_is_killed_is_the_old_or_the_new_one(
    keys: KeyFile, change: str
) -> None:
    before = keys.ensure().keys if change == "add" else ()

    def attempt(fatal: int) -> None:
        other = KeyFile(keys.path)
        die_at(fatal)
        getattr(other, change)()

    for fatal in count(1):
        process = get_context("fork").Process(target=attempt, args=(fatal,))
        process.start()
        process.join()
        held = KeyFile(keys.path).read().keys if keys.path.exists() else ()
        assert held[: len(before)] == before
        if process.exitcode == 0:
            break
        before = held
    assert fatal > 6
    assert [key.version for key in before] == list(range(1, len(before) + 1))
