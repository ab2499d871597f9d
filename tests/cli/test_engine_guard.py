"""What a person sees when another distribution brought a `whoosh` of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CALL, environment


@pytest.fixture
def other_whoosh(tmp_path: Path) -> Path:
    """A folder with another distribution that provides the package `whoosh`."""
    package = tmp_path / "site" / "whoosh"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("versionstring = '2.7.4'\n", "utf-8")
    about = tmp_path / "site" / "Whoosh-2.7.4.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: Whoosh\nVersion: 2.7.4\n", "utf-8"
    )
    (about / "top_level.txt").write_text("whoosh\n", "utf-8")
    return package.parent


@pytest.mark.parametrize("command", ["search printer", "reindex", "serve --port 0"])
def test_another_whoosh_is_refused_before_anything_is_done(
    command: str, other_whoosh: Path, home: Path
) -> None:
    names = environment(home)
    names["PYTHONPATH"] = f"{other_whoosh}:{names['PYTHONPATH']}"
    done = subprocess.run(
        [sys.executable, "-c", CALL, *command.split()],
        env=names,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: Another whoosh is installed (Whoosh)")
    assert "uninstall it" in done.stderr
