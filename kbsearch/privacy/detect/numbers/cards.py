"""Numbers of payment cards."""

import re
from collections.abc import Iterator
from functools import cache

from kbsearch.privacy.detect.reading.checksums import passes_luhn
from kbsearch.privacy.detect.reading.digit_runs import DigitRun
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.reading.words import any_of
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import card_mark

_LEAST, _MOST = 12, 19
_HIDDEN_MOST = 24
"""Who hides digits counts them loosely."""
_ISSUERS = re.compile(
    r"4(?=.{12}$|.{15}$|.{18}$)"  # Visa
    r"|(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)(?=.{12,14}$)"  # Mastercard
    r"|3[47](?=.{13}$)"  # American Express
    r"|(?:6011|64[4-9]|65|35(?:2[89]|[3-8])|62|60|8[12]|508|220[0-4])(?=.{12,17}$)"
    # Discover, JCB, UnionPay, RuPay, Mir
    r"|(?:3[689]|30[0-5])(?=.{11,17}$)"  # Diners
    r"|(?:50|5[6-9]|6)(?=.{10,18}$)"  # Maestro
)
_COMMON = re.compile(r"4.{15}$|(?:5[1-5]|2[2-7]).{14}$|3[47].{13}$|6(?:011|5..).{12}$")
"""Lengths and beginnings that other numbers have by chance only."""
_GAP = r"[ \-./_\u200b]{0,3}"
_HIDDEN = re.compile(
    rf"(?<![\w*])(?:[0-9]{_GAP}){{0,8}}(?:[*xX•]{_GAP}){{4,13}}(?:[0-9]{_GAP}){{3}}[0-9](?![\w*])"
)
"""A card of which a part was hidden before, such as 4111 **** **** 1111."""


@cache
def _hints() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what calls a number a card, what other cards there are, and other things."""
    return (
        re.compile(rf"\b{any_of('card')}\b[^\n]{{0,40}}\Z"),
        re.compile(rf"\b{any_of('other_card')}\b"),
        re.compile(rf"\b{any_of('thing')}\b[^\n0-9]{{0,24}}\Z"),
    )


def find_cards(text: Text) -> Iterator[Finding]:
    """Yield the cards of a text; each mark keeps the last four digits.

    >>> text = Text("pay with 4242 4242 4242 4242, order 123456789012")
    >>> [found.mark for found in find_cards(text)]
    ['[card ending 4242]']
    """
    for run in text.runs:
        yield from _in_run(text, run)
    if "*" in text.plain or "x" in text.lower or "•" in text.plain:
        yield from _hidden(text)


def _in_run(text: Text, run: DigitRun) -> Iterator[Finding]:
    groups, first = run.groups, 0
    while first < len(groups):
        last = _last_group(text, run, first)
        if last is None:
            first += 1
            continue
        start, end = groups[first][0], groups[last][1]
        yield Finding(start, end, Kind.CARD, card_mark(_digits(text, run, first, last)))
        first = last + 1


def _digits(text: Text, run: DigitRun, first: int, last: int) -> str:
    return "".join(text.plain[start:end] for start, end in run.groups[first : last + 1])


def _last_group(text: Text, run: DigitRun, first: int) -> int | None:
    """Return with which group a card ends that begins with the first one, the longest if any."""
    if first and text.plain[run.groups[first][0]] in "0179":
        return None  # no issuer begins so
    digits, best = "", None
    for last in range(first, len(run.groups)):
        start, end = run.groups[last]
        digits += text.plain[start:end]
        if len(digits) > _MOST:
            break
        if len(digits) >= _LEAST and _is_card(text, run, first, last, digits):
            best = last
    return best


def _is_card(text: Text, run: DigitRun, first: int, last: int, digits: str) -> bool:
    start, end = run.groups[first][0], run.groups[last][1]
    if _ISSUERS.match(digits) and passes_luhn(digits):
        if _COMMON.match(digits) or _is_called_card(text, start):
            return _is_regular(run, first, last) or _is_called_card(text, start)
        around = text.plain[start - 1 : start] + text.plain[end : end + 1]
        is_word = any(char.isalnum() or char in "=&#_/" for char in around)
        return (
            not is_word
            and _is_regular(run, first, last)
            and not _hints()[2].search(text.before(start, 40))
        )
    whole = first == 0 and last == len(run.groups) - 1
    return whole and _is_called_card(text, start)


def _is_called_card(text: Text, start: int) -> bool:
    before = text.before(start, 60)
    card, other, _ = _hints()
    return card.search(before) is not None and other.search(before) is None


def _is_regular(run: DigitRun, first: int, last: int) -> bool:
    """Tell whether the groups are as long as each other, as on a card, or as on American ones."""
    lengths = [end - start for start, end in run.groups[first : last + 1]]
    is_even = len({*lengths[:-1]}) <= 1 and lengths[-1] <= lengths[0]
    return is_even or lengths in ([4, 6, 5], [4, 6, 4])


def _hidden(text: Text) -> Iterator[Finding]:
    for match in _HIDDEN.finditer(text.plain):
        shown = [char for char in match[0] if char.isdigit()]
        places = len(shown) + sum(char in "*xX•" for char in match[0])
        if _LEAST <= places <= _HIDDEN_MOST:
            yield Finding(*match.span(), Kind.CARD, card_mark("".join(shown)))
