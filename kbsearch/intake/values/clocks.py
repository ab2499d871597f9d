"""The time of day and the zone within a date that is written out."""

import re
from dataclasses import dataclass
from datetime import time, timedelta, timezone, tzinfo

from kbsearch.intake.values.zones import zone_named

_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])"
    r"(?:(?:(?P<mark>:)|(?<=\s\d)(?P<dot>\.)|(?<=\s\d\d)(?P<dots>\.))(?P<minute>[0-5]\d)"
    r"(?:[:.](?P<second>[0-5]\d|60)(?:[.,](?P<part>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?|\s*(?P<only>[ap])\.?m\b\.?)(?![\d:]|\.\d)",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"\s*(?:(?:UTC|GMT|UT)\s*)?([+-])(\d{1,2})(?::?(\d{2}))?(?![\d:])(?:\[[^\]]*\])?", re.IGNORECASE
)
_NAME = re.compile(r"\s*\[?([A-Za-z_]+/[A-Za-z_/+-]+|[A-Za-z]{1,5})\]?(?![A-Za-z])")
_REMARK = re.compile(r"\(([^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Clock:
    """What a text says of the time of day.

    rest     the text without the time and the zone: the date.
    zone     None where the text names none.
    twelve   whether the text says AM or PM.
    """

    rest: str
    at: time = time()
    zone: tzinfo | None = None
    twelve: bool = False


def split_clock(text: str) -> Clock:
    """Return the time of day and the zone that a text names, and the rest of the text.

    >>> split_clock("Tue Oct 31 22:10:47 +0000 2017").rest.split()
    ['Tue', 'Oct', '31', '2017']
    >>> split_clock("3/14/26 9:05 PM").at
    datetime.time(21, 5)
    """
    remark = _REMARK.search(text)
    text = text[: remark.start()] if remark else text
    clocks = (found for found in _CLOCK.finditer(text) if _is_clock(text, found))
    found = next(clocks, None)
    if found is None:
        return Clock(text)
    zone, end = _zone(text, found.end())
    if zone is None and remark:
        zone = zone_named(remark[1].strip())
    half = (found["half"] or found["only"] or "").casefold()
    return Clock(
        f"{text[: found.start()]} {text[end:]}".strip(), _at(found, half), zone, bool(half)
    )


def _is_clock(text: str, found: re.Match[str]) -> bool:
    """Tell whether this is a time of day: with dots, only after the date."""
    return not (found["dot"] or found["dots"]) or any(map(str.isdigit, text[: found.start()]))


def _at(found: re.Match[str], half: str) -> time:
    hour = int(found["hour"])
    if half and hour <= 12:  # 13:12 PM is written too, and means what it says
        hour = hour % 12 + (12 if half == "p" else 0)
    second = min(int(found["second"] or 0), 59)
    return time(
        hour, int(found["minute"] or 0), second, int((found["part"] or "0").ljust(6, "0")[:6])
    )


def _zone(text: str, start: int) -> tuple[tzinfo | None, int]:
    """Return the zone that is written here, and where the text goes on."""
    offset = _OFFSET.match(text, start)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes)), offset.end()
    name = _NAME.match(text, start)
    zone = zone_named(name[1]) if name else None
    return (zone, name.end()) if name and zone else (None, start)
