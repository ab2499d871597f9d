"""What must hold for every file of the checkout, and for the lock files."""

import os
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.!+-]+)(?P<marker> ; [^\\]+)?", re.MULTILINE)


@cache
def files() -> list[str]:
    """Return the path of every file that git tracks, or would if it were added."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(name for name in set(listed.stdout.split("\0")) if (ROOT / name).is_file())


@cache
def texts() -> dict[str, str]:
    """Return the content of every file that is text, by its path."""
    contents = {name: (ROOT / name).read_bytes() for name in files()}
    return {name: content.decode() for name, content in contents.items() if b"\0" not in content}


def pins(lock: str) -> dict[str, set[str]]:
    """Return the versions that a lock file pins for each package."""
    found: dict[str, set[str]] = {}
    for match in PIN.finditer((ROOT / lock).read_text("utf-8")):
        found.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return found


def wanted(*groups: str) -> list[Requirement]:
    """Return what pyproject.toml asks for: the dependencies, and those of the groups."""
    lines = [*PROJECT["project"]["dependencies"]]
    for group in groups:
        lines += PROJECT["dependency-groups"][group]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(
    ("lock", "groups"),
    [
        (LOCKS[0], ["install"]),
        (LOCKS[1], ["install", "dev"]),
        (LOCKS[2], ["install", "bench"]),
    ],
    ids=LOCKS,
)
def test_a_lock_fulfils_pyproject(lock: str, groups: list[str]) -> None:
    pinned = pins(lock)
    unmet = [
        str(need)
        for need in wanted(*groups)
        if not pinned.get(canonicalize_name(need.name))
        or not all(need.specifier.contains(v) for v in pinned[canonicalize_name(need.name)])
    ]
    assert unmet == [], "run scripts/lock"


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_what_is_tested_and_measured_is_what_runs(lock: str) -> None:
    run, other = pins(LOCKS[0]), pins(lock)
    assert {name: other.get(name) for name in run} == run


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_nothing_names_a_place(lock: str) -> None:
    entries = re.split(r"\n(?=[\w-])", (ROOT / lock).read_text("utf-8"))[1:]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert [entry for entry in entries if re.search(r"://|file:|--(?!hash)|\.\./", entry)] == []


def test_whoosh_is_pinned_to_one_version() -> None:
    [whoosh] = [need for need in wanted() if need.name.startswith("whoosh")]
    assert str(whoosh.specifier).startswith("==")


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    here = "|".join(re.escape(f"{folder}/") for folder in (ROOT, Path.home()))
    place = re.compile(rf"(?<![\w.])(?:{here}|/(?:root|opt|work)/\w)")
    wrong = [
        f"{name}:{number}"
        for name, text in texts().items()
        if not name.startswith("index/samples/")  # people's own words about their own machines
        for number, line in enumerate(text.splitlines(), 1)
        if place.search(line)
    ]
    assert wrong == []


def test_no_file_is_a_pickle_a_database_or_an_index() -> None:
    suffixes = (".pkl", ".pickle", ".joblib", ".db", ".sqlite", ".seg", ".toc", ".pyc", ".whl")
    assert [name for name in files() if name.endswith(suffixes)] == []


def test_no_code_reads_pickles_or_unsafe_yaml() -> None:
    unsafe = re.compile(
        # An exception may be named: what Whoosh itself reads can end in it.
        r"^\s*(?:import|from) (?:pickle|cPickle|dill|shelve|marshal)\b(?! import UnpicklingError$)"
        r"|yaml\.(?:unsafe_)?load\(|allow_pickle=True",
        re.MULTILINE,
    )
    wrong = [
        path.name for path in (ROOT / "kbsearch").rglob("*.py") if unsafe.search(path.read_text())
    ]
    assert wrong == []


def test_every_text_file_ends_with_a_newline_and_has_unix_lines() -> None:
    wrong = [
        name for name, text in texts().items() if (text and not text.endswith("\n")) or "\r" in text
    ]
    assert wrong == []


def test_every_command_in_scripts_can_be_executed() -> None:
    commands = [
        path
        for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"]
        if path.is_file() and path.read_text("utf-8").startswith("#!")
    ]
    assert ROOT / "scripts" / "start" in commands
    assert [path.name for path in commands if not os.access(path, os.X_OK)] == []
