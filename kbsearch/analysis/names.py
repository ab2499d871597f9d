"""Names that are more than letters: C#, Notepad++, AT&T, .NET, and NullPointerException."""

import re

WORD_MARK = "|"
"""Stands between the words of a name in camel case; no chunk of a text has it."""

_HUMP = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_LETTERS = re.compile(r"[A-Za-z]{5,}")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_SHORTEST_WORD = 3
"""Letters of a word in camel case, all together on average: "iPhone" and "PDFs" have none."""
_BY_AMPERSAND = re.compile(r"[^\W\d_]{1,4}(?:&[^\W\d_]{1,4})+")


def has_hump(chunk: str) -> bool:
    """Tell whether a chunk may be in camel case."""
    return _HUMP.search(chunk) is not None


def marked(chunk: str) -> str:
    """Return a chunk as it is written, with a mark between the words of names in camel case.

    >>> marked("NullPointerException"), marked("XMLHttpRequest"), marked("user.retryCount")
    ('Null|Pointer|Exception', 'XML|Http|Request', 'user.retry|Count')
    >>> marked("iPhone"), marked("McAfee"), marked("PDFs"), marked("VMware")
    ('iPhone', 'McAfee', 'PDFs', 'VMware')
    """
    return _LETTERS.sub(_marked, chunk) if has_hump(chunk) else chunk


def without_sign(chunk: str) -> str:
    """Return a folded chunk without the signs of a name such as C#, Notepad++ or .NET.

    >>> without_sign("notepad++"), without_sign("c#"), without_sign(".net"), without_sign("wi-fi")
    ('notepad', 'c', 'net', 'wi-fi')
    """
    return chunk.lstrip(".").rstrip("+#")


def is_joined_by_ampersand(chunk: str) -> bool:
    """Tell whether a folded chunk is a name such as AT&T, and not two words without a space.

    >>> is_joined_by_ampersand("at&t"), is_joined_by_ampersand("copy&paste")
    (True, False)
    """
    return _BY_AMPERSAND.fullmatch(chunk) is not None


def _marked(match: re.Match[str]) -> str:
    words = _WORD.findall(match[0])
    return WORD_MARK.join(words) if _is_name(words) else match[0]


def _is_name(words: list[str]) -> bool:
    first, last = words[0], words[-1]
    begins = len(first) >= _SHORTEST_WORD or (len(first) > 1 and not first.istitle())
    long = sum(map(len, words)) >= _SHORTEST_WORD * len(words)
    return len(words) > 1 and begins and len(last) >= _SHORTEST_WORD and long
