"""Open a file of tickets: plain or gzip, and whatever is wrong with it as one sentence."""

import gzip
import io
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Self, cast

from kbsearch.errors import FileUnreadable
from kbsearch.intake.allowance import Allowance

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP_MAGIC = b"\x1f\x8b"
SAMPLE = 65_536
"""Bytes from which encoding and dialect are told."""
RATIO = 250
"""Bytes that one byte may unpack to; of tickets it is 4 to 20."""
SMALL = 32_000_000
"""Bytes that any file may unpack to."""
NOTE_LIMIT = 1_000
"""Characters of a sentence about a file."""
MAGIC = {
    b"PK\x03\x04": "an Excel workbook or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word document",
    b"%PDF": "a PDF document",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"SQLite format 3": "an SQLite database",
}
"""How files begin that are not text, and what they are."""


class InputFile:
    """One file to import.

    encoding  what its text is written in, if an admin has named it, or "".
    notes     what its reader wants to be told at the end, a sentence each.
    blank     records that hold nothing, which are passed over.
    lost      what its reader has read and made neither a row nor a note of, a sentence each.
    allowance the time that its reader may take.
    """

    def __init__(self, path: Path | str, encoding: str = "") -> None:
        self.path = Path(path)
        self.encoding = encoding
        self.allowance = Allowance(self.path)
        self.notes: list[str] = []
        self.blank = 0
        self.lost: list[str] = []
        self._raw: BinaryIO | None = None
        self._position = 0
        self.size = self._check()

    @property
    def position(self) -> int:
        """Bytes read so far, of `size`; of a gzip file the compressed ones."""
        if self._raw is not None and not self._raw.closed:
            self._position = self._raw.tell()
        return self._position

    @position.setter
    def position(self, position: int) -> None:
        self._position = position

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What it is opened with again, by this process or another."""
        return str(self.path), self.encoding

    def again(self) -> Self:
        """Return the same file as if nothing of it had been read."""
        return type(self)(*self.arguments)

    def advance(self, count: int) -> None:
        """Take so many bytes as read, where they are not read through `bytes`."""
        self._position += count
        self.allowance.read(count)

    def note(self, sentence: str) -> None:
        """Keep a sentence for the report, once."""
        told = f"{self.path}: {shortened(sentence)}"
        if told not in self.notes:
            self.notes.append(told)

    def unaccounted(self, first: int, last: int) -> None:
        """Keep for the report that these lines became nothing that is counted."""
        lines = f"line {first:,} is" if first == last else f"lines {first:,} to {last:,} are"
        it = "it" if first == last else "them"
        self.lost.append(f"{self.path}: {lines} unaccounted for; look at {it}, and mend the file.")

    def sample(self) -> bytes:
        """Return the first bytes of what the file holds.

        Raises FileUnreadable if it is empty or no text.
        """
        with self.bytes() as stream:
            sample = stream.read(SAMPLE)
        if len(sample) < SAMPLE and not sample.strip():
            raise FileUnreadable(f"{self.path} is empty; export it again with its rows.")
        what = next((what for magic, what in MAGIC.items() if sample.startswith(magic)), None)
        if what is None and not self.encoding and _is_binary(sample):
            what = "bytes that are no text"
        if what is not None:
            raise FileUnreadable(
                f"{self.path} holds {what}; export it as CSV (UTF-8) or JSONL and import that."
            )
        return sample

    @contextmanager
    def bytes(self) -> Iterator[BinaryIO]:
        """Open what the file holds, unpacked; its faults are raised as FileUnreadable."""
        with self._open() as raw:
            zipped = _is_gzip(raw)
            self._raw = raw
            content = gzip.GzipFile(fileobj=raw) if zipped else raw
            guarded = _Guarded(content, self, raw if zipped else None)
            with io.BufferedReader(guarded, SAMPLE) as stream:
                yield cast(BinaryIO, stream)
            self._position = raw.tell()

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """Open what the file holds, unpacked, for reading in any order."""
        with self.bytes() as stream:
            if stream.seekable():
                yield stream
                return
            with tempfile.TemporaryFile() as unpacked:
                shutil.copyfileobj(stream, unpacked, SAMPLE)
                unpacked.seek(0)
                yield cast(BinaryIO, unpacked)

    @contextmanager
    def text(self, encoding: str) -> Iterator[io.TextIOWrapper]:
        """Open it as text; every line end becomes a newline.

        Bytes that the encoding has no character for become lone surrogates, so that a reader can
        refuse the one row that holds them; UTF-16 and UTF-32 have no such way and are strict.
        """
        errors = "strict" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        with self.bytes() as stream:
            try:
                with io.TextIOWrapper(stream, encoding=encoding, errors=errors) as text:
                    yield text
            except UnicodeDecodeError as error:
                raise FileUnreadable(
                    f"{self.path} breaks off or is damaged: it holds bytes that are no"
                    f" {encoding.upper()} ({error.reason}); export it again as UTF-8."
                ) from None

    def _open(self) -> BinaryIO:
        """Open what lies on the disk. Raises FileUnreadable."""
        try:
            return self.path.open("rb")
        except OSError as error:
            raise _unreadable(self.path, error) from None

    def _check(self) -> int:
        """Return how many bytes lie on the disk. Raises FileUnreadable if it is no file."""
        try:
            found = self.path.stat()
        except OSError as error:
            raise _unreadable(self.path, error) from None
        if not stat.S_ISREG(found.st_mode):
            raise FileUnreadable(f"{self.path} is no ordinary file; name a file or a folder.")
        return found.st_size


class _Guarded(io.RawIOBase):
    """A stream whose faults are FileUnreadable, with the name of the file and the next step.

    packed  what the content is unpacked from, if it is.
    """

    def __init__(
        self, content: IO[bytes] | gzip.GzipFile, file: InputFile, packed: BinaryIO | None
    ) -> None:
        self._content = content
        self._path = file.path
        self._allowance = file.allowance
        self._packed = packed
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._content.read(len(view))
        except EOFError:
            raise FileUnreadable(
                f"{self._path} breaks off: its gzip data has no end; copy or download it again,"
                " then import it again."
            ) from None
        except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error) as error:
            raise FileUnreadable(
                f"{self._path} is damaged: its data cannot be unpacked ({error});"
                " copy or download it again, then import it again."
            ) from None
        except OSError as error:
            raise _unreadable(self._path, error) from None
        view[: len(data)] = data
        self._unpacked += len(data)
        self._allowance.read(len(data))
        if self._packed is not None and is_bomb(self._unpacked, self._packed.tell()):
            raise FileUnreadable(
                f"{self._path} unpacks to more than {RATIO} times its size, as no export does;"
                " export it again."
            )
        return len(data)


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether so few bytes make so many as no tickets do."""
    return unpacked > SMALL and unpacked > RATIO * packed


