"""What lies in the data folder is its owner's alone, whatever the umask."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Command, fill

NOTE = "Note: others on this computer can see the names of the files in "


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let new files be as open as each umask has it."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def open_to_others(home: Path) -> list[str]:
    return [
        f"{path.relative_to(home)} {stat.filemode(path.stat().st_mode)}"
        for path in (home, *home.rglob("*"))
        if path.stat().st_mode & 0o077
    ]


@pytest.mark.usefixtures("umask")
def test_all_that_commands_write_there_is_closed_to_others(
    home: Path, call: Command, tmp_path: Path
) -> None:
    table = tmp_path / "tickets.csv"
    table.write_text("id,subject\nT-1,Printer jams\n,nothing\nT-2,\n", encoding="utf-8")
    for command in (
        ("import", str(table), "--save-mapping", "demo"),
        ("reindex",),
        ("add", "--subject", "No sound"),
        ("gate", "add", "printer", "T-1"),
        ("gate",),
        ("synonyms", "add", "mfp", "printer"),
        ("synonyms", "publish", "--anyway"),
        ("synonyms", "add", "kit", "laptop"),
        ("reindex",),
    ):
        result = call(*command)
        right = 3 if command[0] == "import" else 0  # two of its three rows are rejected
        assert (result.exit_code, NOTE in result.stderr) == (right, False), result.stderr
    assert {"gate.tsv", "gate.last.json", "synonyms.tsv", "synonyms.draft.tsv", "rejects"} <= {
        path.name for path in home.iterdir()
    }
    assert open_to_others(home) == []


def test_a_folder_that_others_can_look_into_is_told_and_its_files_are_closed(
    home: Path, call: Command
) -> None:
    fill(home)
    (home / "gate.tsv").touch(0o644)
    for name in ("kbsearch.db", "gate.tsv"):
        (home / name).chmod(0o644)
    home.chmod(0o755)
    told = call("add", "--subject", "No sound").stderr
    assert told.startswith(f"{NOTE}{home}, not what is in them.")
    assert f"run: chmod 700 {home}\n" in told
    assert open_to_others(home) == [". drwxr-xr-x"]
    assert call("search", "sound").stderr == ""
