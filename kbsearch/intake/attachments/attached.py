"""A file that came with a ticket, as it is handed to those who read it."""

from dataclasses import dataclass
from datetime import datetime

BYTES = 1_000_000
"""Bytes of an attachment whose text is read; what has more is a picture, or no text to search."""
CHARACTERS = 100_000
"""Characters of an attachment that are kept."""
MOST = 20
"""Attachments of one ticket whose texts are read."""
PLAIN = (".txt", ".log", ".csv")
"""Endings of files that are text."""
DOCUMENTS = (".pdf", ".docx")
"""Endings of files that a program of its own makes text of."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that came with a ticket.

    content  its bytes, or the first ones if it has more than `BYTES`.
    at       when it came; UTC, or None where no one says.
    """

    name: str
    content: bytes
    at: datetime | None


def is_readable(name: str) -> bool:
    """Tell whether the name of a file says that text can be read from it."""
    return name.casefold().endswith((*PLAIN, *DOCUMENTS))
