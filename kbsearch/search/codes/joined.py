"""Codes with a space in them, in the query or in a ticket: "kb 5034441" is KB5034441."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kbsearch.analysis.codes import normal_code
from kbsearch.analysis.terms import stop_words

_MOST_CHUNKS = 4
"""Chunks that one code was typed in: "0x 8007 0005", "wf m 5799 dwf"."""
_MOST_GROUPS = 8
"""The same of equal length: "00 1a 2b 3c 4d 5e"."""
_FEWEST_GROUPS = 4
"""From as many on, groups of equal length are one code, whether any ticket has it or not."""
_SHORTEST = 4
_LONGEST_BEGINNING = 4
"""Letters of a chunk that may be part of a code, such as KB, INC or RITM; "windows" is a word."""
_BEGINNING_AND_NUMBER = re.compile(rf"([a-z]{{1,{_LONGEST_BEGINNING}}})(\d+)")
_LETTER_AND_NUMBER = re.compile(r"[a-z] \d{1,4}")
_BYTES = re.compile(r"(?=.*\d)[0-9a-f]{2}(?: [0-9a-f]{2}){5}(?:(?: [0-9a-f]{2}){2})?")
_MILLIONS = re.compile(r"[1-9]\d{0,2}(?: \d{3}){2,}")
_YEARS = re.compile(r"(?:(?:19|20)\d\d ?)+")
_SHORTEST_WORD = 2
_THOUSANDS = re.compile(r"[1-9]\d{0,2}( \d{3})+")


class JoinedCode(NamedTuple):
    """A code that lies in the neighbouring chunks `start:end` of a query, as it is filed."""

    start: int
    end: int
    code: str


def joined_codes(chunks: Sequence[str], exists: Callable[[str], bool]) -> list[JoinedCode]:
    """Return the codes that chunks make together, in order; none overlaps another.

    chunks  folded, in the order of the query.
    exists  tells whether the index has a code; nothing is joined to what it does not have.

    >>> held = {"kb5034441", "0x80070005", "windows10", "1015"}.__contains__
    >>> joined_codes(["the", "kb", "5034441", "fails"], held)
    [JoinedCode(start=1, end=3, code='kb5034441')]
    >>> joined_codes(["0x", "8007-0005", "windows", "10", "15"], held)
    [JoinedCode(start=0, end=2, code='0x80070005')]
    """
    found: list[JoinedCode] = []
    if not any(map(str.isdigit, "".join(chunks))):  # as in most queries
        return found
    start = 0
    while start < len(chunks) - 1:
        joined = _longest(chunks, start, exists)
        if joined:
            found.append(joined)
        start = joined.end if joined else start + 1
    return found


def written_apart(code: str) -> tuple[str, str] | None:
    """Return the two pieces in which a filed code is also written, None if it is always whole.

    >>> written_apart("kb5034441"), written_apart("0x80070005"), written_apart("f12")
    (('kb', '5034441'), None, ('f', '12'))
    """
    match = _BEGINNING_AND_NUMBER.fullmatch(code)
    return (match[1], match[2]) if match else None


def _longest(chunks: Sequence[str], start: int, exists: Callable[[str], bool]) -> JoinedCode | None:
    for end in range(min(start + _MOST_GROUPS, len(chunks)), start + 1, -1):
        among = chunks[start:end]
        code = normal_code("".join(among))
        if _is_grouped(among) or (_may_be_one(among, code) and exists(code)):
            return JoinedCode(start, end, code)
    return None


def _is_grouped(chunks: Sequence[str]) -> bool:
    """Tell whether chunks are the groups of one long code: "DE89 3704 0044 0532 0130 00"."""
    typed = " ".join(chunks)
    if _BYTES.fullmatch(typed) or _MILLIONS.fullmatch(typed):
        return True
    size = len(chunks[0])
    words = sum(map(str.isalpha, chunks))
    return (
        len(chunks) >= _FEWEST_GROUPS
        and size > _SHORTEST_WORD
        and all(len(chunk) == size for chunk in chunks[:-1])
        and len(chunks[-1]) <= size
        and words <= 1
        and not _YEARS.fullmatch(typed)
        and typed.replace(" ", "").isalnum()
    )


def _may_be_one(chunks: Sequence[str], code: str) -> bool:
    """Tell whether chunks may be one code: with letters and digits, and without words.

    Numbers alone are joined if they are thousands: in "10 15 users" no one means 1015. Words with
    a number after them are not: "windows10" is filed in two pieces as well, and found by these.
    """
    typed = " ".join(chunks)
    if _LETTER_AND_NUMBER.fullmatch(typed) or _THOUSANDS.fullmatch(typed):
        return True
    return (
        len(chunks) <= _MOST_CHUNKS
        and len(code) >= _SHORTEST
        and any(map(str.isdigit, code))
        and any(map(str.isalpha, code))
        and not any(map(_is_word, chunks))
    )


def _is_word(chunk: str) -> bool:
    return chunk in stop_words() or (chunk.isalpha() and len(chunk) > _LONGEST_BEGINNING)
