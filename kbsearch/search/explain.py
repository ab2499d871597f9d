"""Say why a hit is there, from the words that stand in it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter

from kbsearch.analysis.codes import normal_code
from kbsearch.analysis.variants import VARIANTS
from kbsearch.engines.base import Clause, Reading, ReadingKind
from kbsearch.search.found_words import FoundWords
from kbsearch.search.results import Reason

_FAR_FETCHED = 0.5
"""The part of the best reading's weight below which another one says nothing about a hit."""


def held_by(words: FoundWords, clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return each clause with the readings that a ticket holds, the likeliest first.

    A far-fetched reading is left out beside a likely one: who typed "pass word" and finds a
    password did not mean "was".
    """
    return tuple(Clause(clause.word, _held(words, clause.readings)) for clause in clauses)


def reasons(
    clauses: Iterable[Clause], words: FoundWords, shares: Iterable[float]
) -> tuple[Reason, ...]:
    """Return a reason for each word of the query that the ticket holds, each said once.

    clauses  as `held_by` returns them.
    shares   what each clause gave to the score, in the order of the clauses.
    """
    found: dict[str, Reason] = {}
    for clause, share in zip(clauses, shares, strict=True):
        if not clause.readings:
            continue
        reason = _reason(clause.word, clause.readings[0], words, share)
        said = found.get(reason.sentence)
        found[reason.sentence] = replace(said, share=said.share + share) if said else reason
    return tuple(found.values())


def _held(words: FoundWords, readings: Iterable[Reading]) -> tuple[Reading, ...]:
    held = sorted(filter(words.has, readings), key=attrgetter("weight"), reverse=True)
    return tuple(one for one in held if one.weight >= held[0].weight * _FAR_FETCHED)


def _reason(word: str, reading: Reading, words: FoundWords, share: float) -> Reason:
    spelt = words.spelt(reading, word)
    kind, sentence = reading.kind, reading.because
    if kind is ReadingKind.SOUND:
        sentence = f'"{word}" sounds like "{spelt}"'
    elif kind is ReadingKind.SPELLING:
        sentence = f'"{word}" may be a misspelling of "{spelt}"'
    elif kind is ReadingKind.EXACT:
        kind, sentence = _exactly(word, spelt)
    return Reason(kind, word, spelt, sentence, share)


@lru_cache(maxsize=10_000)
def _exactly(word: str, spelt: str) -> tuple[ReadingKind, str]:
    """Say how a word and the one in the ticket come to share a term."""
    if normal_code(word) == normal_code(spelt):
        return ReadingKind.EXACT, f'it has "{spelt}"'
    if VARIANTS.canonical(word) == VARIANTS.canonical(spelt):
        for one, other in ((word, spelt), (spelt, word)):
            region = VARIANTS.region(one)
            if region and region != "American":
                return ReadingKind.VARIANT, f'"{one}" is the {region} spelling of "{other}"'
        return ReadingKind.VARIANT, f'"{word}" is another spelling of "{spelt}"'
    return ReadingKind.EXACT, f'it has "{spelt}", another form of "{word}"'
