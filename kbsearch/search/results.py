"""What a search is asked and what it answers, as every face shows it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from kbsearch.analysis.quoted import Part, own_words, parts
from kbsearch.analysis.terms import stop_words
from kbsearch.errors import QueryInvalid
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message, Template
from kbsearch.records.customer import CustomerTickets
from kbsearch.records.filters import Filters
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.courtesies import fix_span
from kbsearch.search.query.did_you_mean import Correction
from kbsearch.search.query.typed_filters import TypedFilter, without_filters

RESULTS_LIMIT = 200
"""Hits in one answer: no one reads further, and a page that long is a harvest."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query as a person typed it.

    tolerant   read words in other ways than they are typed; codes never are.
    exact      find no other form of a word, either; nothing is read tolerantly then.
    typing     the last word may be unfinished.
    call       which call this is for, "" for none: what failed in it already is shown lower.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    tolerant: bool = True
    typing: bool = False
    call: str = ""
    exact: bool = False

    @property
    def is_tolerant(self) -> bool:
        """Whether words are read in other ways than they are typed."""
        return self.tolerant and not self.exact


class Snippet(NamedTuple):
    """A piece of a ticket's text; `marks` are (start, end) offsets of what matched in `text`."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def fix_of(ticket: StoredTicket) -> Snippet:
    """Return the resolution of a ticket from its first step to its last, without marks."""
    text = own_words(ticket.resolution)
    start, end = fix_span(text)
    return Snippet(text[start:end])


def shown_parts(text: str) -> list[Part]:
    r"""Return a text in parts as it is shown, without empty lines around any of them.

    >>> [part.quoted for part in shown_parts("It is off again.\n\n> Is it on?\n> Really?")]
    [False, True]
    """
    trimmed = (part._replace(text=part.text.strip("\n")) for part in parts(text))
    return [part for part in trimmed if part.text.strip()]


class Reason(NamedTuple):
    """Why a hit is there: the query's word, the hit's word, and what is said of the two.

    kind      how the word was read; `exact` when the hit has it as typed.
    message   such as `"colour" is the British spelling of "color"`.
    share     what this word gave to the score.
    fields    the texts of the ticket that hold the word as it was read, such as `subject`.
    """

    kind: ReadingKind
    word: str
    found: str
    message: Message
    share: float = 0.0
    fields: tuple[str, ...] = ()


class Signal(NamedTuple):
    """What something other than the words gave to a score, such as that the fix helped others.

    name      such as `outcome`.
    message   such as `worked in 7 of 8 calls`.
    share     what it gave to the score; below 0 if it took something away.
    """

    name: str
    message: Message
    share: float


CLEARLY = 0.85
"""The part of an open ticket's score that solved ones fall short of if it is clearly better."""
_VALUES_UNKNOWN = (Code.VALUES_UNKNOWN, Code.VALUES_UNKNOWN_KNOWN, Code.VALUES_UNKNOWN_NEAR)
OUTCOMES = frozenset({"outcome", "failed"})
"""Signals that a rep goes by in a call, to try a ticket first or not again."""


