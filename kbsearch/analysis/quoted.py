"""Which parts of a text were quoted from another mail, or are a signature?

They are kept and shown, but no search looks there: what one ticket quotes is what another one says.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from kbsearch.analysis.tables import table

_LONGEST_HEADER = 300
"""Characters of a line that may be one of a mail's header."""
_LEAST_OWN = 3
"""Words that someone must have added; of fewer, what they quote is what they say."""
_SIGNATURE_LINES = 10
_SIGNATURE_WIDTH = 80
"""The most lines below "--" that are a signature, and the most characters of each."""
_HEADER_LINES = 8
"""Lines in which the labels of a header follow each other."""
_QUOTE = re.compile(r"[ \t]*>")
_WHEN = re.compile(r"\d{4}|\d[:.h]\d\d|\d年")
"""What "On Monday at 9:30 Ann wrote:" has, and a sentence that ends in a colon mostly has not."""
_RULE = r"[ \t>*]*[-_=*]{2,} ?(?:%s):? ?[-_=*]*[ \t]*"


class Part(NamedTuple):
    """Some lines of a text, with the ends of all but the last."""

    text: str
    quoted: bool


def own_words(text: str) -> str:
    r"""Return a text without what it quotes, all of it if it says hardly anything else.

    >>> own_words("The fax is still dead.\n\nOn 5 Jan 2026 at 9:30 Ann wrote:\n> Restart it.")
    'The fax is still dead.'
    >>> own_words("Choose menu > File > Print")
    'Choose menu > File > Print'
    """
    found = parts(text) if _may_quote(text) else ()
    if len(found) < 2:
        return text
    return "\n".join(part.text for part in found if not part.quoted).strip()


def parts(text: str) -> list[Part]:
    """Return the parts of a text, by turns its own and quoted."""
    if not _may_quote(text):
        return [Part(text, quoted=False)]
    lines = text.split("\n")
    marks = _marked(lines)
    own = " ".join(line for line, mark in zip(lines, marks, strict=True) if not mark)
    if all(marks) or len(own.split()) < _LEAST_OWN:
        return [Part(text, quoted=False)]
    pairs = groupby(zip(lines, marks, strict=True), key=lambda pair: pair[1])
    return [Part("\n".join(line for line, _ in some), mark) for mark, some in pairs]


def _may_quote(text: str) -> bool:
    """Tell whether it is worth while to look at each line; most texts have none of these."""
    if "\n" not in text:
        return False
    if text.startswith(">") or _beginnings().search(text):
        return True
    wrote = (":\n" in text or "：\n" in text) and any(map(text.__contains__, _words("wrote")))
    return wrote or text.rstrip().rpartition("\n")[2].startswith(_words("device"))


@cache
def _beginnings() -> re.Pattern[str]:
    """Return how a line begins that quotes, or that parts what is quoted from the rest."""
    # As it begins with a line end, it is found many times quicker than each of these alone.
    labels = "|".join(_words("from"))
    return re.compile(rf"\n(?: ?>|--|__|==|\*\*|\*?(?:{labels}):)")


def _marked(lines: Sequence[str]) -> list[bool]:
    """Tell of each line whether it is quoted."""
    marks = [False] * len(lines)
    place = 0
    while place < len(lines):
        if _is_line_of(lines[place], "forwarded"):  # which is what they want to be read
            break
        end = _quoted_until(lines, place)
        marks[place:end] = [True] * (end - place)
        place = max(end, place + 1)
    return marks


def _quoted_until(lines: Sequence[str], place: int) -> int:
    """Return where what begins at a line ends to be quoted; `place` if nothing begins there."""
    line = lines[place]
    if _QUOTE.match(line):
        end = _after_quotes(lines, place)
        return end if end - place > 1 else place
    if _is_line_of(line, "original") or _is_header(lines, place) or _is_signature(lines, place):
        return len(lines)
    if below := _below_wrote(lines, place):
        first = next(_filled(lines, below), len(lines))
        quotes = first < len(lines) and _QUOTE.match(lines[first])
        return _after_quotes(lines, first) if quotes else len(lines)
    return place


def _after_quotes(lines: Sequence[str], place: int) -> int:
    """Return where the lines end that begin with ">", empty ones between them included."""
    end = place
    for at in _filled(lines, place):
        if not _QUOTE.match(lines[at]):
            break
        end = at + 1
    return end


def _filled(lines: Sequence[str], place: int) -> Iterator[int]:
    return (at for at in range(place, len(lines)) if lines[at].strip())


def _below_wrote(lines: Sequence[str], place: int) -> int:
    """Return where "On Monday Ann wrote:" ends, which may take two lines; 0 if it is none."""
    line = lines[place]
    if _is_wrote(line) and (_WHEN.search(line) or "@" in line):
        return place + 1
    below = lines[place + 1] if place + 1 < len(lines) else ""
    if _WHEN.search(line) and _is_wrote(below) and not _WHEN.search(below):
        return place + 2
    return 0


def _is_wrote(line: str) -> bool:
    is_short = len(line) <= _LONGEST_HEADER
    return is_short and line.rstrip().endswith((":", "：")) and bool(_wrote().search(line))


def _is_line_of(line: str, what: str) -> bool:
    return len(line) <= _LONGEST_HEADER and _line_of(what).fullmatch(line) is not None


def _is_header(lines: Sequence[str], place: int) -> bool:
    """Tell whether a header of another mail begins here: who sent it, when, to whom or why."""
    found = set()
    for line in lines[place : place + _HEADER_LINES]:
        label = _label().match(line)
        if label is None:
            break
        found |= {what for what in ("from", "sent", "to", "subject") if label[1] in _words(what)}
        if "from" not in found:
            return False
    return {"from", "sent"} < found  # and one more


def _is_signature(lines: Sequence[str], place: int) -> bool:
    line, below = lines[place].rstrip(), place + 1
    if line == "--":
        is_short = len(lines) - below <= _SIGNATURE_LINES
        return is_short and all(len(one) <= _SIGNATURE_WIDTH for one in lines[below:])
    return line.startswith(_words("device")) and next(_filled(lines, below), None) is None


@cache
def _words(what: str) -> tuple[str, ...]:
    return tuple(words for words, which, _ in table("quoted_mail.tsv") if which == what)


@cache
def _wrote() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_words('wrote'))})")


@cache
def _line_of(what: str) -> re.Pattern[str]:
    return re.compile(_RULE % "|".join(map(re.escape, _words(what))), re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    labels = (word for what in ("from", "sent", "to", "subject") for word in _words(what))
    return re.compile(rf"[ \t>*]*({'|'.join(sorted(labels, reverse=True))}|[Cc][Cc]) ?\*?:")
