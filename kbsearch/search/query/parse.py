"""Read what a person typed: words, "phrases", -exclusions and field:value filters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kbsearch.analysis.tables import table
from kbsearch.errors import QueryInvalid, shown
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message, render
from kbsearch.records.filters import Filters
from kbsearch.records.ticket import NAME_LIMIT
from kbsearch.search.query.tokens import MOST_WORDS, QueryToken, tokenize

LONGEST_QUERY = 20_000
"""Characters of a query that are read at all: a pasted log."""
LONGEST_TYPED = 2_000
"""Characters up to which quotes, minus signs and filters are meant; what is longer was pasted."""
_MOST_NOTES = 6
"""Notes that a person reads; a pasted log would get one for each of its colons."""
_TO_DAY = {len("2026-03"): "-01", len("2026"): "-01-01"}
"""What a month and a year lack of a day, by their length."""
_NEAR_EDITS = 2
"""Edits between the name of a filter and one that may be meant for it."""
_CUSTOMER = "customer"
_STRAIGHT = str.maketrans("“”„", '"""')
"""Phones and word processors turn quotes without being asked."""
_PIECE = re.compile(
    r"""(?P<plain>(?:[^\s":-]+(?:\s+|$))+)|  # one or several words: most queries are nothing else
        (?P<minus>(?<!\S)-(?![-\d]))?  # not in "--force", nor in "error -36"
        (?:(?P<field>(?<![^\s-])(?![0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}\b)[A-Za-z]+):(?=[^\s/\\:]))?
        (?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))""",
    re.VERBOSE,
)
_NEGATIVE = re.compile(r"-\d")


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, taken apart.

    text      as it was typed: what the offsets of the tokens count in.
    tokens    the words and codes outside of quotes, in order.
    quoted    what must stand side by side.
    excluded  what must not occur.
    open_end  the text ends inside a word, which may be unfinished.
    notes     what could not be read as it was typed.
    """

    text: str
    tokens: tuple[QueryToken, ...]
    quoted: tuple[tuple[QueryToken, ...], ...]
    excluded: tuple[tuple[QueryToken, ...], ...]
    filters: Filters
    open_end: bool
    notes: tuple[Message, ...]

    @property
    def all_filters(self) -> Filters:
        """All filters, wherever they stand in the query."""
        return self.filters

    @property
    def searched(self) -> list[QueryToken]:
        """The tokens that are looked for, in quotes or not, as they follow in the text."""
        return sorted(chain(self.tokens, *self.quoted), key=lambda token: token.start)


class FilterSpan(NamedTuple):
    """A filter in a text, from `start` to `end`."""

    name: str
    value: str
    start: int
    end: int


def filter_spans(text: str) -> Iterator[FilterSpan]:
    """Yield the filters in a text, in their order."""
    for match in _PIECE.finditer(text.translate(_STRAIGHT)):
        name = (match["field"] or "").lower()
        value = _filter_value(match["quoted"] or match["bare"] or "")
        if name in filter_names() and value and not match["minus"]:
            yield FilterSpan(name, value, *match.span())


def spaced_filters(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each `name:` that a space follows, outside of quotes.

    None after a quote that is not closed: a quote that is put round a value would close it.
    """
    for match in _PIECE.finditer(straightened(text)):
        bare = match["bare"] or ""
        if bare.startswith('"'):
            return
        if bare[-1:] == ":" and bare[:-1].lower() in filter_names() and bare == match[0]:
            yield match.span()


