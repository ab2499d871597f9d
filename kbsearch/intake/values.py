"""What the value of a column means: a text, a time, tags, a kind, an audience."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import cast

from kbsearch.errors import TicketInvalid
from kbsearch.records.ticket import CHOICES, LISTS, TEXTS, TIMES, TicketFields

YEARS = range(1970, 2101)
"""The years that a time can be in; others are a slip or a mark for "none"."""
TIME_LIMIT = 64
"""Characters in which every way to write a time ends."""
WRITTEN_MONTHS = (
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%B %d %Y",
    "%d-%b-%Y",
    "%d/%b/%Y",
    "%d-%b-%y",
    "%d/%b/%y",
)
CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")

_NUMERIC = re.compile(
    r"(?P<a>\d{1,4})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{4}|\d{1,2})"
    r"(?:[ T,]+(?P<clock>\d.*))?"
)
_EPOCH = re.compile(r"\d{9,10}(\.\d+)?|\d{13}")


def ticket_fields(values: Mapping[str, object]) -> TicketFields:
    """Return the fields of a ticket from field -> value as a file has it.

    A null and an empty text are an empty value; source and choices such as kind, which no ticket is
    without, are left out then.

    Raises TicketInvalid, naming the field, if a value has no meaning there.
    """
    fields: dict[str, object] = {}
    for name, value in values.items():
        convert = _CONVERTERS.get(name, name_of)
        fields[name] = convert(name, value)
    for name in ("source", *CHOICES):
        if fields.get(name) in {None, ""}:
            fields.pop(name, None)
    return cast(TicketFields, fields)


def text_of(field: str, value: object) -> str:
    r"""Return a text, with every line end as a newline and no blanks around it.

    >>> text_of("problem", " No paper.\r\n"), text_of("reference", 4711)
    ('No paper.', '4711')
    """
    match value:
        case None:
            return ""
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()
        case bool() | int() | float():
            return json.dumps(value)
        case _:
            raise TicketInvalid(field, f"holds {_shape(value)}; write it as one text")


def name_of(field: str, value: object) -> str:
    """Return a text on one line, such as a product or a status."""
    return " ".join(text_of(field, value).split())


def tags_of(field: str, value: object) -> tuple[str, ...]:
    """Return tags from a list, or a text with commas or semicolons or a JSON list in it.

    >>> tags_of("tags", "vpn; mac os"), tags_of("tags", '["vpn", "mac os"]')
    (('vpn', 'mac os'), ('vpn', 'mac os'))
    """
    if isinstance(value, str) and value.lstrip().startswith("["):
        value = _json_list(value) or value
    if isinstance(value, list):
        tags = [name_of(field, tag) for tag in value]
    else:
        text = text_of(field, value)
        tags = [name_of(field, tag) for tag in text.split(";" if ";" in text else ",")]
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def time_of(field: str, value: object) -> datetime | None:
    """Return a time in UTC from ISO 8601, seconds since 1970, or an unambiguous date.

    A time without a zone is UTC.

    >>> time_of("created_at", "2026-03-01T09:30:00+01:00").isoformat()
    '2026-03-01T08:30:00+00:00'
    >>> time_of("created_at", "25/12/2025").isoformat()
    '2025-12-25T00:00:00+00:00'

    Raises TicketInvalid if it is no time, or could be two.
    """
    text = name_of(field, value)
    if not text:
        return None
    try:
        time = _parse_time(field, text) if len(text) <= TIME_LIMIT else None
        time = time and time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        time = None
    if time is None:
        raise TicketInvalid(
            field, f'"{text[:TIME_LIMIT]}" is no time; write it as 2026-03-01T09:30:00Z'
        )
    if time.year not in YEARS:
        raise TicketInvalid(
            field, f'"{text}" is not between {YEARS[0]} and {YEARS[-1]}; mend it or leave it empty'
        )
    return time


def choice_of(field: str, value: object) -> StrEnum | None:
    """Return one of the values of a field such as kind, None where the file does not say."""
    choices = CHOICES[field]
    text = name_of(field, value)
    if not text:
        return None
    for choice in choices:
        if choice == text.casefold():
            return choice
    raise TicketInvalid(field, f'"{text[:TIME_LIMIT]}" is neither {" nor ".join(choices)}')


def _parse_time(field: str, text: str) -> datetime | None:
    """Return the time in whatever zone the text gives it, or none.

    Raises TicketInvalid if it could be two times.
    """
    if _EPOCH.fullmatch(text):
        seconds = int(text) / 1000 if len(text) == 13 and text.isdigit() else float(text)
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    text = re.sub(r" ?(UTC|GMT|Z)$", "+00:00", text)
    text = re.sub(r"(?<=:\d\d) (?=[+-]\d\d)", "", text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        numeric = _NUMERIC.fullmatch(text)
    return _from_numbers(field, numeric) if numeric else _from_written_month(text)


def _from_numbers(field: str, found: re.Match[str]) -> datetime | None:
    a, b, c = (int(found[part]) for part in "abc")
    if len(found["a"]) == 4:
        year, month, day = a, b, c
    elif len(found["c"]) != 4:
        raise TicketInvalid(
            field, f'"{found[0]}" has no year of four digits; write it as 2026-03-01'
        )
    elif found["mark"] == "." or a > 12 or a == b:
        year, month, day = c, b, a
    elif b > 12:
        year, month, day = c, a, b
    else:
        raise TicketInvalid(
            field,
            f'"{found[0]}" could be {c}-{a:02}-{b:02} or {c}-{b:02}-{a:02};'
            " write the year first, then the month",
        )
    return _with_clock(f"{year:04}-{month:02}-{day:02}", "%Y-%m-%d", found["clock"] or "")


def _with_clock(date: str, date_format: str, clock: str) -> datetime | None:
    text = f"{date} {clock}".strip().upper()
    for form in CLOCKS:
        try:
            return datetime.strptime(text, date_format + form)  # noqa: DTZ007 - UTC if none
        except ValueError:
            continue
    return None


def _from_written_month(text: str) -> datetime | None:
    text = re.sub(r"^[A-Za-z]{3,9}, ", "", text)  # the day of the week
    for form in WRITTEN_MONTHS:
        time = _with_clock(text, form, "")
        if time is not None:
            return time
    return None


def _json_list(text: str) -> list[object] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) else None


def _shape(value: object) -> str:
    return "a list" if isinstance(value, list) else "an object"


_Converter = Callable[[str, object], object]
_CONVERTERS: Mapping[str, _Converter] = {
    **dict.fromkeys(TEXTS, cast(_Converter, text_of)),
    **dict.fromkeys(TIMES, cast(_Converter, time_of)),
    **dict.fromkeys(CHOICES, cast(_Converter, choice_of)),
    **dict.fromkeys(LISTS, cast(_Converter, tags_of)),
}