def unmarked_utf_16(sample: bytes) -> str:
    r"""Return which UTF-16 a text without a byte order mark is in, or "".

    >>> unmarked_utf_16("id,subject".encode("utf-16-le")), unmarked_utf_16(b"id,subject")
    ('utf-16-le', '')
    """
    first, second = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if second > 0.4 * half and first < 0.02 * half:
        return "utf-16-le"
    if first > 0.4 * half and second < 0.02 * half:
        return "utf-16-be"
    return ""


def shortened(sentence: str) -> str:
    """Return a sentence without its middle if it is longer than anyone reads."""
    half = NOTE_LIMIT // 2
    if len(sentence) <= NOTE_LIMIT:
        return sentence
    return f"{sentence[:half]} ... {sentence[-half:]}"


def _is_gzip(raw: BinaryIO) -> bool:
    with suppress(zlib.error, zipfile.BadZipFile, EOFError):  # they show again in what is read
        begun = raw.read(2)
        raw.seek(0)
        return begun == GZIP_MAGIC
    raw.seek(0)
    return False


def _unreadable(path: Path, error: OSError) -> FileUnreadable:
    if isinstance(error, FileNotFoundError):
        return FileUnreadable(f"{path} does not exist; check the name and the folder.")
    return FileUnreadable(
        f"{path} cannot be read ({error.strerror or error}); check who may read it."
    )


def _is_binary(sample: bytes) -> bool:
    """Whether more than one byte in twenty is a control character that no text has."""
    marked = sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    if marked or unmarked_utf_16(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > 1 and controls * 20 > len(sample)


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
