"""Tell which encoding a text file is in."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass, field

from charset_normalizer import from_bytes

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import SAMPLE, InputFile, unmarked_utf_16
from kbsearch.intake.readers.plausible import plausibility

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the longer one comes first where two begin alike."""
WESTERN = "cp1252"
OLD = ("cp850", "cp437", "mac_roman")
"""What table programs write for DOS and for the Mac; the first one that fits best is taken."""
CLEARLY = 0.2
"""By how much an old encoding must be more plausible than Windows-1252."""
SCRIPT = 0.7
"""Share of bytes beyond ASCII in the words that have any, from which a script is not Latin."""
CANDIDATES = [
    *(WESTERN, "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
]
"""What exports are met in that are no Unicode."""
DRAW = 0.02
"""How far apart the share of odd characters is in two guesses that are still a draw."""


def marked_encoding(file: InputFile) -> str:
    """Return the encoding that was named, or that a byte order mark tells, or else UTF-8."""
    sample = file.sample()
    marked = next((name for mark, name in MARKS if sample.startswith(mark)), "")
    return file.encoding or marked or unmarked_utf_16(sample) or "utf-8"


def find_encoding(file: InputFile) -> str:
    """Return the encoding of the file, after reading all of it once in bounded memory.

    A file with no fewer whole UTF-8 characters than broken ones is UTF-8 with some bad rows. Any
    other is what its first unusual 64 KiB look like, and the file is noted.
    """
    encoding = marked_encoding(file)
    if file.encoding or encoding != "utf-8":
        return encoding
    survey = _survey(file)
    if survey.broken == 0 or survey.whole >= survey.broken:
        return "utf-8"
    encoding = _guess(bytes(survey.sample), bytes(survey.seen))
    file.note(
        f"this is no UTF-8; {codecs.lookup(encoding).name} was assumed. If letters look wrong, name"
        " the right one: --encoding NAME, such as cp850, cp437, mac_roman or cp1252."
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

    Words of Latin letters are tried in the old encodings, which charset-normalizer takes for
    Arabic. Of the others, no short text tells Windows-1252 from its neighbours of Central Europe
    and Turkey, nor one pound sign from Japanese, and desks that we know write Western languages:
    so a draw goes to Windows-1252. `seen` is what it must have characters for.
    """
    western = _decodes(seen, WESTERN)
    old = _old_encoding(sample, western=western)
    if old:
        return old
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


def _old_encoding(sample: bytes, *, western: bool) -> str:
    """Return the encoding of DOS or Mac that fits clearly better than Windows-1252, or ""."""
    words = [word for word in _WORD.findall(sample) if not word.isascii()]
    unusual = sum(len(word.translate(None, _ASCII)) for word in words)
    if unusual > SCRIPT * sum(map(len, words)):
        return ""
    fits = {name: plausibility(sample.decode(name)) for name in OLD}
    best = max(OLD, key=fits.__getitem__)
    usual = plausibility(sample.decode(WESTERN, "replace")) if western else -1.0
    return best if fits[best] > max(0.0, usual + CLEARLY) else ""


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_ASCII = bytes(range(128))
_WORD = re.compile(rb"[A-Za-z\x80-\xff]{2,}")
"""Two letters or more."""
_UNUSUAL = re.compile(r"[^\x00-\x7f]")
_BROKEN = re.compile(r"[\udc80-\udcff]")
