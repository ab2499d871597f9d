"""Tell which encoding a text file is in."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass, field

from charset_normalizer import from_bytes

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import SAMPLE, InputFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the longer one comes first where two begin alike."""
WESTERN = "cp1252"
CANDIDATES = [
    *(WESTERN, "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
]
"""What exports are met in that are no Unicode."""
DRAW = 0.02
"""How far apart the share of odd characters is in two guesses that are still a draw."""


def marked_encoding(sample: bytes) -> str:
    r"""Return the encoding that a byte order mark tells, or else UTF-8.

    >>> marked_encoding(b"\xef\xbb\xbfid"), marked_encoding(b"id")
    ('utf-8-sig', 'utf-8')
    """
    return next((name for mark, name in MARKS if sample.startswith(mark)), "utf-8")


def find_encoding(file: InputFile) -> str:
    """Return the encoding of the file, after reading all of it once in bounded memory.

    A file with more whole UTF-8 characters than broken ones is UTF-8 with some bad rows. Any
    other is what charset-normalizer makes of its first unusual 64 KiB, and the file is noted.
    """
    encoding = marked_encoding(file.sample())
    if encoding != "utf-8":
        return encoding
    survey = _survey(file)
    if survey.broken == 0 or survey.whole > survey.broken:
        return "utf-8"
    encoding = _guess(bytes(survey.sample), bytes(survey.seen))
    file.note(
        f"this is no UTF-8; {codecs.lookup(encoding).name} was assumed. If letters look wrong,"
        " export it again as UTF-8 and import it again."
    )
    return encoding


@dataclass(slots=True)
class _Survey:
    """What the bytes of a file are.

    whole, broken  characters beyond ASCII that are UTF-8, and bytes that are not.
    seen           each byte value above 127.
    sample         the first 64 KiB from where the file is no longer ASCII.
    """

    whole: int = 0
    broken: int = 0
    seen: set[int] = field(default_factory=set)
    sample: bytearray = field(default_factory=bytearray)


def _survey(file: InputFile) -> _Survey:
    survey = _Survey()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    # What breaks off here breaks off again when the rows are read, which is where it is told.
    with suppress(FileUnreadable), file.bytes() as stream:
        while chunk := stream.read(SAMPLE):
            _count(survey, decoder.decode(chunk))
            survey.seen.update(chunk.translate(None, _ASCII))
            if survey.seen and len(survey.sample) < SAMPLE:
                survey.sample += chunk
        _count(survey, decoder.decode(b"", final=True))
    return survey


def _count(survey: _Survey, text: str) -> None:
    if not text.isascii():
        broken = len(_BROKEN.findall(text))
        survey.broken += broken
        survey.whole += len(_UNUSUAL.findall(text)) - broken


def _guess(sample: bytes, seen: bytes) -> str:
    """Return the likeliest encoding; Windows-1252 unless another one is clearly likelier.

    No short text tells Windows-1252 from its neighbours of Central Europe and Turkey, nor one
    pound sign from Japanese, and desks that we know write Western languages: so a draw goes to
    Windows-1252. `seen` is what it must have characters for.
    """
    western = _decodes(seen, WESTERN)
    chaos = {
        name: match.chaos
        for match in from_bytes(sample, cp_isolation=CANDIDATES)
        for name in (match.encoding, *match.could_be_from_charset)
        if western or name != WESTERN
    }
    if not chaos:
        return WESTERN if western else "utf-8"
    best = next(iter(chaos))
    return WESTERN if chaos.get(WESTERN, 1.0) <= chaos[best] + DRAW else best


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_ASCII = bytes(range(128))
_UNUSUAL = re.compile(r"[^\x00-\x7f]")
_BROKEN = re.compile(r"[\udc80-\udcff]")
