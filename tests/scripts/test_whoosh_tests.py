"""How Whoosh's own tests are fetched and run; here without the network, on two tests of ours."""

import runpy
from pathlib import Path

import pytest

from kbsearch.engines.whoosh.guard import VERSION

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "whoosh-tests"))
PASSING = """
from whoosh.codec import default_codec

def test_the_codec_is_ours():
    assert type(default_codec(blocklimit=2)).__name__ == "WritingCodec"
"""
FAILING = "def test_no(): assert False"


def unpacked(folder: Path, **files: str) -> Path:
    """Return a folder like that of a source distribution, with these tests."""
    (folder / "tests").mkdir()
    for name, content in files.items():
        (folder / "tests" / f"{name}.py").write_text(content)
    return folder


def test_the_tests_run_with_our_codec(tmp_path: Path) -> None:
    assert SCRIPT["run"](unpacked(tmp_path, test_codecs=PASSING), []) == 0


def test_a_failure_that_is_not_expected_is_told(tmp_path: Path) -> None:
    files = {"test_codecs": PASSING, "test_others": FAILING}
    assert SCRIPT["run"](unpacked(tmp_path, **files), []) == 1


def test_what_is_left_out_is_not_run(tmp_path: Path) -> None:
    files = {"test_codecs": PASSING, "test_examples_runnable": FAILING}
    assert SCRIPT["run"](unpacked(tmp_path, **files), []) == 0


def test_whoosh_is_fetched_by_the_hashes_of_the_lock_file() -> None:
    line = SCRIPT["requirement"]((ROOT / "requirements.lock").read_text("utf-8"))
    assert line.startswith(f"whoosh3=={VERSION} ")
    assert line.count("--hash=sha256:") == 2


def test_a_lock_file_without_whoosh_is_told() -> None:
    with pytest.raises(SystemExit, match="run: scripts/lock"):
        SCRIPT["requirement"]("whoosh3==1.0 \\\n    --hash=sha256:00\n")
