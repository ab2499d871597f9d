"""Files of text that somebody wrote, or may have."""

from pathlib import Path

from kbsearch.errors import FileUnreadable


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
