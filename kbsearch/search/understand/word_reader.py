"""All that one word may mean among the others of its query, the likeliest first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from kbsearch.analysis.compounds import split_compound
from kbsearch.analysis.terms import stop_words
from kbsearch.analysis.variants import VARIANTS
from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.plan import Phrase, Reading
from kbsearch.english import english_words
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.synonyms.phrase_table import names_of_desks
from kbsearch.search.understand.context import Context
from kbsearch.search.understand.doubt import is_absurd, is_doubtful
from kbsearch.search.understand.own_readings import own_readings
from kbsearch.search.understand.spelling import candidates, own_likelihood
from kbsearch.search.understand.word_expansion import TUNING, Guess, Tuning, WordExpansion

_CANDIDATES = 6
_SLIPS = 1 / 100_000
"""The part of the tickets that have a word of English by a slip, besides one: more mean it."""
_FEW = 1_000
"""Tickets of which none is taken to have a word of English by a slip."""
_PREFIXES = 8
_SHORTEST_GUESS = 3
_SHORTEST_PART = 2
_SHORTEST_APART = 4
"""Letters of words that were run together and may stand apart in a ticket."""
_MISHEARD_EDITS = 2
"""Edits between two words and the one that they sound like together."""
_SELDOM_ONE = 100
"""Tickets with the rarer of two words for one that joins them: with more it is joined by a slip."""
_SPLITS = 3
"""Places at which a word may be split that are looked at."""


class Neighbours(NamedTuple):
    """The texts of the tokens before and after a word, "" at the ends of the query."""

    before: str
    behind: str


class WordReader:
    """Reads words over one index."""

    def __init__(self, index: IndexSnapshot, tuning: Tuning = TUNING) -> None:
        """Look words up in `index`, weigh them by `tuning`."""
        self._index = index
        self._lexicon = index.lexicon
        self._tuning = tuning

    def readings(
        self, word: str, beside: Neighbours, context: Context, *, prefix: bool
    ) -> tuple[Reading, ...]:
        """Return the readings of a word, the likeliest first, those of the same terms as one."""
        alone = self.alone(word)
        more = list(self._joined(word, beside))
        if prefix and alone.is_known:  # else it is read as a beginning anyway
            longer = [*self._prefixes(word)]
            more += longer
            alone = self._begun(alone, longer)
        fits = context.fits(alone)
        return alone.readings(fits, more) if fits or more else alone.settled

    def _begun(self, alone: WordExpansion, longer: Sequence[Reading]) -> WordExpansion:
        """Return what a word may mean without what is less likely than what it begins."""
        if alone.own is not None or not longer:
            return alone
        likely = own_likelihood(max(self._lexicon.count(one.word) for one in longer))
        guesses = tuple(guess for guess in alone.guesses if guess.likelihood >= likely)
        return replace(alone, guesses=guesses)

    def alone(self, word: str) -> WordExpansion:
        """Return what a word may mean whatever stands next to it."""
        return self._lexicon.cached((word, self._tuning), lambda: self._alone(word))

    def _alone(self, word: str) -> WordExpansion:
        term, tells = self._lexicon.term(word), word not in stop_words()
        filed = self._lexicon.count_term(term)
        tickets = max(self._lexicon.count(word), filed)
        known = tickets > 0
        own = own_likelihood(tickets) if known else None
        number = self._index.state.tickets
        slips = 0 if number < _FEW else 1 + number * _SLIPS
        well_spelt = tickets > slips and word in english_words()
        margin = self._tuning.spelt if well_spelt else 0.0
        guesses = tuple(self._guesses(word, known=known)) if tells else ()
        likeliest = term if known else ""
        if guesses and not (own is not None and own + margin >= guesses[0].likelihood):
            likeliest = guesses[0].reading.terms[0]
        return WordExpansion(
            exact=own_readings(word, self._lexicon),
            own=own,
            margin=margin,
            guesses=guesses,
            likeliest=likeliest,
            tickets=filed if likeliest == term else self._lexicon.count_term(likeliest),
            variants=tuple(self._variants(word)) if tells else (),
            others=tuple(self._other_forms(word, prefix=not (known or guesses))) if tells else (),
            tuning=self._tuning,
        )

    def _guesses(self, word: str, *, known: bool) -> Iterator[Guess]:
        """Yield what a word may be a mistake for."""
        if len(word) < _SHORTEST_GUESS or word in names_of_desks():
            return
        own = self._lexicon.term(word) if known else None
        for guess in candidates(word, self._lexicon, _CANDIDATES):
            if guess.term == own:
                continue
            if is_absurd(word, guess, known=known):
                continue
            weight = guess.closeness**self._tuning.doubt
            if not known and is_doubtful(word, guess):
                weight *= self._tuning.doubted
            tells = guess.word not in stop_words()
            is_slip = known or guess.homophone or word not in english_words()
            because = None if is_slip else (Code.NEAREST_WORD, word, guess.word)
            reading = Reading(guess.kind, (guess.term,), weight, guess.word, because)
            yield Guess(reading, guess.likelihood, tells, guess.homophone)
        if not known and (apart := self._split(word)):
            yield apart

    def _variants(self, word: str) -> Iterator[Reading]:
        for other in VARIANTS.also(word):
            because, terms = (Code.ALSO_SPELT, word, other), (self._lexicon.term(other),)
            yield Reading(ReadingKind.VARIANT, terms, self._tuning.also, other, because)

    def _joined(self, word: str, beside: Neighbours) -> Iterator[Reading]:
        for other, joined in (
            (beside.before, beside.before + word),
            (beside.behind, word + beside.behind),
        ):
            if not other or not joined.isalpha():
                continue
            if self._is_one(joined, word, other):
                yield self._compound((joined,), (Code.WORDS_JOINED, joined))
            elif meant := self._heard_joined(word, other, joined):
                yield meant

    def _is_one(self, joined: str, *pieces: str) -> bool:
        """Tell whether tickets have two words as one, and not by a slip: "access e" is no word."""
        often = self._lexicon.count(joined)
        if not often or _is_word(joined):
            return often > 0
        return often * _SELDOM_ONE >= min(map(self._lexicon.count, pieces))

    def _heard_joined(self, word: str, other: str, joined: str) -> Reading | None:
        """Return the word that two sound like together, if not both are words: "mail boks"."""
        counts = self._lexicon.count(word), self._lexicon.count(other)
        if all(counts) or min(len(word), len(other)) < _SHORTEST_GUESS:
            return None
        if not _has_close(joined, self._lexicon.heard(joined)):
            return None  # as nearly always; to weigh all that is spelt alike takes long
        found = next(iter(candidates(joined, self._lexicon, 1)), None)
        if found is None or found.kind is not ReadingKind.SOUND:
            return None
        # Else "kichen printer" were the chunk "kitchen-printer" of some ticket.
        if not _is_word(found.word) or not _has_close(joined, [found.word]):
            return None
        reading = self._compound((found.word,), (Code.WORDS_JOINED, found.word))
        return reading if counts[0] else reading._replace(weight=1.0)

    def _other_forms(self, word: str, *, prefix: bool) -> Iterator[Reading]:
        if pieces := split_compound(word):
            yield self._compound(pieces, (Code.ALSO_WRITTEN, word, " ".join(pieces)))
        if prefix:
            yield from self._prefixes(word)

    def _compound(
        self, pieces: tuple[str, ...], because: Message, *, unordered: bool = False
    ) -> Reading:
        terms = tuple(map(self._lexicon.term, pieces))
        weight = self._tuning.compound
        return Reading(
            ReadingKind.COMPOUND, terms, weight, " ".join(pieces), because, unordered=unordered
        )

    def _split(self, word: str) -> Guess | None:
        """Return the two words that were run together, None if no two stand side by side."""
        splits = self._splits(word)
        if not splits:
            return None
        phrases = [Phrase(tuple(map(self._lexicon.term, pieces))) for pieces in splits]
        together, pieces = max(zip(self._index.counts(phrases), splits, strict=True))
        if not together:
            return None
        # Two whole words that were run together may stand anywhere; "out" and "look" may not.
        unordered = min(map(len, pieces)) >= _SHORTEST_APART
        because = (Code.ALSO_WRITTEN, word, " ".join(pieces))
        likelihood = own_likelihood(together) + self._tuning.split
        reading = self._compound(pieces, because, unordered=unordered)
        return Guess(reading._replace(weight=1.0), likelihood, tells=True, homophone=True)

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
            if other != word and other not in stop_words():
                because, terms = (Code.BEGINS, word, other), (self._lexicon.term(other),)
                yield Reading(ReadingKind.PREFIX, terms, self._tuning.prefix, other, because)


def _is_word(word: str) -> bool:
    return word in english_words() or bool(split_compound(word))


def _has_close(joined: str, heard: Sequence[str]) -> bool:
    """Tell whether one of the words that two sound like together is spelt much like them."""
    cutoff = _MISHEARD_EDITS
    return extractOne(joined, heard, scorer=OSA.distance, score_cutoff=cutoff) is not None
