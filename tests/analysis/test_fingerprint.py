"""Another analysis has another fingerprint."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kbsearch.analysis.fingerprint import fingerprint
from kbsearch.resources import resource


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the fingerprint is made of."""
    folder = tmp_path_factory.mktemp("installation")
    package = Path(__file__).parents[2] / "kbsearch"
    hidden = shutil.ignore_patterns("__pycache__", "samples")
    shutil.copytree(package / "analysis", folder / "kbsearch" / "analysis", ignore=hidden)
    for name in ("__init__.py", "resources.py"):
        shutil.copy(package / name, folder / "kbsearch")
    shutil.copytree(resource("index"), folder / "index", ignore=hidden)
    return folder


def fingerprint_of(installation: Path) -> str:
    """Ask a process that imports kbsearch from there; no site may put ours before it."""
    code = "from kbsearch.analysis.fingerprint import fingerprint; print(fingerprint())"
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd=installation,
        env={"PYTHONPATH": str(installation)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_copy_has_the_same_fingerprint(installation: Path) -> None:
    assert fingerprint_of(installation) == fingerprint()


@pytest.mark.parametrize("name", ["index/variants.tsv", "kbsearch/analysis/tokens.py"])
def test_it_changes_with_a_table_or_a_module(installation: Path, name: str) -> None:
    path = installation / name
    before = path.read_text("utf-8")
    comment = "zzcolour\tzzcolor\tB\n" if name.endswith(".tsv") else "# more\n"
    path.write_text(before + comment, "utf-8")
    try:
        assert fingerprint_of(installation) != fingerprint()
    finally:
        path.write_text(before, "utf-8")


def test_it_does_not_change_with_the_notes_beside_the_tables(installation: Path) -> None:
    (installation / "index" / "README.md").write_text("other words\n", "utf-8")
    assert fingerprint_of(installation) == fingerprint()


def test_it_is_sixteen_hex_digits() -> None:
    assert len(fingerprint()) == 16
    assert int(fingerprint(), 16) >= 0
