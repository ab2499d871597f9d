"""Write the text of a document from the standard input to the standard output.

This is a program of its own, `python -m kbsearch.intake.attachments.document`: a few bytes of a
document can take all memory or never come to an end, and then this process ends alone.
"""

import resource
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from io import BytesIO
from typing import BinaryIO, cast

from kbsearch.intake.attachments.attached import CHARACTERS

MEMORY = 500_000_000
"""Bytes of addresses that this program may have."""
SECONDS = 5
"""Seconds of a processor that it may take."""
_PDF = b"%PDF-"
_HEAD = 1_024
"""Bytes in which a PDF file says that it is one."""

Reader = Callable[[BinaryIO], Iterator[str]]


def reader_of(content: bytes) -> Reader:
    """Return what makes text of this document; the library for PDF is loaded only for one."""
    kind = "pdf" if _PDF in content[:_HEAD] else "docx"
    return cast(Reader, import_module(f"kbsearch.intake.attachments.{kind}").text_of)


def main(content: bytes) -> None:
    """Write the text as UTF-8, and one character more than is kept if it is longer.

    Whatever a broken document raises ends the program.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    left = CHARACTERS + 1
    for piece in reader_of(content)(BytesIO(content)):
        sys.stdout.buffer.write(piece[:left].encode("utf-8", "replace"))
        left -= len(piece)
        if left <= 0:
            return


if __name__ == "__main__":
    main(sys.stdin.buffer.read())
