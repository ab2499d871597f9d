"""Say why a hit is there, from the words that stand in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from kbsearch.analysis.codes import normal_code
from kbsearch.analysis.terms import small_words
from kbsearch.analysis.variants import VARIANTS
from kbsearch.engines.indexing.document import WEIGHTS
from kbsearch.engines.plan import Clause, Phrase, Reading
from kbsearch.inverted.field import Field
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.matches.match_finder import FoundWords
from kbsearch.search.matches.raw_tokens import Key
from kbsearch.search.matches.snippet import Highlighter
from kbsearch.search.query.sure import MISHEARD
from kbsearch.search.results import Reason, Signal

_FAR_FETCHED = 0.5
"""The part of the best reading's weight below which another one says nothing about a hit."""


class HeldClauses(NamedTuple):
    """The clauses of a query with what a ticket holds of them, and what marks that in its texts."""

    clauses: tuple[Clause, ...]
    highlighter: Highlighter


class HeldReadings:
    """Picks out of the readings of a query those that a ticket holds."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        """Pick out of the readings of these clauses."""
        self._words = [clause.word for clause in clauses]
        self._marks = [bool(clause.readings) for clause in clauses]  # not those that break ties
        self._ranked = sorted(
            (number, -reading.weight, place, reading)
            for number, clause in enumerate(clauses)
            for place, reading in enumerate(clause.all_readings)
        )
        self._by_key: dict[Key, list[tuple[int, Reading]]] = defaultdict(list)
        for rank, (_, _, _, reading) in enumerate(self._ranked):
            self._by_key[reading.field, reading.terms[0]].append((rank, reading))
        self._picked: dict[frozenset[int], HeldClauses] = {}

    def of(self, words: FoundWords) -> HeldClauses:
        """Return each clause with the readings that are among these words, the likeliest first.

        A far-fetched reading is left out next to a likely one: who typed "pass word" and finds a
        password did not mean "was".
        """
        held = frozenset(
            [
                rank
                for key in words.by_term
                for rank, reading in self._by_key.get(key, ())
                if len(reading.terms) == 1 or words.has(reading)
            ]
        )
        if held not in self._picked:
            self._picked[held] = self._pick(sorted(held))
        return self._picked[held]

    def _pick(self, ranks: Iterable[int]) -> HeldClauses:
        found: list[list[Reading]] = [[] for _ in self._words]
        far_fetched = 0.0
        for rank in ranks:
            number, unlikely, _, reading = self._ranked[rank]
            readings = found[number]
            if not readings:
                far_fetched = unlikely * _FAR_FETCHED
            if unlikely <= far_fetched:
                readings.append(reading)
        clauses = tuple(map(Clause, self._words, map(tuple, found)))
        return HeldClauses(clauses, Highlighter(compress(clauses, self._marks)))


def reasons(
    clauses: Iterable[Clause], words: FoundWords, shares: Iterable[float]
) -> tuple[Reason, ...]:
    """Return a reason for each word of the query that the ticket holds, each said once.

    clauses  as `HeldReadings` picks them.
    shares   what each clause gave to the score, in the order of the clauses.
    """
    found: dict[Message, Reason] = {}
    for clause, share in zip(clauses, shares, strict=True):
        if not clause.readings:
            continue
        reason = _reason(clause.word, clause.readings[0], words, share)
        said = found.get(reason.message)
        found[reason.message] = _both(said, reason) if said else reason
    return tuple(found.values())


def pair_signals(
    pairs: Iterable[Phrase], words: FoundWords, shares: Iterable[float]
) -> tuple[Signal, ...]:
    """Return a signal for each pair of words that stands side by side in a ticket, as it is spelt.

    shares  what each pair gave to the score, 0 where it does not stand there.
    """
    return tuple(
        [
            Signal("together", (Code.SIDE_BY_SIDE, _spelt(pair, words)), share)
            for pair, share in zip(pairs, shares, strict=True)
            if share
        ]
    )


def _spelt(pair: Phrase, words: FoundWords) -> str:
    spellings = []
    for term in pair.terms:
        held = words.by_term.get((Field.TEXT, term))
        spellings.append(next(iter(held.spellings)) if held else term)
    return " ".join(spellings)


def _reason(word: str, reading: Reading, words: FoundWords, share: float) -> Reason:
    spelt = words.spelt(reading, word)
    kind, message = reading.kind, reading.explanation
    if kind is ReadingKind.SOUND:
        message = message or (Code.SOUNDS_LIKE, word, reading.word)
    elif kind is ReadingKind.SPELLING:
        message = message or (Code.MISSPELLING, word, reading.word)
    elif message is None or kind is ReadingKind.EXACT:
        kind, message = _exactly(word, spelt)
    if kind in MISHEARD and reading.word != spelt:
        message = (Code.GUESSED_FORM, message, spelt)
    fields = words.fields(reading)
    if kind is ReadingKind.EXACT and fields == ("reference",):
        spelt, message = word, (Code.REFERENCE_HAS, word)
    return Reason(kind, word, spelt, message, share, fields)


def _both(said: Reason, reason: Reason) -> Reason:
    """Return two reasons of one message as one, such as the two codes of one that was spelt."""
    fields = tuple(name for name in WEIGHTS if name in said.fields or name in reason.fields)
    return said._replace(share=said.share + reason.share, fields=fields)


@lru_cache(maxsize=10_000)
def _exactly(word: str, spelt: str) -> tuple[ReadingKind, Message]:
    """Say how a word and the one in the ticket come to share a term."""
    if " " in spelt or normal_code(word) == normal_code(spelt):  # of several, each as it is
        return ReadingKind.EXACT, (Code.HAS, spelt)
    if word in small_words():
        return ReadingKind.EXACT, (Code.SAYS_SAME, spelt, word)
    if VARIANTS.canonical(word) == VARIANTS.canonical(spelt):
        for one, other in ((word, spelt), (spelt, word)):
            region = VARIANTS.region(one)
            if region and region != "American":
                return ReadingKind.VARIANT, (Code.SPELLING_OF_REGION, one, region, other)
        return ReadingKind.VARIANT, (Code.OTHER_SPELLING, word, spelt)
    return ReadingKind.EXACT, (Code.HAS_FORM, spelt, word)
