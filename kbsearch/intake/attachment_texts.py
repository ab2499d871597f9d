"""The texts of attached files, as messages of their ticket."""

import codecs
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile

from charset_normalizer import from_bytes

import kbsearch
from kbsearch.intake.attachments.attached import (
    BYTES,
    CHARACTERS,
    DOCUMENTS,
    MOST,
    AttachedFile,
)
from kbsearch.intake.columns import listed
from kbsearch.intake.readers.encoding import CANDIDATES
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import MESSAGES_LIMIT, NAME_LIMIT, THREAD_LIMIT

SECONDS = 15
"""Seconds that a document may take to be read, whatever the processor does meanwhile."""
MOST_BROKEN = 20
"""Documents of one file that may take too long or fail: then no more are tried."""
PROGRAM = [sys.executable, "-P", "-m", "kbsearch.intake.attachments.document"]
_SAMPLE = 65_536


class Unread(StrEnum):
    """Attachments of which only the name is kept, or not all of the text."""

    BROKEN = "cannot be read, so that only their names are kept"
    LARGE = f"have more than {BYTES:,} bytes, so that only their names are kept"
    MANY = f"come after the first {MOST} of their ticket, so that only their names are kept"
    NO_ROOM = "have no room in the conversation of their ticket, so that only their names are kept"
    LONG = f"are kept with their first {CHARACTERS:,} characters"
    NO_EXTRA = (
        "are PDF, so that only their names are kept until you run"
        " pip install 'kbsearch[attachments]' and import again"
    )


class AttachmentReader:
    """Reads the attachments of the tickets of one file."""

    def __init__(self) -> None:
        self._unread: dict[Unread, list[str]] = {}

    def messages(
        self, files: Sequence[AttachedFile], thread: Sequence[Message]
    ) -> tuple[Message, ...]:
        """Return the messages of a ticket with a message after them for each text that it has."""
        said = list(thread)
        room = THREAD_LIMIT - sum(len(one.text) for one in thread)
        for number, file in enumerate(files):
            text = self._text(file) if number < MOST else self._left(file, Unread.MANY)
            if text and (len(text) > room or len(said) >= MESSAGES_LIMIT):
                text = self._left(file, Unread.NO_ROOM)
            if text:
                room -= len(text)
                name = file.name[:NAME_LIMIT]
                said.append(Message(name, Role.ATTACHMENT, file.at, public=True, text=text))
        return tuple(said)

    def sentences(self) -> Iterator[str]:
        """Yield what an admin should know, without the name of the file."""
        for reason, names in self._unread.items():
            yield f"attachments that {reason}: {len(names):,}, such as {listed(names[:1])}."

    def _left(self, file: AttachedFile, why: Unread) -> str:
        self._unread.setdefault(why, []).append(file.name)
        return ""

    def _text(self, file: AttachedFile) -> str:
        """Return the text of a file, "" if it has none or cannot be read."""
        if len(file.content) > BYTES:
            return self._left(file, Unread.LARGE)
        text = self._document(file) if _ending(file) in DOCUMENTS else plain(file.content)
        if text is None or "\0" in text:
            return self._left(file, Unread.BROKEN)
        if len(text) > CHARACTERS:
            self._left(file, Unread.LONG)
        return text[:CHARACTERS].strip()

    def _document(self, file: AttachedFile) -> str | None:
        """Return the text of a document, None if it cannot be read."""
        if _ending(file) == ".pdf" and not importlib.util.find_spec("pypdf"):
            return self._left(file, Unread.NO_EXTRA)
        if len(self._unread.get(Unread.BROKEN, ())) >= MOST_BROKEN:
            return None
        return document_text(file.content)


def _ending(file: AttachedFile) -> str:
    return Path(file.name).suffix.casefold()


def plain(content: bytes) -> str:
    r"""Return the text of a file that is text, in the encoding that it is most likely in.

    >>> plain(b"\xff\xfeN\x00o\x00"), plain("Größe\r\n".encode("cp1252"))
    ('No', 'Größe\n')
    """
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    with suppress(UnicodeDecodeError):
        return _with_plain_ends(content.decode("utf-16" if is_wide else "utf-8-sig"))
    guess = from_bytes(content[:_SAMPLE], cp_isolation=CANDIDATES).best()
    encoding = codecs.lookup(guess.encoding if guess else "cp1252").name
    return _with_plain_ends(content.decode(encoding, "replace"))


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def document_text(content: bytes) -> str | None:
    """Return the text of a document, read by a program of its own; None if that fails."""
    environment = {**os.environ, "PYTHONPATH": str(Path(kbsearch.__path__[0]).parent)}
    with TemporaryFile() as stream:
        stream.write(content)
        stream.seek(0)
        with subprocess.Popen(
            PROGRAM,
            stdin=stream,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        ) as program:
            try:
                text, _ = program.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                program.kill()
                return None
    return text.decode("utf-8") if program.returncode == 0 else None
