"""Codes: identifiers that mean what they are to the letter, and nothing nearby.

A code has a digit, or an underscore, or is the name of a host or a file. It is never stemmed,
never read by its sound and never corrected: 0x80070005 and 0x80070057 are two different errors.
"""

import re

REFERENCE = "\ua7ff"
"""What a reference is filed after: a letter that no one types."""

_VERSION = re.compile(r"v?\d+(?:\.\d+)+(?:[a-z]{1,2}\d*)?")
_MOST_NUMBERS = 16
"""Numbers in a version; a row of more than that is none, and its beginnings would fill memory."""
_ORDINAL = re.compile(r"\d*(?:1st|2nd|3rd|\dth)")
_WORD_AND_NUMBER = re.compile(r"([a-z]+)(\d{1,4})")
_VOWEL = re.compile(r"[aeiouy]")
_LAST_PART = re.compile(r"[a-z]{2,5}|[a-z0-9]*\d[a-z0-9]*")
_SEPARATORS = str.maketrans("", "", "-_:")


def normal_code(chunk: str) -> str:
    """Return the form under which a code is filed: hyphens, underscores and colons do not count.

    >>> normal_code("wf-m5799"), normal_code("10.2.1"), normal_code("pr_end_of_file_error")
    ('wfm5799', '10.2.1', 'prendoffileerror')
    >>> normal_code("00:1a:2b:3c:4d:5e")
    '001a2b3c4d5e'
    """
    return chunk.translate(_SEPARATORS)


def reference_codes(reference: str) -> tuple[str, ...]:
    """Return the codes of a reference after its mark: so, and without the mark if it has letters.

    Its number alone is none of them: 404 is an error, and no ticket that happens to be DESK-404.

    >>> reference_codes(REFERENCE + "desk-404")[1:], reference_codes(REFERENCE + "404")[1:]
    (('desk404',), ())
    """
    marked = normal_code(reference)
    return (marked,) if marked[1:].isdigit() else (marked, marked[1:])


def is_ordinal(chunk: str) -> bool:
    """Tell whether this is a word that happens to start with digits, such as "2nd"."""
    return _ORDINAL.fullmatch(chunk) is not None


def is_name(chunk: str) -> bool:
    """Tell whether dotted letters look like a host or a file, and not like a missing space.

    >>> is_name("settings.ini"), is_name("works.thanks")
    (True, False)
    """
    return _LAST_PART.fullmatch(chunk.rpartition(".")[2]) is not None


def version_parts(chunk: str) -> tuple[str, ...]:
    """Return the versions that this one belongs to, the longest first; none if it is no version.

    >>> version_parts("10.2.1"), version_parts("v3.1"), version_parts("3.x")
    (('10.2.1', '10.2', '10'), ('3.1', '3'), ())
    """
    if not _VERSION.fullmatch(chunk):
        return ()
    numbers = chunk.removeprefix("v").split(".")
    if len(numbers) > _MOST_NUMBERS:
        return ()
    return tuple(".".join(numbers[:end]) for end in range(len(numbers), 0, -1))


def word_and_number(chunk: str) -> tuple[str, str] | None:
    """Split a word with a number after it, as in "win10"; a code such as "kb5034441" is whole.

    >>> word_and_number("win10"), word_and_number("kb5034441"), word_and_number("e104")
    (('win', '10'), None, None)
    """
    match = _WORD_AND_NUMBER.fullmatch(chunk)
    if match is None or len(match[1]) < 3 or not _VOWEL.search(match[1]):
        return None
    return match[1], match[2]
