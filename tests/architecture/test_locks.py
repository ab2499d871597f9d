"""The lock files are complete: an installation from one of them needs nothing else."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution

import pytest

from locks import (
    LOCKS,
    ROOT,
    Pin,
    asked_for,
    environments,
    lacking,
    read_metadata,
    read_pins,
)
from tests.architecture.test_tree import texts

ENTRIES = [(lock, pin.key) for lock in LOCKS for pin in read_pins(lock)]


@cache
def metadata() -> dict[str, list[str]]:
    return read_metadata()


def faults(lock: str, pins: list[Pin]) -> Iterator[str]:
    """Yield what an installation from these pins would lack, anywhere."""
    for environment in environments():
        place = f"Python {environment['python_version']} on {environment['sys_platform']}"
        for fault in lacking(pins, asked_for(lock), metadata(), environment):
            yield f"{place}: {fault}"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_all_that_its_distributions_ask_for(lock: str) -> None:
    assert list(faults(lock, read_pins(lock))) == [], "run scripts/lock"


@pytest.mark.parametrize(("lock", "taken"), ENTRIES)
def test_a_lock_without_one_of_its_entries_is_noticed(lock: str, taken: str) -> None:
    left = [pin for pin in read_pins(lock) if pin.key != taken]
    name = taken.partition("==")[0]
    assert name in next(faults(lock, left), "").replace("_", "-").lower()


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock != "requirements.lock"])
def test_what_is_tested_and_measured_is_what_runs(lock: str) -> None:
    others = {pin.key for pin in read_pins(lock)}
    assert [pin.key for pin in read_pins("requirements.lock") if pin.key not in others] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_nothing_names_a_place(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert len(read_pins(lock)) == len(re.findall(r"^[\w-]", text, re.MULTILINE))
    assert re.findall(r"://|file:|--(?!hash=sha256:)|\.\./", text) == []


def test_every_installation_takes_a_lock_as_it_is() -> None:
    told = [
        f"{name}: {command}"
        for name, text in texts().items()
        for command in re.findall(r"(?:pip|install_into_venv) install\b.*requirements.*", text)
    ]
    assert [one for one in told if "--no-deps" not in one] == []
    assert {one.partition(":")[0] for one in told} >= {"README.md", "docs/benchmarks.md"}


def test_whoosh_is_pinned_to_one_version() -> None:
    [whoosh] = [one for one in asked_for("requirements.lock") if one.name.startswith("whoosh")]
    assert str(whoosh.specifier).startswith("==")


def test_exactly_what_is_pinned_is_recorded() -> None:
    assert set(metadata()) == {key for _, key in ENTRIES}, "run scripts/lock"


def test_what_is_recorded_is_what_the_installed_distributions_say() -> None:
    compared = 0
    for key, recorded in metadata().items():
        name, _, version = key.partition("==")
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        if installed.version == version:
            assert recorded == sorted(installed.requires or []), key
            compared += 1
    assert compared >= len(read_pins("requirements.lock")) - 3  # not: two for Windows, a numpy
