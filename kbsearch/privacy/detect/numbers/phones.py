"""Phone numbers."""

import re
from collections.abc import Iterator
from functools import cache

import phonenumbers

from kbsearch.privacy.detect.reading.dates import is_date
from kbsearch.privacy.detect.reading.digit_runs import LEAST, DigitRun, digit_runs
from kbsearch.privacy.detect.reading.normalised import is_letter
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.reading.words import any_of
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import found

_MOST = 15
_ROUND = "00000"
_NEAR = 48
"""Letters within which a word such as call makes a number a phone."""
_EXTENSION = re.compile(r"[ ,]{0,2}(?:x|ext\.?|extension|#)[ .:]{0,2}[0-9]{1,6}\b")
_UNIT = re.compile(
    r" ?(?:px|[kmgt]i?b|ms|k?hz|%|bytes|bits|pixels|x ?[0-9]|usd|eur|inr|€|\$|£|seconds|minutes"
    r"|hours|days|users|files|rows|mails|e-?mails|messages|times|items|records|points)\b"
)
_AFTER = re.compile(r"[ \-(,]{1,3}(?:office|fax|mobile|home|work|cell|phone|desk|landline)\b")
_BARRED = frozenset("#$€£=%@\\_&")
_LINES = re.compile(r"\r?\n[> \t]*| / | - ")


@cache
def _hint() -> re.Pattern[str]:
    """Return the words before a number that say what it is: `phone`, or else another thing."""
    phone, label, other = any_of("phone"), any_of("phone_label"), any_of("thing")
    return re.compile(
        rf"(?<![\w-])(?:(?P<phone>{phone})(?![a-z0-9])|(?P<label>{label})[ .:\n(+-]{{1,5}}\Z"
        rf"|{other}(?:[ ](?:number|no|nr|id)\.?(?: is)?)?(?![a-z0-9]))"
    )


def find_phones(text: Text, regions: tuple[str, ...]) -> Iterator[Finding]:
    """Yield the phone numbers of a text.

    A number counts that is one of a region, or that follows a word such as call, or whose groups
    are those of no date, version, amount or code.

    >>> text = Text("call 555 0100 or +44 20 7946 0958; build 20240718122457, 3440 x 1440")
    >>> [text.raw[found.start : found.end] for found in find_phones(text, ("US",))]
    ['555 0100', '+44 20 7946 0958']
    """
    last = -_NEAR
    for run in text.runs:
        for part in _parts(text, run, last):
            if not _is_phone(text, part, regions, last):
                continue
            start = part.start
            extension = _EXTENSION.match(text.lower, part.end)
            last = extension.end() if extension else part.end
            yield found(start, last, Kind.PHONE)


def _parts(text: Text, run: DigitRun, last: int) -> Iterator[DigitRun]:
    """Yield a run as one number, or each of its lines if it is too long, or no word says phone."""
    if len(run.digits) <= _MOST and ("\n" not in run.written or _is_named(text, run, last)):
        yield run
        return
    start = run.start
    for cut in [*_LINES.finditer(text.plain, run.start, run.end), None]:
        end = cut.start() if cut else run.end
        for part in digit_runs(text.plain[start:end]):
            yield part.moved(start)
        start = cut.end() if cut else end


def _is_named(text: Text, run: DigitRun, last: int) -> bool:
    """Tell whether the nearest hint is a word such as call, or a phone number just before."""
    before = text.before(run.start, _NEAR)
    hints = list(_hint().finditer(before))
    if hints:
        between = before[hints[-1].end() :]
        is_far = len(run.groups) == 1 and (len(between) > 24 or ". " in between)
        return hints[-1].lastgroup is not None and not is_far
    return run.start - last <= 12 or _AFTER.match(text.lower, run.end) is not None


def _is_phone(text: Text, run: DigitRun, regions: tuple[str, ...], last: int) -> bool:
    if _is_other(text, run):
        return False
    if _is_international(run):
        return True
    if _is_named(text, run, last):
        return True
    if _hint().search(text.before(run.start, _NEAR // 2)) or is_isbn(run.digits):
        return False
    return _looks_dialled(run) or _is_valid(run, regions)


def _is_international(run: DigitRun) -> bool:
    """Tell whether a run has a plus and the length of a number with its country."""
    least = LEAST + 1 if len(run.groups) > 1 else 10
    return run.written.startswith("+") and len(run.digits) >= least and run.digits[0] != "0"


def _is_other(text: Text, run: DigitRun) -> bool:
    """Tell whether a run is no phone number whatever is said before it."""
    before, after = text.plain[run.start - 1 : run.start], text.plain[run.end : run.end + 1]
    return (
        not LEAST <= len(run.digits) <= _MOST
        or run.digits.endswith(_ROUND)
        or is_letter(before)
        or before in _BARRED
        or (is_letter(after) and not _EXTENSION.match(text.lower, run.end))
        or _UNIT.match(text.lower, run.end) is not None
        or is_date(run.written)
        or is_version(text, run)
    )


def is_version(text: Text, run: DigitRun) -> bool:
    """Tell whether a run is what a program says of itself: Chrome/77.0, 91.0.4472.101."""
    if run.written.startswith("+"):
        return False
    before = text.before(run.start, 10)
    if before[-1:] in ("/", ".", "-") and before[-2:-1].isalnum():
        return before[-1] == "/" or not _hint().fullmatch(before[:-1].rpartition(" ")[2])
    if "." not in run.written:
        return False
    lengths = [end - start for start, end in run.groups]
    is_decimal = len(lengths) == 2 and lengths != [3, 4]
    return is_decimal or (1 in lengths[1:] and " " not in run.written)


def is_isbn(digits: str) -> bool:
    """Tell whether digits begin as the number of a book."""
    return len(digits) == 13 and digits.startswith(("978", "979"))


def _looks_dialled(run: DigitRun) -> bool:
    """Tell whether the groups are those of a phone number and of nothing else."""
    lengths = [end - start for start, end in run.groups]
    if "." in run.written or "_" in run.written or len(run.digits) < 8 or len(lengths) < 2:
        return False
    if max(lengths) == 1 or lengths in ([5, 4], [3, 2, 4]) or "\n" in run.written:
        return False
    if run.written.startswith(("0", "(")):
        return True
    is_thousands = lengths[0] <= 3 and set(lengths[1:]) == {3}
    return len(lengths) > 2 and not is_thousands and lengths[-1] > 2 and min(lengths[1:]) > 1


def _is_valid(run: DigitRun, regions: tuple[str, ...]) -> bool:
    is_one_group = len(run.groups) == 1
    if len(run.digits) < 9 or (is_one_group and not run.digits.startswith("0")):
        return False
    return any(_is_valid_in(run.written, region) for region in regions)


def _is_valid_in(written: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)
