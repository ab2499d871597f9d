"""What the commands do where there is no store, or none that can be written."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from kbsearch.cli.audit import COMMANDS as AUDIT
from kbsearch.cli.gate import COMMANDS as GATE
from kbsearch.cli.keys import COMMANDS as KEYS
from kbsearch.cli.main import COMMANDS
from kbsearch.cli.privacy import COMMANDS as PRIVACY
from kbsearch.cli.synonyms import COMMANDS as SYNONYMS
from tests.cli.conftest import CALL, Command, environment, fill
from tests.patience import PATIENCE

NEEDING: dict[str, tuple[str, ...]] = {
    "reindex": (),
    "rollback": ("--yes",),
    "verify": (),
    "search": ("printer",),
    "suggest": ("prin",),
    "similar": ("T-1",),
    "show": ("T-1",),
    "outcome": ("T-1", "--solved"),
    "delete": ("T-1",),
    "undelete": ("T-1",),
    "purge": (),
    "stats": (),
    "run": ("QUERIES", "--output", "RUN"),
    "evaluate": ("--queries", "QUERIES", "--qrels", "QRELS"),
    "gate add": ("printer", "T-1"),
    "gate collect": (),
    "gate": (),
    "synonyms list": (),
    "synonyms add": ("mfp", "printer"),
    "synonyms remove": ("mfp", "printer"),
    "synonyms check": (),
    "synonyms publish": (),
    "keys show": (),
    "keys rotate": (),
    "keys backup": ("RUN",),
    "privacy status": (),
    "privacy preview": (),
    "privacy remask": (),
    "privacy reveal": ("T-1", "--reason", "a call back"),
    "privacy scan": (),
    "audit show": (),
    "audit verify": (),
    "audit export": ("RUN",),
}
"""Each command that needs a store, with arguments that are right."""
MAKING = {"import", "add", "serve"}
READING = ("search", "show", "stats", "verify", "suggest", "similar")


@pytest.fixture
def arguments(tmp_path: Path) -> dict[str, str]:
    """What stands for files in the arguments."""
    names = {name: str(tmp_path / name.lower()) for name in ("QUERIES", "QRELS", "RUN")}
    Path(names["QUERIES"]).write_text("1\tprinter\n", encoding="utf-8")
    Path(names["QRELS"]).write_text("1\tT-1\t1\n", encoding="utf-8")
    return names


def full(name: str, arguments: dict[str, str]) -> list[str]:
    return [*name.split(), *(arguments.get(part, part) for part in NEEDING[name])]


def test_every_command_is_one_that_needs_a_store_or_makes_one() -> None:
    groups = {"gate": GATE, "synonyms": SYNONYMS, "keys": KEYS, "audit": AUDIT, "privacy": PRIVACY}
    below = {f"{name} {one}" for name, group in groups.items() for one in group}
    assert below | set(COMMANDS) == set(NEEDING) | MAKING | {"synonyms", "keys", "audit", "privacy"}


@pytest.mark.parametrize("name", NEEDING)
def test_a_mistyped_folder_is_named_and_not_made(
    call: Command, home: Path, arguments: dict[str, str], name: str
) -> None:
    result = call(*full(name, arguments))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"Error: The data folder {home} does not exist; set KBSEARCH_HOME to the folder that has"
        " your tickets, or make it with: kbsearch import FILE\n"
    )
    assert not home.exists()
    assert not Path(arguments["RUN"]).exists()


@pytest.mark.parametrize("content", [None, b""], ids=["no file", "an empty file"])
@pytest.mark.parametrize("name", NEEDING)
def test_a_folder_without_a_store_gets_none(
    call: Command, home: Path, arguments: dict[str, str], name: str, content: bytes | None
) -> None:
    home.mkdir()
    if content is not None:
        (home / "kbsearch.db").write_bytes(content)
    before = listing(home)
    result = call(*full(name, arguments))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"Error: The database {home / 'kbsearch.db'} does not exist; set KBSEARCH_HOME to the"
        " folder that has your tickets, or take some in with: kbsearch import FILE\n"
    )
    assert listing(home) == before


def listing(home: Path) -> list[tuple[str, int]]:
    return [(path.name, path.stat().st_size) for path in sorted(home.iterdir())]


def test_a_dry_run_and_a_file_that_is_not_there_make_no_store(
    call: Command, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text("id,subject\nT-1,Printer jams\n", encoding="utf-8")
    dry = call("import", "--dry-run", str(file))
    assert (dry.exit_code, dry.stdout.split()[:4]) == (0, ["Read", "1", "New", "1"])
    assert call("import", str(tmp_path / "mistyped.csv")).exit_code == 2
    assert not home.exists()


READ_ONLY = """
set -e
mount --bind {home} {home}
mount -o remount,ro,bind {home}
touch {home}/probe 2>/dev/null && exit 99
exec "$@"
"""
FULL = """
set -e
mount -t tmpfs -o size=2m tmpfs {home}
cp -r {kept}/. {home}
cat /dev/zero >{home}/fill 2>/dev/null || true
exec "$@"
"""


def apart(script: str, *command: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command where only it sees what the script mounts."""
    return subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", sys.executable, "-c", CALL, *command],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def can_mount() -> bool:
    """Whether this process may mount what nobody else sees."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    return not subprocess.run(["unshare", "--mount", "true"], check=False).returncode


needs_mounts = pytest.mark.skipif(not can_mount(), reason="only root can mount a folder read-only")


@pytest.fixture(params=["read-only", "full"])
def unwritable(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A filled data folder, and what makes it one that takes nothing more."""
    home = tmp_path / "home"
    if request.param == "read-only":
        fill(home)
        return READ_ONLY.format(home=home), home
    home.mkdir()
    fill(tmp_path / "kept")
    return FULL.format(home=home, kept=tmp_path / "kept"), home


def read(unwritable: tuple[str, Path], *command: str) -> subprocess.CompletedProcess[str]:
    return apart(unwritable[0], *command, home=unwritable[1])


@needs_mounts
@pytest.mark.parametrize("name", READING)
def test_what_only_reads_needs_no_room_and_no_right_to_write(
    unwritable: tuple[str, Path], name: str, arguments: dict[str, str]
) -> None:
    done = read(unwritable, *full(name, arguments))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@needs_mounts
@pytest.mark.parametrize("command", [("add", "--subject", "x"), ("outcome", "T-1", "--solved")])
def test_what_writes_says_what_stands_in_the_way(
    unwritable: tuple[str, Path], command: Sequence[str]
) -> None:
    done = read(unwritable, *command)
    assert done.returncode == 1
    assert done.stderr.startswith(("Error: The data", "Error: The index"))
    assert "Traceback" not in done.stderr


@needs_mounts
def test_what_a_log_holds_is_read_from_a_read_only_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    fill(home)
    added = [sys.executable, "-c", ADD_AND_DIE]
    subprocess.run(added, env=environment(home), check=True)
    assert (home / "kbsearch.db-wal").stat().st_size
    done = apart(READ_ONLY.format(home=home), "stats", "--json", home=home)
    assert (json.loads(done.stdout)["tickets"], done.stderr) == (4, "")


ADD_AND_DIE = """
import os
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import load_settings
kb = KnowledgeBase.open(load_settings())
kb.parts.store.save({"reference": "T-9", "subject": "Scanner hums"})
os._exit(0)
"""
