"""The fields of a ticket from the cells of its row."""

import html
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import cast

from kbsearch.errors import TicketInvalid
from kbsearch.intake.values.dates import TIME_LIMIT, TwoDays, read_time
from kbsearch.intake.values.facts import ColumnFacts, FileFacts
from kbsearch.intake.values.guards import unguarded
from kbsearch.intake.values.letters import mended
from kbsearch.intake.values.messages import messages_of
from kbsearch.intake.values.notes import CellNotes, Mended
from kbsearch.intake.values.nothing import is_mark, is_no_day, is_word
from kbsearch.intake.values.references import reference_of
from kbsearch.intake.values.statuses import status_of
from kbsearch.intake.values.tags import named, tags_of
from kbsearch.intake.values.texts import PlainText, Texts
from kbsearch.intake.values.verdicts import Verdict, verdict_of
from kbsearch.names import is_storable, tidy
from kbsearch.records.ticket import (
    CHOICES,
    LIST_LIMIT,
    LISTS,
    NAME_LIMIT,
    TEXTS,
    TIMES,
    TicketFields,
    too_many_values,
)

YEARS = range(1970, 2101)
"""The years that a time can be in; others are a slip or a mark for "none"."""
_PLAIN = (str, bool, int, float)
KEY = ("reference", "source")
"""The fields that tell tickets apart: without them a row cannot be taken."""
_NONE: Mapping[tuple[str, str], str] = {}
NEVER_EMPTY = ("source", *CHOICES)
"""The fields that no ticket is without: what is empty there is left out."""


class CellReader:
    """Makes fields of the cells of one file, by what its columns prove.

    notes     what is said of the cells.
    meanings  (field, value in small letters) -> what the admin says that it means.
    """

    def __init__(
        self, facts: FileFacts, notes: CellNotes, meanings: Mapping[tuple[str, str], str] = _NONE
    ) -> None:
        self._facts = facts
        self._notes = notes
        self._meanings = meanings
        self._texts = Texts(facts, notes)

    def fields(
        self, line: int, values: Mapping[str, object], taken: Mapping[str, Sequence[str]]
    ) -> TicketFields:
        """Return the fields of one row; a side field that cannot be read is left out and noted.

        taken  field -> the columns that hold it; several only for tags.

        Raises TicketInvalid, naming the field, if the key cannot be read.
        """
        fields: dict[str, object] = {}
        raw: dict[str, str] = {}
        for name, columns in taken.items():
            for column in columns:
                try:
                    value = self._value(name, column, values.get(column))
                except TicketInvalid as error:
                    if name in KEY:
                        raise
                    self._notes.left(column, name, line, error.reason)
                    continue
                if isinstance(value, PlainText):
                    raw |= {name: value.raw} if value.raw else {}
                    value = value.text
                if name in fields:  # a list that several columns hold
                    value = (*cast(tuple[str, ...], fields[name]), *cast(tuple[str, ...], value))
                if value or name not in NEVER_EMPTY:
                    fields[name] = value
        self._take_verdicts(fields, taken)
        if raw:
            fields["raw"] = raw
        return cast(TicketFields, fields)

    def _take_verdicts(self, fields: dict[str, object], taken: Mapping[str, Sequence[str]]) -> None:
        """Make a resolution that is a verdict the reason why the ticket was closed."""
        for name in ("resolution", "close_reason"):
            text = str(fields.get(name, ""))
            verdict = verdict_of(text) if text else None
            if verdict is Verdict.OPEN:
                self._notes.nothing(taken[name][0], text)
                fields[name] = ""
            elif verdict and name == "resolution":
                self._notes.mended(taken[name][0], Mended.VERDICT)
                del fields[name]
                fields["close_reason"] = fields.get("close_reason") or tidy(text)

    def _value(self, field: str, column: str, value: object) -> object:
        facts = self._facts.of(column)
        if value is None:
            value = ""
        elif isinstance(value, _PLAIN):
            text = value if isinstance(value, str) else json.dumps(value)
            value = self._without_guards(field, column, text, facts)
        if self._meanings and isinstance(value, str):
            value = self._meanings.get((field, value.casefold()), value)
        if field in TEXTS:
            return self._texts.read(column, text_of(field, value))
        if field == "messages":
            return messages_of(field, value, facts.time, partial(self._texts.read, column))
        if field == "status" and isinstance(value, str) and value.isdecimal():
            self._notes.number(column, value)
        return _CONVERTERS.get(field, name_of)(field, value, facts)

    def _without_guards(self, field: str, column: str, value: str, facts: ColumnFacts) -> str:
        """Return the text of a cell, "" if a mark says that it is empty."""
        text = value.strip()
        if text[:1] in {"=", "'"} and text != (plain := unguarded(text)):
            self._notes.mended(column, Mended.GUARD)
            text = plain
        if text and is_mark(field, text) and (facts.word_marks or not is_word(text)):
            self._notes.nothing(column, text)
            return ""
        return text


