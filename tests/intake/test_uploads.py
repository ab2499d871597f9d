"""Files that a browser has sent."""

import io
import os
import stat
import time
from pathlib import Path

import pytest

from kbsearch.intake.uploads import KEPT, drop_upload, keep_upload, safe_name


def test_an_upload_is_kept_under_its_name_for_this_user_alone(tmp_path: Path) -> None:
    path = keep_upload(tmp_path / "uploads", "calls.csv", io.BytesIO(b"id\n1\n"))

    assert (path.name, path.read_bytes()) == ("calls.csv", b"id\n1\n")
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path.parent, path)]
    assert modes == [0o700, 0o600]


def test_two_uploads_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    one, two = (keep_upload(tmp_path, "calls.csv", io.BytesIO(b"")) for _ in range(2))

    assert one != two


def test_an_upload_of_before_yesterday_is_dropped(tmp_path: Path) -> None:
    old = keep_upload(tmp_path, "calls.csv", io.BytesIO(b""))
    then = time.time() - KEPT - 60
    os.utime(old.parent, (then, then))

    keep_upload(tmp_path, "calls.csv", io.BytesIO(b""))

    assert not old.exists()


def test_an_upload_is_dropped_and_no_other_file(tmp_path: Path) -> None:
    kept = keep_upload(tmp_path / "uploads", "calls.csv", io.BytesIO(b""))
    other = tmp_path / "other" / "place" / "calls.csv"
    other.parent.mkdir(parents=True)
    other.touch()

    for path in (kept, other):
        drop_upload(tmp_path / "uploads", path)

    assert (kept.exists(), other.exists()) == (False, True)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ("..", "upload"), ("a\0b.csv", "a_b.csv"), ("é.csv", "é.csv")],
)
def test_a_name_leads_nowhere_else(name: str, kept: str) -> None:
    assert safe_name(name) == kept
