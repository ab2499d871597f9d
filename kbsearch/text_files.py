"""Files of text: read as people wrote them, and written whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kbsearch.errors import FileUnreadable, InputError


def read_lines(path: Path) -> list[str]:
    r"""Return the lines of a UTF-8 file; only \n ends one.

    Raises FileUnreadable if it cannot be read, naming the line that is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(
            f"{path} cannot be read ({error.strerror or error});"
            " check its name and your right to read it."
        ) from None
    try:
        return data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileUnreadable(f"{path}, line {line}: is not UTF-8; save it as UTF-8.") from None


@contextmanager
def new_lines(path: Path, *, private: bool = False) -> Iterator[list[str]]:
    """Give a list for the lines of a file, which takes the place of `path` when all is well.

    private  whether only its owner may read it, whatever the umask: so is all in the data folder.

    That the file can be written is found out at once, before any work is put into its lines. When
    the work fails, a file that was there stays as it was. Pipes and devices are written to.
    Raises InputError if it cannot be written.
    """
    target = path.resolve()
    in_place = target.exists() and not target.is_file()
    written = target if in_place else target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    with _writing(path):
        handle = os.open(written, os.O_WRONLY | os.O_CREAT, 0o600 if private else 0o666)
        os.close(handle)
    try:
        lines: list[str] = []
        yield lines
        with _writing(path):
            _write(written, lines)
            if not in_place:
                written.replace(target)
    finally:
        if not in_place:
            written.unlink(missing_ok=True)


def _write(path: Path, lines: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        if path.is_file():
            os.fsync(file.fileno())


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror or error}); name another file."
        ) from None
