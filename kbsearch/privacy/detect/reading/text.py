"""A text, and what all detectors read of it."""

import re
from functools import cached_property

from kbsearch.privacy.detect.reading.digit_runs import DigitRun, digit_runs
from kbsearch.privacy.detect.reading.normalised import normalised
from kbsearch.privacy.detect.reading.words import words

_DIGIT = re.compile(r"[0-9]")
_MACHINES = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b0x[0-9a-f]{4,}\b",
    re.IGNORECASE,
)
"""Numbers of machines, such as the id of a crash report."""
_FEW = 12
_SPACED = dict.fromkeys(map(ord, "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\n\r\t\u200b\ufffc'"), " ")


class Text:
    """A text, and what is read of it, each made once when it is first asked for.

    plain  the text with plainer characters, as long as it was.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.plain = normalised(raw)

    @cached_property
    def lower(self) -> str:
        """Return the plain text in small letters, as long as it was."""
        return self.plain.lower()

    @cached_property
    def is_english(self) -> bool:
        """Tell whether it has small words of English; other languages write nouns with capitals."""
        return len(self.words & words("english")) > (len(self.words) > _FEW)

    @cached_property
    def is_lower(self) -> bool:
        """Tell whether its writer used no capitals."""
        return self.lower == self.plain

    @cached_property
    def titled(self) -> str:
        """Return the plain text, each word with a capital if its writer used none."""
        titled = self.plain.title() if self.is_lower else self.plain
        return titled if len(titled) == len(self.plain) else self.plain

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the words of the text, in small letters, each once."""
        return frozenset(self.lower.translate(_SPACED).split())

    @cached_property
    def has_digit(self) -> bool:
        """Tell whether a detector of numbers may find anything."""
        return _DIGIT.search(self.plain) is not None

    @cached_property
    def runs(self) -> tuple[DigitRun, ...]:
        """Return the runs of digits, those of machines left out."""
        if not self.has_digit:
            return ()
        return tuple(digit_runs(self.numbers))

    @cached_property
    def numbers(self) -> str:
        """Return the plain text without the numbers of machines, as long as it was."""
        return _MACHINES.sub(lambda match: "x" * len(match[0]), self.plain)

    def before(self, place: int, letters: int) -> str:
        """Return so many letters before a place, or all there are, in small letters."""
        return self.lower[max(place - letters, 0) : place]