def text_of(field: str, value: object) -> str:
    r"""Return a text, with every line end as a newline and no blanks around it.

    >>> text_of("problem", " No paper.\r\n")
    'No paper.'
    >>> text_of("category", ["Audio", {"id": 7, "name": "Video"}])
    'Audio, Video'
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, list) and all(isinstance(one, str) for one in map(named, value)):
        return ", ".join(map(str, map(named, value)))
    shape = "a list" if isinstance(value, list) else "an object"
    raise TicketInvalid(field, f"holds {shape}; write it as one text")


def name_of(field: str, value: object, facts: ColumnFacts) -> str:
    """Return a text on one line, such as a product; of a list, its names with commas between."""
    value = ", ".join(tags_of(field, value)) if isinstance(value, list) else named(value)
    text = value if isinstance(value, str) else text_of(field, value)
    if facts.escaped and "&" in text:
        text = html.unescape(text)
    return _checked(field, tidy(mended(text)))


def _checked(field: str, text: str) -> str:
    """Return a short value; raises TicketInvalid if it cannot be stored."""
    if len(text) > NAME_LIMIT:
        raise TicketInvalid(
            field, f"has {len(text):,} characters, the limit is {NAME_LIMIT}; shorten it"
        )
    if not (text.isascii() and text.isprintable()) and not is_storable(text):
        raise TicketInvalid(field, "holds half a character or a NUL; save the file as UTF-8")
    return text


def _status_of(field: str, value: object, facts: ColumnFacts) -> str:
    return status_of(name_of(field, value, facts))


def _reference_of(field: str, value: object, facts: ColumnFacts) -> str:
    return reference_of(name_of(field, value, facts), facts.reference)


def _tags_of(field: str, value: object, facts: ColumnFacts) -> tuple[str, ...]:
    tags = tags_of(field, value, facts.separators)
    if len(tags) > LIST_LIMIT:
        raise TicketInvalid(field, too_many_values(field, len(tags), LIST_LIMIT))
    return tuple(_checked(field, tag) for tag in tags)


def _time_of(field: str, value: object, facts: ColumnFacts) -> datetime | None:
    """Return a time in UTC, None where there is none.

    Raises TicketInvalid if it is no time, or could be two.
    """
    text = tidy(text_of(field, value))
    if not text:
        return None
    try:
        time = read_time(text, facts.time)
    except TwoDays as days:
        raise TicketInvalid(
            field, f'has "{text}", which could be {days}; add --date-order day-first or month-first'
        ) from None
    except (ValueError, OverflowError):
        raise TicketInvalid(
            field, f'has "{text[:TIME_LIMIT]}", which is no time; write it as 2026-03-01T09:30:00Z'
        ) from None
    if is_no_day(time):
        return None
    if time.year not in YEARS:
        raise TicketInvalid(
            field, f'has "{text}", which is not between {YEARS[0]} and {YEARS[-1]}; mend it'
        )
    return time


def _choice_of(field: str, value: object, facts: ColumnFacts) -> StrEnum | None:
    """Return one of the values of a field such as kind, None where the file does not say."""
    choices = CHOICES[field]
    text = name_of(field, value, facts)
    if not text:
        return None
    for choice in choices:
        if choice == text.casefold():
            return choice
    raise TicketInvalid(
        field, f'has "{text[:TIME_LIMIT]}", which is neither {" nor ".join(choices)}'
    )


_Converter = Callable[[str, object, ColumnFacts], object]
_CONVERTERS: Mapping[str, _Converter] = {
    **dict.fromkeys(TIMES, cast(_Converter, _time_of)),
    **dict.fromkeys(CHOICES, cast(_Converter, _choice_of)),
    "reference": _reference_of,
    "status": _status_of,
    **dict.fromkeys(LISTS, cast(_Converter, _tags_of)),
}
