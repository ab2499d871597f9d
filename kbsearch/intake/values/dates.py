"""What moment a value means, by what all values of its column prove."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from kbsearch.intake.values.clocks import split_clock
from kbsearch.records.import_options import DateOrder

TIME_LIMIT = 100
"""Characters in which every way to write a time ends."""
SERIALS = range(30_000, 75_000)
"""The days that a spreadsheet counts from the end of 1899 to the years 1982 to 2105."""
_SERIALS_FROM = datetime(1899, 12, 30, tzinfo=UTC)
_EPOCH_FROM = datetime(1970, 1, 1, tzinfo=UTC)

_NUMERIC = re.compile(r"(\d{1,4})([/.\u2013-])\s?(\d{1,2})\2\s?(\d{4}|\d{1,2})[T,;]?")
_EPOCH = re.compile(r"(\d{9,10}|\d{13}|\d{16}|\d{19})(?:[.,](\d+))?")
_NET = re.compile(r"\\?/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?/")
_COMPACT = re.compile(r"(\d{8})(\d{6})(?:\.\d+)?Z?")
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_ISO = re.compile(r"\d{4}-?(?:\d\d|W\d\d)")


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """What is known of a column of times.

    order   which of day and month comes first, None while nothing tells.
    serial  whether its numbers are days that a spreadsheet counts.
    """

    order: DateOrder | None = None
    serial: bool = False


class TwoDays(ValueError):
    """A date that could be two; the text says which."""


def read_time(text: str, column: TimeColumn) -> datetime:
    """Return the moment that a text means, in UTC; without a zone it is UTC.

    >>> read_time("Tue Mar 05 2024 10:12:11 GMT+0100 (CET)", TimeColumn()).isoformat()
    '2024-03-05T09:12:11+00:00'
    >>> read_time("03/04/26", TimeColumn(DateOrder.DAY_FIRST)).isoformat()
    '2026-04-03T00:00:00+00:00'

    Raises TwoDays if nothing tells its order, ValueError or OverflowError if it is no time.
    """
    if len(text) > TIME_LIMIT:
        raise ValueError("too long for a time")
    dashed = text[4:5] == text[7:8] == "-"
    time = (dashed and _iso(text)) or _counted(text, column) or _iso(text) or _written(text, column)
    return time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC)


def order_of(text: str) -> DateOrder | None:
    """Return which of day and month comes first, where the text alone proves it.

    >>> order_of("25/11/2025 09:10").value, order_of("03/11/2025")
    ('day-first', None)
    """
    numbers = _NUMERIC.match(text)
    if numbers is None or numbers[2] == "." or len(numbers[1]) > 2 or int(numbers[1]) > 31:
        return None
    first, second = int(numbers[1]), int(numbers[3])
    if first > 12 >= second:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if second > 12 >= first else None


def is_two_days(text: str) -> bool:
    """Tell whether a date could be two, so that its column must prove the order."""
    numbers = _NUMERIC.match(text)
    if numbers is None or numbers[2] == "." or len(numbers[1]) > 2:
        return False
    first, second = int(numbers[1]), int(numbers[3])
    return first <= 12 and second <= 12 and first != second


def is_serial(text: str) -> bool:
    """Tell whether this may be a day that a spreadsheet counts."""
    found = _SERIAL.fullmatch(text)
    return found is not None and int(found[1]) in SERIALS


def _counted(text: str, column: TimeColumn) -> datetime | None:
    """Return the time that is a number: of days in a spreadsheet, or of seconds since 1970."""
    if column.serial and is_serial(text):
        days = _SERIALS_FROM + timedelta(days=float(text.replace(",", ".")))
        return (days + timedelta(milliseconds=500)).replace(microsecond=0)
    if compact := _COMPACT.fullmatch(text):
        return datetime.fromisoformat(f"{compact[1]}T{compact[2]}")
    if day := _DAY_OF_YEAR.fullmatch(text):
        return datetime(int(day[1]), 1, 1, tzinfo=UTC) + timedelta(days=int(day[2]) - 1)
    return _epoch(text)


def _epoch(text: str) -> datetime | None:
    """Return the time of seconds since 1970, or of parts of them, as the digits tell."""
    if net := _NET.fullmatch(text):
        return _EPOCH_FROM + timedelta(milliseconds=int(net[1]))
    found = _EPOCH.fullmatch(text)
    if found is None:
        return None
    digits = found[1]
    if len(digits) > 10:
        return _EPOCH_FROM + timedelta(microseconds=int(digits.ljust(19, "0")) // 1000)
    return _EPOCH_FROM + timedelta(seconds=float(f"{digits}.{found[2] or 0}"))


def _iso(text: str) -> datetime | None:
    if not _ISO.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _written(text: str, column: TimeColumn) -> datetime:
    """Return the time of a date that is written as people and programs write it."""
    clock = split_clock(text)
    date = clock.rest.lstrip(" ,;").rstrip(" ,;T")
    if numbers := _NUMERIC.fullmatch(date):
        year, month, day = _numbers(numbers, column.order)
    else:
        year, month, day = _words(date, column)
    return datetime.combine(datetime(year, month, day, tzinfo=clock.zone), clock.at, clock.zone)


def _numbers(found: re.Match[str], order: DateOrder | None) -> tuple[int, int, int]:
    """Return year, month and day of a date of three numbers."""
    first, second, last = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) > 2 or first > 31:
        return _year(found[1]), second, last
    proven = DateOrder.DAY_FIRST if found[2] == "." or first == second else order_of(found[0])
    order = proven or order
    year = _year(found[4])
    if order is None:
        raise TwoDays(f"{year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}")
    return (year, second, first) if order is DateOrder.DAY_FIRST else (year, first, second)


def _words(date: str, column: TimeColumn) -> tuple[int, int, int]:
    """Return year, month and day of a date with a month in letters."""
    tokens = re.findall(r"[^\W\d_]+|\d+", date)
    numbers = [token for token in tokens if token.isdigit()]
    words = [token.casefold() for token in tokens if not token.isdigit()]
    months = [_months()[word] for word in words if word in _months()]
    strange = [word for word in words if word not in _months() and word not in _passed_over()]
    if len(numbers) == 3 and not months and not strange:
        return _weekday_and_numbers(date, column)
    if len(months) != 1 or len(numbers) != 2 or strange:
        raise ValueError("no date")
    first, last = numbers
    year, day = (first, last) if len(first) == 4 else (last, first)
    return _year(year), months[0], int(day)


def _weekday_and_numbers(date: str, column: TimeColumn) -> tuple[int, int, int]:
    numbers = _NUMERIC.fullmatch(re.sub(r"[^\W\d_]+[.,]*\s*", "", date).strip())
    if numbers is None:
        raise ValueError("no date")
    return _numbers(numbers, column.order)


def _year(digits: str) -> int:
    """Return a year; of two digits, one from 1970 to 2069."""
    if len(digits) == 3:
        raise ValueError("no year has three digits")
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 70 else 2000)


@cache
def _months() -> dict[str, int]:
    names = {calendar.month_name[number].casefold(): number for number in range(1, 13)}
    short = {calendar.month_abbr[number].casefold(): number for number in range(1, 13)}
    return {**names, **short, "sept": 9}


@cache
def _passed_over() -> frozenset[str]:
    """Return the words of a date that say nothing more: days of the week, endings of numbers."""
    days = (day.casefold() for day in calendar.day_name)
    short = (day[:length] for day in map(str.casefold, calendar.day_name) for length in (3, 4, 5))
    return frozenset({*days, *short, *["st", "nd", "rd", "th", "at", "on", "of", "the", "t"]})


class TimeEvidence:
    """Gathers what the values of one column prove of their times.

    lines    order -> the first line that proves it.
    doubtful   the first line with a date that could be two, 0 if there is none.
    american   whether such a date has slashes and AM or PM.
    """

    def __init__(self) -> None:
        self.lines: dict[DateOrder, int] = {}
        self.doubtful = 0
        self.american = False
        self._serials = self._others = 0

    def add(self, line: int, text: str) -> None:
        """Take the next value that is not empty."""
        if text[4:5] == "-" or len(text) > TIME_LIMIT:
            self._others += 1
            return
        if is_serial(text):
            self._serials += 1
            return
        self._others += 1
        date = _weekdayless(text)
        order = order_of(date)
        if order:
            self.lines.setdefault(order, line)
        elif is_two_days(date):
            self.doubtful = self.doubtful or line
            self.american = self.american or ("/" in date and split_clock(text).twelve)

    @property
    def order(self) -> DateOrder | None:
        """The order that is proven and not contradicted."""
        return next(iter(self.lines)) if len(self.lines) == 1 else None

    @property
    def serial(self) -> bool:
        """Whether all values are days that a spreadsheet counts."""
        return self._serials > 0 and self._others == 0

    def column(self, order: DateOrder | None) -> TimeColumn:
        """Return what is known of the column; `order` is what else tells it."""
        return TimeColumn(self.order or order, self.serial)


def _weekdayless(text: str) -> str:
    return re.sub(r"^[^\W\d_]+[.,]*\s+", "", text)
