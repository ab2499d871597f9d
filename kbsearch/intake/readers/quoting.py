r"""Tell whether a delimited file protects its quotes by a backslash, as MySQL does.

All of a file is looked at, because a backslash before a quote is mostly a letter: "C:\", "D:\".
"""

import re
from io import TextIOBase

from kbsearch.intake.opening import SAMPLE

OVERLAP = 200
"""Characters in which a mark ends that begins in one part of a file and ends in the next."""
_QUOTE, _BACKSLASH, _DELIMITER, LINE_END = "\ud800", "\ud801", "\ud802", "\ud803"
"""What protected characters are while the csv module has them; no decoder makes these."""


def has_backslashes(stream: TextIOBase, delimiter: str) -> bool:
    r"""Return whether backslashes protect quotes in all of this text.

    They do if more quotes inside quoted cells have one than are doubled, or if a cell is a bare
    \N, which is how MySQL writes nothing, and no quote is doubled.

    >>> import io
    >>> has_backslashes(io.StringIO('1,"a \\"b\\" c"\n'), ",")
    True
    >>> has_backslashes(io.StringIO('1,"C:\\",full\n'), ",")
    False
    """
    end = f"{re.escape(delimiter)}\n"
    protected = re.compile(rf'(?:^|[{end}])"[^"\n]*?(?<!\\)(?:\\\\)*\\"(?=[^"{end}])')
    doubled = re.compile(rf'[^"{end}]""(?=[^"{end}])')
    nothing = re.compile(rf"(?:^|[{end}])\\N(?=[{end}]|$)")
    counts = [0, 0, 0]
    before = ""
    while chunk := stream.read(SAMPLE):
        text = before + chunk
        if "\\" in text or '""' in text:
            for number, mark in enumerate((protected, doubled, nothing)):
                counts[number] += sum(found.end() > len(before) for found in mark.finditer(text))
        before = chunk[-OVERLAP:]
    return counts[0] > counts[1] or (counts[2] > 0 and counts[1] == 0)


def escaped(text: str, delimiter: str) -> str:
    """Return a text in which no character that a backslash protects is met by the csv module."""
    if "\\" not in text:
        return text
    stands_for = {'"': _QUOTE, "\\": _BACKSLASH, delimiter: _DELIMITER, "\n": LINE_END}
    return re.sub(rf'\\(["\\\n{re.escape(delimiter)}])', lambda found: stands_for[found[1]], text)


def unescaped(cell: str, delimiter: str) -> str:
    r"""Return a cell with its protected characters; a bare \N is nothing."""
    if cell == "\\N":
        return ""
    if cell.isascii():
        return cell
    letters: dict[str, str | int | None] = {
        _QUOTE: '"',
        _BACKSLASH: "\\",
        _DELIMITER: delimiter,
        LINE_END: "\n",
    }
    return cell.translate(str.maketrans(letters))
