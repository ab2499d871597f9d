"""`kbsearch serve`."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.cli.conftest import CALL, Process, environment
from tests.engines.whoosh.outdated import make_outdated
from tests.patience import PATIENCE


def test_it_says_where_it_is_and_stops_at_ctrl_c(filled_home: Path) -> None:
    with running("serve", "--port", "0", "--workers", "1", home=filled_home) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        assert line.startswith("kbsearch is at http://127.0.0.1:")
        assert "this computer only" in line
        with urlopen(f"{line.split()[3]}?q=printer", timeout=PATIENCE) as answer:
            assert b"Color printer jams" in answer.read()
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=PATIENCE)
    assert (child.returncode, said) == (0, "")


@contextmanager
def running(*arguments: str, home: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a command while the test goes on, and no longer."""
    child = subprocess.Popen(
        [sys.executable, "-c", CALL, *arguments],
        env={**environment(home), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with child:
        try:
            yield child
        finally:
            child.terminate()


def test_a_port_that_is_taken_is_an_operators_error(process: Process) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = process("serve", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: Port ")
    assert "--port" in done.stderr


def test_an_index_of_another_version_is_built_anew_and_said(filled_home: Path) -> None:
    make_outdated(filled_home / "index" / "internal")
    with running("serve", "--port", "0", "--workers", "1", home=filled_home) as child:
        assert child.stdout is not None
        address = child.stdout.readline().split()[3]
        with urlopen(f"{address}?q=printer", timeout=PATIENCE) as answer:
            assert b"Color printer jams" in answer.read()
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=PATIENCE)
    assert "another version of the analysis" in said
    assert "It was rebuilt." in said
