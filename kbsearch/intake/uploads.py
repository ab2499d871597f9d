"""Files that a browser has sent, kept between the steps of one import."""

import os
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import IO

KEPT = 24 * 3600
"""Seconds after which an upload is dropped."""
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 100


def keep_upload(folder: Path, name: str, content: IO[bytes]) -> Path:
    """Write an upload to a folder of its own, which only this user may read; return its path.

    name  what the browser calls the file; its ending tells the format.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.is_dir() and time.time() - old.stat().st_mtime > KEPT:
            shutil.rmtree(old, ignore_errors=True)
    place = folder / secrets.token_hex(8)
    place.mkdir(mode=0o700)
    path = place / safe_name(name)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as kept:
        shutil.copyfileobj(content, kept)
    return path


def drop_upload(folder: Path, path: Path) -> None:
    """Remove an upload that is no longer needed; a file of any other place stays."""
    if path.parent.parent == folder:
        shutil.rmtree(path.parent, ignore_errors=True)


def safe_name(name: str) -> str:
    r"""Return the name of a file without folders, marks and a dot at its beginning.

    >>> safe_name("C:\\exports\\..\\My tickets.csv"), safe_name("../../.ssh")
    ('My_tickets.csv', 'ssh')
    """
    last = re.split(r"[/\\]", name)[-1]
    return _UNSAFE.sub("_", last).lstrip("._")[-_LONGEST:] or "upload"