def read_query(text: str, filters: Filters, offset: int = 0) -> Query:
    """Take a query apart and add the filters in it to `filters`.

    offset  where the text begins in a longer query.

    Raises QueryInvalid if it is empty or far too long.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryInvalid(
            f"The query has {len(text):,} characters, the limit is {LONGEST_QUERY:,};"
            " search for the few words that matter."
        )
    reader = _Reader(filters, offset)
    if len(text) > LONGEST_TYPED:
        reader.words.extend(tokenize(straightened(text), offset))
    else:
        for match in _PIECE.finditer(straightened(text)):
            reader.take(match)
    query = reader.query(text)
    if not (query.tokens or query.quoted or query.filters != Filters()):
        raise _refusal(text, query)
    return query


def straightened(text: str) -> str:
    """Return a text with straight quotes, and without halves of characters; as long as it was."""
    # No index can look for half a character.
    return text.encode("utf-8", "replace").decode("utf-8").translate(_STRAIGHT)


class OnlyNotes(QueryInvalid):
    """A query of which nothing could be read; `note` says why."""

    def __init__(self, note: Message) -> None:
        super().__init__(render(note))
        self.note = note


def only_excludes() -> QueryInvalid:
    """Return the error about a query that asks for nothing."""
    return QueryInvalid("The query only says what to leave out. Add a word to search for.")


def _refusal(text: str, query: Query) -> QueryInvalid:
    """Return the error about a query that finds nothing: why, and what to type."""
    if query.excluded:
        return only_excludes()
    if query.notes:
        return OnlyNotes(query.notes[0])
    if text.strip():
        return QueryInvalid(
            "The query has no word, number or code in it; type a few words of the problem."
        )
    return QueryInvalid("The query is empty; type a few words of the problem.")


def few(notes: Sequence[Message]) -> tuple[Message, ...]:
    """Return no more notes than anyone reads; the last one counts the others."""
    if len(notes) <= _MOST_NOTES:
        return tuple(notes)
    others = len(notes) - _MOST_NOTES + 1
    return (*notes[: _MOST_NOTES - 1], (Code.MORE_UNREAD, others))


class _Reader:
    """Gathers the pieces of one query."""

    def __init__(self, filters: Filters, offset: int) -> None:
        self.filters = filters
        self.words: list[QueryToken] = []
        self.quoted: list[tuple[QueryToken, ...]] = []
        self.excluded: list[tuple[QueryToken, ...]] = []
        self.notes: list[Message] = []
        self._offset = offset
        self._ends_in_word = False

    def take(self, match: re.Match[str]) -> None:
        self._ends_in_word = False
        value = next(filter(None, match.group("plain", "quoted", "bare")), "")
        if match["field"] and self._filter(match["field"].lower(), value, match["minus"]):
            return
        if not match["minus"] and self._lone_name(match):
            return
        found = tuple(self._tokens(match))
        if not found:
            return
        if match["minus"]:
            self.excluded.append(found)
        elif match["quoted"] is not None and not match["field"]:
            self.quoted.append(found)
        else:
            self.words.extend(found)
            self._ends_in_word = True
            if _NEGATIVE.match(value):
                typed = shown(" ".join(token.text for token in found))
                self.notes.append((Code.NEGATIVE_SEARCHED, typed))

    def _tokens(self, match: re.Match[str]) -> Iterator[QueryToken]:
        for name in ("field", "plain", "quoted", "bare"):
            if typed := match[name]:
                yield from tokenize(typed, self._offset + match.start(name))

    def query(self, text: str) -> Query:
        cut: list[Message] = []
        if any(len(words) > MOST_WORDS for words in (*self.quoted, *self.excluded)):
            cut.append((Code.ONLY_WORDS, MOST_WORDS))
        if max(len(self.quoted), len(self.excluded)) > MOST_WORDS:
            cut.append((Code.ONLY_QUOTES, MOST_WORDS))
        return Query(
            text,
            tuple(self.words),
            tuple(phrase[:MOST_WORDS] for phrase in self.quoted[:MOST_WORDS]),
            tuple(phrase[:MOST_WORDS] for phrase in self.excluded[:MOST_WORDS]),
            self.filters,
            text[-1:].isalnum() and self._ends_in_word and len(self.words) <= MOST_WORDS,
            few([*cut, *dict.fromkeys(self.notes)]),
        )

    def _filter(self, name: str, value: str, minus: str | None) -> bool:
        """Take a filter in, or tell that this is none."""
        field = filter_names().get(name)
        if field is None:
            self.notes.append((Code.NO_FILTER_LEFT_OUT, shown(name)) if minus else _no_filter(name))
            return False
        value = _filter_value(value)
        if minus:
            self.notes.append((Code.FILTER_EXCLUDES, name))
        elif not value:
            self.notes.append((Code.FILTER_EMPTY, name))
        elif len(value) > NAME_LIMIT:
            self.notes.append((Code.FILTER_TOO_LONG, name))
        elif field in ("created_from", "created_before"):
            self._time_filter(name, field, value)
        else:
            self._set(field, (*getattr(self.filters, field), value))
        return True

    def _lone_name(self, match: re.Match[str]) -> bool:
        """Tell that a piece is a filter without its value, such as "product:", and no word."""
        name = (match["bare"] or "").removesuffix(":")
        if name == match["bare"] or (field := filter_names().get(name.lower())) is None:
            return False
        if not match.string[match.end() :].strip():
            self.notes.append((Code.FILTER_EMPTY, name))
        elif field in ("created_from", "created_before"):
            self.notes.append((Code.FILTER_WITHOUT_DAY, name))
        else:
            self.notes.append((Code.FILTER_WITHOUT_VALUE, name, name.lower()))
        return True

    def _time_filter(self, name: str, field: str, value: str) -> None:
        try:
            time = datetime.fromisoformat(value + _TO_DAY.get(len(value), ""))
            self._set(field, time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC))
        except (ValueError, OverflowError):
            self.notes.append((Code.DAY_UNREADABLE, name, shown(value)))

    def _set(self, field: str, value: tuple[str, ...] | datetime) -> None:
        changed: dict[str, Any] = {field: value}
        self.filters = replace(self.filters, **changed)


def _no_filter(name: str) -> Message:
    """Return the note about a name that is no filter, with the one that it comes near."""
    if name == _CUSTOMER:
        return Code.NO_FILTER_CUSTOMER, name
    names = [*filter_names()]
    nearest = process.extractOne(name, names, scorer=OSA.distance, score_cutoff=_NEAR_EDITS)
    if nearest is None or nearest[1] * 2 >= len(name):
        return Code.NO_FILTER_SEARCHED, shown(name)
    return Code.NO_FILTER_NEAR, shown(name), nearest[0]


def _filter_value(typed: str) -> str:
    return typed.strip(' ",;')


@cache
def filter_names() -> dict[str, str]:
    """Return the field of `Filters` for each name that a filter may be typed by."""
    return {name: field for name, field, *_ in table("filters.tsv")}
