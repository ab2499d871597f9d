"""All that one word may mean, the likeliest first."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kbsearch.analysis.compounds import split_compound
from kbsearch.analysis.sounds import sounds
from kbsearch.analysis.terms import stop_words
from kbsearch.analysis.variants import VARIANTS
from kbsearch.engines.base import Field, IndexSnapshot, Reading, ReadingKind
from kbsearch.search.candidates import Candidate, candidates, own_likelihood
from kbsearch.search.context import Context


class Neighbours(NamedTuple):
    """The chunks before and behind a word, "" at the ends of the query."""

    before: str
    behind: str


class Tuning(NamedTuple):
    """The weights of readings; tuned on real queries, see docs/relevance.md.

    also       of a word that the same sound and another spelling may stand for (cheque, check).
    compound   of the joined or split form of a compound.
    prefix     of a word that begins as the last word does.
    mistake    of the likeliest correction of a word that is not meant as it stands.
    known      of a correction that is as likely as a word that is.
    heard      of any word that sounds the same, where nothing near is known.
    cooling    nats of likelihood that divide a correction's weight by e.
    doubt      the power of its closeness that a correction's weight is multiplied by.
    fit        nats for each nat by which a reading goes with the other words.
    open       nats of likelihood within which the other words are asked.
    least      weight of a correction that is worth asking the index for.
    split      nats against two words that were run together.
    """

    also: float = 0.98
    compound: float = 0.85
    prefix: float = 0.8
    mistake: float = 1.0
    known: float = 0.8
    heard: float = 0.25
    cooling: float = 4.0
    doubt: float = 0.25
    fit: float = 1.0
    open: float = 6.0
    least: float = 0.05
    split: float = -2.0


TUNING = Tuning()
_CANDIDATES = 6
_PREFIXES = 8
_SHORTEST_GUESS = 3
_SHORTEST_PART = 2
_SHORTEST_APART = 4
"""Letters of words that were run together and may stand apart in a ticket."""
_SPLITS = 3
"""Places at which a word may be split that are looked at."""


class _Guess(NamedTuple):
    """What a word may be a mistake for, and how likely that is, in nats."""

    reading: Reading
    likelihood: float
    tells: bool


class _Alone(NamedTuple):
    """What a word may mean whatever stands beside it.

    own       how likely it is meant as it stands, in nats; None if the index does not have it.
    variants  words that are spelt otherwise; the joined forms come between these and the others.
    heard     what sounds the same, if nothing else is known.
    """

    exact: Reading
    own: float | None
    guesses: tuple[_Guess, ...]
    variants: tuple[Reading, ...]
    others: tuple[Reading, ...]
    heard: tuple[Reading, ...]

    @property
    def likeliest(self) -> str:
        """The term that is likeliest meant, "" if nothing is known of the word."""
        if self.own is not None and not (self.guesses and self.guesses[0].likelihood > self.own):
            return self.exact.terms[0]
        return self.guesses[0].reading.terms[0] if self.guesses else ""


class WordReader:
    """Reads words over one index."""

    def __init__(self, index: IndexSnapshot, tuning: Tuning = TUNING) -> None:
        """Look words up in `index`, weigh them by `tuning`."""
        self._index = index
        self._lexicon = index.lexicon
        self._tuning = tuning

    def likeliest(self, word: str, *, prefix: bool = False) -> str:
        """Return the term that a word likeliest means by itself, "" if that cannot be told."""
        return self._recalled(word, prefix=prefix).likeliest

    def readings(
        self, word: str, beside: Neighbours, context: Context, *, prefix: bool
    ) -> Iterator[Reading]:
        """Yield the readings of a word, the likeliest first."""
        alone = self._recalled(word, prefix=prefix)
        own, guesses = self._in_context(alone, context)
        best = max((guess.likelihood for guess in guesses), default=-math.inf)
        meant = own is not None and own >= best
        worth = self._tuning.known if meant else self._tuning.mistake
        corrections = self._corrections(guesses, own if meant and own is not None else best, worth)
        others = [*alone.variants, *self._joined(word, beside), *alone.others, *corrections]
        others.sort(key=lambda reading: -reading.weight)
        yield from (alone.exact, *others) if meant else (*others, alone.exact)
        yield from alone.heard

    def _recalled(self, word: str, *, prefix: bool) -> "_Alone":
        return self._lexicon.recall(
            (word, prefix, self._tuning), lambda: self._alone(word, prefix=prefix)
        )

    def _in_context(
        self, alone: "_Alone", context: Context
    ) -> tuple[float | None, Sequence[_Guess]]:
        """Return the likelihoods beside the other words, as far as these may change anything."""
        own, guesses = alone.own, alone.guesses
        likelihoods = [guess.likelihood for guess in guesses]
        if own is not None:
            likelihoods.append(own)
        best = max(likelihoods, default=0.0)
        if sum(one > best - self._tuning.open for one in likelihoods) < 2:
            return own, guesses
        terms = [guess.reading.terms[0] for guess in guesses]
        fits = self._tuning.fit * context.fits([*terms, *alone.exact.terms], alone.likeliest)
        moved = [
            guess._replace(likelihood=guess.likelihood + fit)
            for guess, fit in zip(guesses, fits[:-1].tolist(), strict=True)
        ]
        return None if own is None else own + float(fits[-1]), moved

    def _alone(self, word: str, *, prefix: bool) -> "_Alone":
        """Return what a word may mean wherever it stands."""
        term = self._lexicon.term(word)
        tickets = max(self._lexicon.count(word), self._lexicon.count_term(term))
        known = tickets > 0
        guesses = tuple(self._guesses(word, known=known))
        return _Alone(
            exact=Reading(ReadingKind.EXACT, (term,), 1.0, word, ""),
            own=own_likelihood(tickets) if known else None,
            guesses=guesses,
            variants=tuple(self._variants(word)),
            others=tuple(self._other_forms(word, prefix=prefix or not (known or guesses))),
            heard=() if known or guesses else tuple(self._heard(word)),
        )

    def _heard(self, word: str) -> Iterator[Reading]:
        code = sounds(word).metaphone
        if code and len(word) >= _SHORTEST_GUESS:
            because = f'it sounds like "{word}"'
            weight = self._tuning.heard
            yield Reading(ReadingKind.SOUND, (code,), weight, word, because, Field.SOUND)

    def _guesses(self, word: str, *, known: bool) -> Iterator[_Guess]:
        """Yield what a word may be a mistake for."""
        if len(word) < _SHORTEST_GUESS or word in stop_words():
            return
        for guess in candidates(word, self._lexicon, _CANDIDATES):
            term = self._lexicon.term(guess.word)
            if known and term == self._lexicon.term(word):
                continue
            weight = guess.closeness**self._tuning.doubt
            reading = Reading(guess.kind, (term,), weight, guess.word, _why(word, guess))
            yield _Guess(reading, guess.likelihood, guess.word not in stop_words())
        if not known and (apart := self._split(word)):
            yield apart

    def _corrections(
        self, guesses: Sequence[_Guess], best: float, worth: float
    ) -> Iterator[Reading]:
        for guess in guesses:
            cooled = math.exp(min(guess.likelihood - best, 0.0) / self._tuning.cooling)
            weight = worth * cooled * guess.reading.weight
            if guess.tells and weight >= self._tuning.least:
                yield replace(guess.reading, weight=weight)

    def _variants(self, word: str) -> Iterator[Reading]:
        for other in VARIANTS.also(word):
            because = f'"{word}" is also spelt "{other}"'
            yield Reading(
                ReadingKind.VARIANT, (self._lexicon.term(other),), self._tuning.also, other, because
            )

    def _joined(self, word: str, beside: Neighbours) -> Iterator[Reading]:
        for joined in (beside.before + word, word + beside.behind):
            if joined != word and joined.isalpha() and self._lexicon.count(joined):
                because = f'the two words are also written "{joined}"'
                yield self._compound((joined,), because)

    def _other_forms(self, word: str, *, prefix: bool) -> Iterator[Reading]:
        if pieces := split_compound(word):
            yield self._compound(pieces, f'"{word}" is also written "{" ".join(pieces)}"')
        if prefix:
            yield from self._prefixes(word)

    def _compound(self, pieces: tuple[str, ...], because: str, *, apart: bool = False) -> Reading:
        terms = tuple(map(self._lexicon.term, pieces))
        weight = self._tuning.compound
        return Reading(ReadingKind.COMPOUND, terms, weight, " ".join(pieces), because, apart=apart)

    def _split(self, word: str) -> _Guess | None:
        """Return the two words that were run together, None if no two stand side by side."""
        counted = [
            (self._index.side_by_side(tuple(map(self._lexicon.term, pieces))), pieces)
            for pieces in self._splits(word)
        ]
        if not counted:
            return None
        together, pieces = max(counted)
        if not together:
            return None
        # Two whole words that were run together may stand anywhere; "out" and "look" may not.
        apart = min(map(len, pieces)) >= _SHORTEST_APART
        because = f'"{word}" is also written "{" ".join(pieces)}"'
        likelihood = own_likelihood(together) + self._tuning.split
        reading = self._compound(pieces, because, apart=apart)
        return _Guess(replace(reading, weight=1.0), likelihood, tells=True)

    def _splits(self, word: str) -> list[tuple[str, str]]:
        """Return the likeliest pairs of words of the index that make this one."""
        found = []
        for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            left, right = word[:place], word[place:]
            if not stop_words().isdisjoint((left, right)):
                continue
            short, long = sorted((left, right), key=len)
            # The longer part is seldom a word, and then the other need not be looked up.
            if often := self._lexicon.count(long):
                rarer = min(often, self._lexicon.count(short))
                found.append((rarer * len(short) ** 2, (left, right)))
        found.sort(reverse=True)
        return [pieces for worth, pieces in found[:_SPLITS] if worth]

    def _prefixes(self, word: str) -> Iterator[Reading]:
        if len(word) < _SHORTEST_PART:
            return
        for other in self._lexicon.starting(word, _PREFIXES):
            if other != word:
                because = f'"{word}" begins "{other}"'
                yield Reading(
                    ReadingKind.PREFIX,
                    (self._lexicon.term(other),),
                    self._tuning.prefix,
                    other,
                    because,
                )


def _why(word: str, guess: Candidate) -> str:
    if guess.kind is ReadingKind.SOUND:
        return f'"{word}" sounds like "{guess.word}"'
    return f'"{word}" may be a misspelling of "{guess.word}"'
