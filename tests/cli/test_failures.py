"""How commands fail: a sentence on stderr and a code, never a traceback."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kbsearch.cli.lazy import Entry, LazyGroup
from kbsearch.cli.terminal import READER_GONE
from kbsearch.errors import IndexMissing, TicketNotFound
from tests.cli.conftest import CALL, Process, environment
from tests.patience import PATIENCE


@click.command()
@click.argument("name")
def fail(name: str) -> None:
    """Fail in one of the ways there are."""
    failures: dict[str, BaseException] = {
        "reader": TicketNotFound("There is no ticket T-9; search for it."),
        "operator": IndexMissing("There is no index; run it."),
        "defect": RuntimeError("the wheel came off"),
        "interrupted": KeyboardInterrupt(),
        "usage": click.UsageError("Give a file."),
    }
    raise failures[name]


GROUP = LazyGroup(table={"fail": Entry("tests.cli.test_failures:fail", "Fail.")})


def failed(name: str, home: Path) -> Result:
    return CliRunner(env={"KBSEARCH_HOME": str(home)}).invoke(GROUP, ["fail", name])


@pytest.mark.parametrize(
    ("name", "code", "sentence"),
    [
        ("reader", 2, "Error: There is no ticket T-9; search for it.\n"),
        ("operator", 1, "Error: There is no index; run it.\n"),
        ("interrupted", 130, ""),
    ],
)
def test_an_expected_failure_is_its_sentence(
    home: Path, name: str, code: int, sentence: str
) -> None:
    result = failed(name, home)
    assert (result.exit_code, result.stderr, result.stdout) == (code, sentence, "")


def test_a_wrong_argument_exits_with_two(home: Path) -> None:
    result = failed("usage", home)
    assert result.exit_code == 2
    assert "Give a file." in result.stderr


def test_a_defect_names_the_file_that_has_its_traceback(home: Path) -> None:
    home.mkdir()
    result = failed("defect", home)
    log = home / "errors.log"
    assert result.exit_code == 70
    assert result.stderr.startswith("Error: Something went wrong inside kbsearch (incident ")
    assert str(log) in result.stderr
    assert "Traceback" not in result.stderr
    incident = result.stderr.partition("incident ")[2][:8]
    assert f"incident {incident}" in log.read_text()
    assert "RuntimeError: the wheel came off" in log.read_text()


def test_the_file_of_tracebacks_is_its_owners_only(home: Path) -> None:
    home.mkdir()
    failed("defect", home)
    failed("defect", home)
    assert stat.S_IMODE((home / "errors.log").stat().st_mode) == 0o600
    assert (home / "errors.log").read_text().count("RuntimeError: the wheel came off") == 2


def test_a_defect_is_told_even_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = failed("defect", tmp_path / "file")
    assert result.exit_code == 70
    assert "could not be written" in result.stderr


def test_a_defect_makes_no_data_folder(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    told = failed("defect", home).stderr
    (log,) = tmp_path.glob("kbsearch-*/errors.log")
    assert str(log) in told
    assert not home.exists()


def test_a_data_folder_below_a_file_is_an_operators_error(process: Process, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = process("stats", folder=tmp_path / "file" / "home")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The data folder ")
    assert "set KBSEARCH_HOME" in done.stderr


def test_a_setting_that_cannot_be_used_is_named(process: Process) -> None:
    done = process("stats", KBSEARCH_PORT="many")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: KBSEARCH_PORT: ")
    assert "Traceback" not in done.stderr


def test_a_reader_that_went_away_is_no_error_to_talk_about(filled_home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-c", CALL, "search", "printer"],
            env=environment(filled_home),
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (READER_GONE, "")


def test_ctrl_c_ends_a_command_with_130(tmp_path: Path, home: Path) -> None:
    pipe = tmp_path / "queries.tsv"
    os.mkfifo(pipe)
    arguments = ["run", str(pipe), "--output", str(tmp_path / "out.run")]
    child = subprocess.Popen(
        [sys.executable, "-c", CALL, *arguments],
        env=environment(home),
        stderr=subprocess.PIPE,
        text=True,
    )
    with pipe.open("w"):  # returns when the command has opened it to read
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=PATIENCE)
    assert (child.returncode, said) == (130, "")
