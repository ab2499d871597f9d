"""The text of a PDF file, by pypdf, which `kbsearch[attachments]` brings."""

from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader


def text_of(content: BinaryIO) -> Iterator[str]:
    """Yield the text of each page, with a line end; raises whatever a broken file makes pypdf."""
    for page in PdfReader(content).pages:
        yield page.extract_text() + "\n"