class Hit(NamedTuple):
    """A ticket that fits.

    score       the sum of the shares of its reasons and its signals.
    resolution  None when there is none yet.
    reasons     one for each word of the query that the hit has, in the order of the query.
    """

    ticket: StoredTicket
    score: float
    problem: Snippet
    resolution: Snippet | None
    reasons: tuple[Reason, ...]
    signals: tuple[Signal, ...] = ()

    @property
    def telling(self) -> list[Reason]:
        """The reasons that a person reads: none of a word that finds no ticket, such as "not"."""
        return [reason for reason in self.reasons if reason.word not in stop_words()]

    def words(self, code: Template) -> list[str]:
        """Return the words of the ticket of which this message is said, each once."""
        found = (reason.found for reason in self.telling if reason.message[0] is code)
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class NearCode:
    """A code that is nearly what was typed, and never counts as that.

    typed    the code of the query.
    found    a code of the index.
    marks    (start, end) offsets in `found` of the characters that differ.
    hints    why one may be taken for the other, such as `0 and O look alike`.
    total    how many tickets have it.
    tickets  the newest of them.
    """

    typed: str
    found: str
    marks: tuple[tuple[int, int], ...]
    hints: tuple[Message, ...]
    total: int
    tickets: tuple[StoredTicket, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer.

    total    how many tickets matched at all.
    took     seconds.
    notes    what could not be read as it was typed, or not be done.
    filters  those of the request and those in the text.
    partial  there may be tickets that fit as well; a note says why.
    did_you_mean  the query with its likeliest corrections, "" if it needs none.
    corrections  each of them.
    near_codes  not what was typed: codes of the index that a person may have misread.
    solved   the tickets that say what solved them and answer the query: they are shown first,
             whether they are among the hits or not.
    older_fixes  more of them that may fit, none of which is a hit.
    typed    the filters in the text.
    customer  the tickets of the customer whose number the query is, None if it is no such number.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    took: float
    notes: tuple[Message, ...] = ()
    filters: Filters = field(default_factory=Filters)
    partial: bool = False
    did_you_mean: str = ""
    corrections: tuple[Correction, ...] = ()
    near_codes: tuple[NearCode, ...] = ()
    solved: tuple[Hit, ...] = ()
    older_fixes: tuple[StoredTicket, ...] = ()
    typed: tuple[TypedFilter, ...] = ()
    customer: CustomerTickets | None = None

    @property
    def shown(self) -> tuple[Hit, ...]:
        """What a person reads, in its order: what solved it, then the other hits, as many."""
        first = {hit.ticket.id for hit in self.solved}
        others = [hit for hit in self.hits if hit.ticket.id not in first]
        return (*self.solved, *others)[: len(self.hits)]

    def is_row(self, hit: Hit) -> bool:
        """Tell whether a hit is shown in one row: no one solved it, and it is not clearly better.

        One that beats every solved ticket clearly may tell more than they do.
        """
        best = max((one.score for one in self.solved), default=0.0)
        return hit.resolution is None and not (best and hit.score * CLEARLY > best)

    @property
    def lacks_a_word(self) -> bool:
        """Whether nothing was searched, for the query has only small words."""
        return not self.hits and (Code.ADD_WORD,) in self.notes

    @property
    def names_value(self) -> bool:
        """Whether a note says which value of a filter there is instead."""
        return any(note[0] in _VALUES_UNKNOWN for note in self.notes)

    @property
    def text_without_filters(self) -> str | None:
        """The text of the query without the filters in it, None if it has none."""
        return without_filters(self.typed[0].text) if self.typed else None


@dataclass(frozen=True, slots=True)
class SimilarRequest:
    """A ticket, or a text, that others are wanted like.

    reference  of the ticket, with the `source` that has it if several do; or
    text       such as the note that a person takes during a call; its first 10,000 characters
               count.
    unsolved   also tickets that have no resolution.

    Raises QueryInvalid if it does not name just one of both, or for a limit no one could read.
    """

    reference: str = ""
    text: str = ""
    source: str | None = None
    limit: int = 10
    unsolved: bool = False

    def __post_init__(self) -> None:
        """Refuse what has no answer."""
        named, told = bool(self.reference.strip()), bool(self.text.strip())
        if not named and not told:
            raise QueryInvalid("There is nothing to compare with; name a ticket, or send a text.")
        if named and told:
            raise QueryInvalid("A ticket and a text are two questions; send one of them.")
        if not 1 <= self.limit <= RESULTS_LIMIT:
            raise QueryInvalid(f"limit must be from 1 to {RESULTS_LIMIT}, it is {self.limit}")


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to offer while a person types.

    words     what the last word may become, the likeliest first.
    subjects  those of tickets that fit what is typed, the best first.
    """

    words: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
