"""Read mails: a mailbox (mbox) or one mail (eml); each conversation is a row."""

import re
from array import array
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kbsearch.errors import FileUnreadable
from kbsearch.intake.allowance import PartTooSlow
from kbsearch.intake.mail.conversation import conversation_row
from kbsearch.intake.mail.folder import mails_of
from kbsearch.intake.mail.mail import (
    HEADERS_LIMIT,
    MAIL_LIMIT,
    Mail,
    headers_alone,
    headers_of,
    parse_mail,
)
from kbsearch.intake.mail.threads import MOST_IN_A_THREAD, Thread, Threads, threads_of
from kbsearch.intake.opening import InputFile
from kbsearch.intake.rows import WHOLE_ROW, BadRow, Row, beyond_limit
from kbsearch.records.ticket import TEXT_LIMIT

_PIECE = 65_536
"""Bytes of a line that are read at a time."""
_CLOCK = re.compile(rb"\d:\d\d")
"""What the line before a mail has, and a sentence that begins with "From" has not."""
_GUARDED = re.compile(rb"^>(>*From )", re.MULTILINE)


class Place(NamedTuple):
    """Where in the mailbox a mail is.

    line        the line where it begins, from 1.
    start, end  bytes from the beginning of the file.
    """

    line: int
    start: int
    end: int


class Places:
    """Places in 24 bytes each, so that those of a million mails fit into memory."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._numbers = array("Q", chain.from_iterable(places))

    def __len__(self) -> int:
        return len(self._numbers) // 3

    def __iter__(self) -> Iterator[Place]:
        numbers = iter(self._numbers)
        return map(Place, numbers, numbers, numbers)

    def __getitem__(self, number: int) -> Place:
        return Place(*self._numbers[3 * number : 3 * number + 3])


def read_mbox(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield a row for each conversation, in the order of their first mails."""
    with file.seekable() as stream:
        places = Places(mails_in(stream))
        if not places:
            raise FileUnreadable(
                f"{file.path} holds no mail: no line begins one, such as"
                ' "From ann@example.org Mon Mar  2 09:30:00 2026". Export it as mbox.'
            )
        threads = threads_of(headers_of(_read(stream, place, HEADERS_LIMIT)) for place in places)
        _note_long(file, (place.end - place.start for place in places))
        for thread in threads:
            mine = [places[number] for number in _kept(file, thread)]
            mails = (
                (
                    place.line,
                    _mail(file, f"the mail in line {place.line:,}", _content(stream, place)),
                )
                for place in mine
            )
            yield from _rows(thread.reference, mails)


def read_mail(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield the one row that a single mail is."""
    with file.bytes() as stream:
        data = stream.read(MAIL_LIMIT + 1)
    _note_long(file, [len(data)])
    thread = next(threads_of([headers_of(data)]))
    yield from _rows(thread.reference, [(1, _mail(file, "the mail", data))])


def read_mail_folder(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield a row for each conversation of a folder of mails; its line is the number of a mail."""
    threads = Threads()
    readable: list[tuple[int, Path]] = []
    sizes: list[int] = []
    for number, mail in enumerate(mails_of(file.path), start=1):
        try:
            sizes.append(mail.stat().st_size)
            threads.add(headers_of(_beginning(file, mail, HEADERS_LIMIT)))
        except OSError as error:
            reason = f"{mail.name} cannot be read ({error.strerror}); check who may read it"
            yield BadRow(number, reason, WHOLE_ROW, {"file": str(mail)})
        else:
            readable.append((number, mail))
    _note_long(file, sizes)
    for thread in threads.threads():
        mine = [readable[index] for index in _kept(file, thread)]
        mails = (
            (at, _mail(file, mail.name, _beginning(file, mail, MAIL_LIMIT))) for at, mail in mine
        )
        yield from _rows(thread.reference, mails)


def _note_long(file: InputFile, sizes: Iterable[int]) -> None:
    """Note how many mails are read in part."""
    long = sum(size > MAIL_LIMIT for size in sizes)
    if long:
        file.note(
            f"of each mail the first {MAIL_LIMIT:,} bytes were read; mails that are longer:"
            f" {long:,}."
        )


def _kept(file: InputFile, thread: Thread) -> Sequence[int]:
    """Return the mails of a conversation that are read, and note if these are not all."""
    if len(thread.mails) > MOST_IN_A_THREAD:
        file.note(
            f"the conversation {thread.reference} has {len(thread.mails):,} mails; the first"
            f" {MOST_IN_A_THREAD:,} of them were read."
        )
    return thread.mails[:MOST_IN_A_THREAD]


def mails_in(stream: BinaryIO) -> Iterator[Place]:
    r"""Yield the place of each mail of a mailbox, reading it once in bounded memory.

    >>> import io
    >>> list(mails_in(io.BytesIO(b"From a 09:30\nSubject: x\n\nHi\n\nFrom b 09:31\n\nHo\n")))
    [Place(line=2, start=13, end=29), Place(line=7, start=42, end=46)]
    """
    line, at, begun = 0, 0, None
    is_start, after_blank = True, True
    while piece := stream.readline(_PIECE):
        line += is_start
        may_begin = is_start and after_blank and piece.startswith(b"From ")
        if may_begin and (begun is None or _CLOCK.search(piece)):
            if begun:
                yield Place(*begun, at)
            begun = line + 1, at + len(piece)
        is_start = piece.endswith(b"\n")
        after_blank = is_start and not piece.strip()
        at += len(piece)
    if begun:
        yield Place(*begun, at)


def _mail(file: InputFile, name: str, data: bytes) -> Mail:
    """Return a mail; one that cannot be read whole has no text, which is noted."""
    try:
        with file.allowance.part(len(data)):
            return parse_mail(data)
    except RecursionError:
        why = "holds parts too deep in each other"
    except PartTooSlow:
        why = "takes longer to read than a mail of its size"
    except MemoryError:
        why = "takes more memory to read than a mail does"
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        why = "cannot be read by a fault of kbsearch"
    file.note(f"{name} {why}; its text was left out.")
    return parse_mail(headers_alone(data))


def _content(stream: BinaryIO, place: Place) -> bytes:
    """Return the first bytes of a mail, as it was before a mailbox took it in."""
    return _GUARDED.sub(rb"\1", _read(stream, place, MAIL_LIMIT))


def _rows(reference: str, mails: Iterable[tuple[int, Mail]]) -> Iterator[Row | BadRow]:
    """Yield a conversation, and apart from it the mails that are too long to be stored.

    mails  each with its line.
    """
    kept: list[tuple[int, Mail]] = []
    for line, mail in mails:
        if len(mail.text) > TEXT_LIMIT:
            about = {"reference": reference, "subject": mail.subject, "author": mail.author}
            yield BadRow(line, beyond_limit(len(mail.text)), "problem", about)
        else:
            kept.append((line, mail))
    if kept:
        yield conversation_row(kept[0][0], reference, [mail for _, mail in kept])


def _read(stream: BinaryIO, place: Place, limit: int) -> bytes:
    stream.seek(place.start)
    return stream.read(min(place.end - place.start, limit))


def _beginning(file: InputFile, mail: Path, limit: int) -> bytes:
    """Return the first bytes of one mail of a folder; raises OSError."""
    with mail.open("rb") as stream:
        data = stream.read(limit)
    file.advance(len(data))
    return data
