"""All that one word may mean, the likeliest first."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from kbsearch.analysis.compounds import spell_out, split_compound
from kbsearch.analysis.sounds import sounds
from kbsearch.analysis.terms import stop_words
from kbsearch.analysis.variants import VARIANTS
from kbsearch.engines.base import Field, Lexicon, Reading, ReadingKind
from kbsearch.search.candidates import Candidate, candidates, own_likelihood


class Neighbours(NamedTuple):
    """The chunks before and behind a word, "" at the ends of the query."""

    before: str
    behind: str


class Tuning(NamedTuple):
    """The weights of readings; tuned on real queries, see docs/relevance.md.

    also       of a word that the same sound and another spelling may stand for (cheque, check).
    compound   of the joined or split form of a compound.
    prefix     of a word that begins as the last word does.
    mistake    of the likeliest correction of a word that the index does not have.
    known      the same, of a word that the index does have.
    heard      of any word that sounds the same, whatever it is.
    cooling    nats of likelihood that divide a correction's weight by e.
    doubt      the power of its closeness that a correction's weight is multiplied by.
    meant      nats by which a neighbour must be likelier before a known word is doubted.
    possible   the same, before it is read as another spelling at all.
    """

    also: float = 0.9
    compound: float = 0.85
    prefix: float = 0.8
    mistake: float = 0.9
    known: float = 0.3
    heard: float = 0.25
    cooling: float = 1.6
    doubt: float = 0.5
    meant: float = -2.0
    possible: float = -4.0


TUNING = Tuning()
_CANDIDATES = 6
_PREFIXES = 8
_SHORTEST_GUESS = 3
_SHORTEST_DOUBT = 4
"""Letters of a known word that may be another one: "not" is not "no"."""
_SHORTEST_PART = 2
_SHORTEST_APART = 4
"""Letters of words that were run together and may stand apart in a ticket."""


class _Alone(NamedTuple):
    """What a word may mean whatever stands beside it.

    meant     the index has it, and nothing that is much likelier.
    variants  words that are spelt otherwise; the joined forms come between these and the others.
    heard     what sounds the same.
    """

    exact: Reading
    meant: bool
    variants: tuple[Reading, ...]
    others: tuple[Reading, ...]
    heard: tuple[Reading, ...]


class WordReader:
    """Reads words over one lexicon."""

    def __init__(self, lexicon: Lexicon, tuning: Tuning = TUNING) -> None:
        """Look words up in `lexicon`, weigh them by `tuning`."""
        self._lexicon = lexicon
        self._tuning = tuning

    def readings(self, word: str, beside: Neighbours, *, prefix: bool) -> Iterator[Reading]:
        """Yield the readings of a word, the likeliest first."""
        alone = self._lexicon.recall(
            (word, prefix, self._tuning), lambda: self._alone(word, prefix=prefix)
        )
        others = [*alone.variants, *self._joined(word, beside), *alone.others]
        others.sort(key=lambda reading: -reading.weight)
        yield from (alone.exact, *others) if alone.meant else (*others, alone.exact)
        yield from alone.heard

    def _alone(self, word: str, *, prefix: bool) -> "_Alone":
        """Return what a word may mean wherever it stands."""
        term = self._lexicon.term(word)
        tickets = max(self._lexicon.count(word), self._lexicon.count_term(term))
        known = tickets > 0
        own = own_likelihood(word, tickets)
        guesses = self._guesses(word, own if known else None)
        meant = known and not self._doubtful(own, guesses)
        worth = self._tuning.known if meant else self._tuning.mistake
        return _Alone(
            exact=Reading(ReadingKind.EXACT, (term,), 1.0, word, ""),
            meant=meant,
            variants=tuple(self._variants(word)),
            others=(
                *self._other_forms(word, known=known, prefix=prefix or not known),
                *self._corrections(word, guesses, worth),
            ),
            heard=() if known else tuple(self._heard(word)),
        )

    def _heard(self, word: str) -> Iterator[Reading]:
        code = sounds(word).metaphone
        if code and len(word) >= _SHORTEST_GUESS:
            because = f'it sounds like "{word}"'
            weight = self._tuning.heard
            yield Reading(ReadingKind.SOUND, (code,), weight, word, because, Field.SOUND)

    def _guesses(self, word: str, own: float | None) -> list[Candidate]:
        """Return what a word may be a mistake for; of a known word, only what is plausible.

        None where that is likeliest a word that tells nothing, such as "teh".

        own  how likely the word is meant as it is, None if the index does not know it.
        """
        shortest = _SHORTEST_GUESS if own is None else _SHORTEST_DOUBT
        if len(word) < shortest or word in stop_words():
            return []
        found = candidates(word, self._lexicon, _CANDIDATES)
        if found and found[0].word in stop_words():
            return []
        telling = [guess for guess in found if guess.word not in stop_words()]
        if own is None:
            return telling
        possible = own + self._tuning.possible
        heard = sounds(word).metaphone
        return [
            guess
            for guess in telling
            if guess.likelihood > possible or (heard and sounds(guess.word).metaphone == heard)
        ]

    def _doubtful(self, own: float, guesses: list[Candidate]) -> bool:
        """Tell whether a word that the index has is rather a mistake for a frequent one."""
        return bool(guesses) and guesses[0].likelihood > own + self._tuning.meant

    def _corrections(self, word: str, guesses: list[Candidate], weight: float) -> Iterator[Reading]:
        for guess in guesses:
            cooled = math.exp((guess.likelihood - guesses[0].likelihood) / self._tuning.cooling)
            cooled *= guess.closeness**self._tuning.doubt
            yield Reading(
                guess.kind,
                (self._lexicon.term(guess.word),),
                weight * cooled,
                guess.word,
                _why(word, guess),
            )

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

    def _other_forms(self, word: str, *, known: bool, prefix: bool) -> Iterator[Reading]:
        yield from self._split_compounds(word, known=known)
        if long := spell_out(word):
            yield self._compound(long, f'"{word}" is short for "{" ".join(long)}"')
        if prefix:
            yield from self._prefixes(word)

    def _split_compounds(self, word: str, *, known: bool) -> Iterator[Reading]:
        if pieces := split_compound(word):
            yield self._compound(pieces, f'"{word}" is also written "{" ".join(pieces)}"')
        elif pieces := () if known else self._split(word):
            # Two whole words that were run together may stand anywhere; "out" and "look" may not.
            apart = min(map(len, pieces)) >= _SHORTEST_APART
            because = f'"{word}" is also written "{" ".join(pieces)}"'
            yield self._compound(pieces, because, apart=apart)

    def _compound(self, pieces: tuple[str, ...], because: str, *, apart: bool = False) -> Reading:
        terms = tuple(map(self._lexicon.term, pieces))
        weight = self._tuning.compound
        return Reading(ReadingKind.COMPOUND, terms, weight, " ".join(pieces), because, apart=apart)

    def _split(self, word: str) -> tuple[str, ...]:
        """Return the two words of the index that were run together, none if no two fit."""
        best: tuple[float, tuple[str, ...]] = (0.0, ())
        for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            left, right = word[:place], word[place:]
            if not stop_words().isdisjoint((left, right)):
                continue
            short, long = sorted((left, right), key=len)
            # The longer part is seldom a word, and then the other need not be looked up.
            if often := self._lexicon.count(long):
                rarer = min(often, self._lexicon.count(short))
                best = max(best, (rarer * len(short) ** 2, (left, right) if rarer else ()))
        return best[1]

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
