"""The short form of scripts/faults: crashes, power cuts, bad disks, swaps under readers."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.engines.disk.faults import knowledge, mapped, operations
from tests.engines.disk.faults.bad_disk import damaged_current, damaged_spare
from tests.engines.disk.faults.swaps import (
    opening,
    rebuilding,
    searching,
    swap_under_readers,
)
from tests.engines.disk.faults.trials import (
    Recorded,
    kills,
    needless_fsyncs,
    power_cuts,
    recorded,
)
from tests.engines.disk.faults.watched import QuickDisk

OPERATIONS = (*operations.OPERATIONS, *knowledge.OPERATIONS)


@pytest.fixture
def chance() -> Random:
    """What decides which faults strike."""
    return Random(1)


@pytest.fixture(params=OPERATIONS, ids=[operation.name for operation in OPERATIONS])
def done(request: pytest.FixtureRequest, tmp_path: Path) -> Recorded:
    """Each operation, as it was run once."""
    return recorded(request.param, tmp_path)


@pytest.fixture
def step(done: Recorded) -> int:
    """Which calls are struck in so little time: a knowledge base takes longer to look through."""
    return 6 if done.operation in knowledge.OPERATIONS else 1


def prepared(tmp_path: Path, prepare: Callable[[Path], None]) -> Path:
    """Return the folder of an index that will be damaged."""
    root = tmp_path / "prepared"
    root.mkdir()
    prepare(root)
    return root


def test_a_kill_leaves_the_index_as_it_was_or_as_it_should_be(done: Recorded, step: int) -> None:
    assert [wrong for wrong in kills(done, step=step) if wrong] == []


def test_a_power_cut_leaves_the_index_as_it_was_or_as_it_should_be(
    done: Recorded, step: int, chance: Random
) -> None:
    trials = list(power_cuts(done, chance, mixtures=1, step=step))
    assert len(trials) > 3
    assert [wrong for wrong in trials if wrong] == []


def test_no_fsync_can_be_left_out(done: Recorded, chance: Random) -> None:
    trials = list(needless_fsyncs(done, chance, mixtures=8))
    assert len(trials) > 3
    assert [wrong for wrong in trials if wrong] == []


@pytest.mark.parametrize("prepare", [operations.prepare_index, operations.prepare_without_spare])
def test_damage_is_noticed_before_anything_is_handed_out(
    tmp_path: Path, prepare: Callable[[Path], None], chance: Random
) -> None:
    trials = damaged_current(prepared(tmp_path, prepare), chance, 40)
    assert [trial for trial in trials if trial.wrong] == []


def test_a_damaged_spare_is_noticed_and_answers_stay(tmp_path: Path, chance: Random) -> None:
    trials = damaged_spare(prepared(tmp_path, operations.prepare_index), chance, 20)
    assert [trial for trial in trials if trial.wrong] == []


@pytest.mark.parametrize("prepare", [knowledge.prepare_index, knowledge.prepare_without_spare])
def test_a_damaged_index_says_so_and_is_mended(
    tmp_path: Path, prepare: Callable[[Path], None], chance: Random
) -> None:
    trials = knowledge.damaged_knowledge(prepared(tmp_path, prepare), chance, 12)
    assert [trial for trial in trials if trial.wrong] == []


@pytest.mark.parametrize("spare", [True, False], ids=["spare", "no spare"])
def test_damage_under_a_mapped_file_stops_no_search_and_is_noticed(
    tmp_path: Path, chance: Random, spare: bool
) -> None:
    root = tmp_path / "prepared"
    mapped.prepare(root, spare=spare)
    trials = list(mapped.trials(root, chance, 6))
    assert len(trials) == 6
    assert [trial for trial in trials if trial.wrong] == []


def test_readers_open_whole_generations_while_others_are_committed(
    tmp_path: Path, chance: Random
) -> None:
    operations.prepare_index(tmp_path)
    change = operations.changing(tmp_path, chance)
    for read in swap_under_readers(tmp_path, change, 20, opening, readers=2):
        assert read.wrong == []
        assert read.states > 1
    operations.go_on(tmp_path)


def test_searches_never_mix_two_generations(tmp_path: Path) -> None:
    rebuild = rebuilding(tmp_path / "index", QuickDisk())
    rebuild(0)
    for read in swap_under_readers(tmp_path / "index", rebuild, 10, searching, readers=2):
        assert read.wrong == []
        assert read.states > 1
