"""What an admin says stays, or is always masked."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import found
from kbsearch.privacy.rules import Rules

_NO_DIGIT = re.compile(r"\D+")
_LEAST_DIGITS = 5


class AdminLists:
    """The allow and deny tables of rules, ready to apply."""

    def __init__(self, rules: Rules) -> None:
        self._denied = {text.lower(): kind for text, kind in rules.deny}
        self._allow = rules.allow
        self._deny = _any_phrase(self._denied)

    @cached_property
    def _allowed(self) -> re.Pattern[str] | None:
        return _any_phrase(text for text in self._allow if not text.startswith("@"))

    @cached_property
    def _numbers(self) -> frozenset[str]:
        digits = (_NO_DIGIT.sub("", text) for text in self._allow)
        return frozenset(number for number in digits if len(number) >= _LEAST_DIGITS)

    @cached_property
    def _domains(self) -> tuple[str, ...]:
        return tuple(text.lower() for text in self._allow if text.startswith("@"))

    def denied(self, text: Text) -> Iterator[Finding]:
        """Yield each place of a denied text."""
        for match in self._deny.finditer(text.lower) if self._deny else ():
            yield found(*match.span(), self._denied[match[0]])

    def without_allowed(self, findings: list[Finding], text: Text) -> list[Finding]:
        """Return the findings that no allowed text covers."""
        if not self._allow or not findings:
            return findings
        places = [m.span() for m in self._allowed.finditer(text.lower)] if self._allowed else []
        return [each for each in findings if not self._is_allowed(each, text, places)]

    def _is_allowed(self, finding: Finding, text: Text, places: list[tuple[int, int]]) -> bool:
        written = text.lower[finding.start : finding.end]
        if finding.kind is Kind.EMAIL and self._domains and written.endswith(self._domains):
            return True
        if _NO_DIGIT.sub("", written) in self._numbers and finding.kind is not Kind.CARD:
            return True
        return any(start <= finding.start and finding.end <= end for start, end in places)


def _any_phrase(phrases: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted((phrase.lower() for phrase in phrases), key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
