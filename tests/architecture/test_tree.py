"""What must hold for every file of the checkout, and for the lock files."""

import os
import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


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


def test_every_class_of_the_scripts_has_a_name_of_its_own() -> None:
    names = [
        name
        for path, text in texts().items()
        if path.startswith("scripts/")
        for name in re.findall(r"^class (\w+)", text, re.MULTILINE)
    ]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_every_command_in_scripts_can_be_executed() -> None:
    commands = [
        path
        for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"]
        if path.is_file() and path.read_text("utf-8").startswith("#!")
    ]
    assert ROOT / "scripts" / "start" in commands
    assert [path.name for path in commands if not os.access(path, os.X_OK)] == []
