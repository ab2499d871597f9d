"""Findings that overlap, become one; each ends where a word ends."""

import re
from collections.abc import Iterable

from kbsearch.privacy.detect.reading.normalised import MASKED, is_letter
from kbsearch.privacy.finding import Finding, Kind

_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            *(Kind.CARD, Kind.IBAN, Kind.PASSWORD, Kind.EMAIL, Kind.NATIONAL_ID, Kind.IP),
            *(Kind.MAC, Kind.ACCOUNT, Kind.ID, Kind.PHONE, Kind.ADDRESS, Kind.NAME),
        )
    )
}
"""Which kind names what two detectors found: the one that tells of more harm."""


def merged(findings: Iterable[Finding], plain: str) -> list[Finding]:
    """Return findings in order and apart, grown to the ends of words, marks left out.

    >>> findings = [Finding(1, 3, Kind.NAME, "[name]"), Finding(2, 5, Kind.PHONE, "[phone]")]
    >>> merged(findings, "abcdefg h")
    [Finding(start=0, end=7, kind=<Kind.PHONE: 'phone'>, mark='[phone]')]
    """
    united: list[Finding] = []
    for finding in sorted(_outside_marks(findings, plain)):
        grown = _grown(finding, plain, united[-1].end if united else 0)
        if united and grown.start < united[-1].end:
            united[-1] = _union(united[-1], grown)
        else:
            united.append(grown)
    return united


def _outside_marks(findings: Iterable[Finding], plain: str) -> Iterable[Finding]:
    for finding in findings:
        if MASKED not in plain[finding.start : finding.end]:
            yield finding
            continue
        for piece in re.finditer(
            f"[^{MASKED}]*\\w[^{MASKED}]*", plain[finding.start : finding.end]
        ):
            start, end = piece.span()
            yield finding._replace(start=finding.start + start, end=finding.start + end)


def _grown(finding: Finding, plain: str, least: int) -> Finding:
    """Return a finding that begins and ends with words; what is before `least` is another's."""
    start, end = finding.start, finding.end
    if end < least:
        return finding
    if is_letter(plain[end - 1]):
        while end < len(plain) and is_letter(plain[end]):
            end += 1
    if is_letter(plain[start]):
        while start > least and is_letter(plain[start - 1]):
            start -= 1
    return finding._replace(start=start, end=end)


def _union(one: Finding, other: Finding) -> Finding:
    kept = min(one, other, key=lambda finding: _RANK[finding.kind])
    return kept._replace(start=min(one.start, other.start), end=max(one.end, other.end))
