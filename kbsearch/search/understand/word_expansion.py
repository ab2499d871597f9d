"""What may a word mean, whatever stands next to it?"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import NamedTuple

from kbsearch.engines.plan import Reading
from kbsearch.search.understand.merge_readings import best_of_each


class Tuning(NamedTuple):
    """The weights of readings; tuned on real queries, see docs/relevance.md.

    also       of a word that the same sound and another spelling may stand for (cheque, check).
    compound   of the joined or split form of a compound.
    prefix     of a word that begins as the last word does.
    mistake    of the likeliest correction of a word that is not meant as it stands.
    known      of a correction that is as likely as a word that is.
    cooling    nats of likelihood that divide a correction's weight by e.
    doubt      the power of its closeness that a correction's weight is multiplied by.
    fit        nats for each nat by which a reading goes with the other words.
    open       nats of likelihood within which the other words are asked.
    least      weight of a correction that is worth asking the index for.
    split      nats against two words that were run together.
    spelt      nats by which a correction must be likelier than a word that is spelt well.
    doubted    the part of its weight that a doubtful correction keeps.
    """

    also: float = 0.98
    compound: float = 0.85
    prefix: float = 0.8
    mistake: float = 1.0
    known: float = 0.8
    cooling: float = 4.0
    doubt: float = 0.25
    fit: float = 1.0
    open: float = 6.0
    least: float = 0.13
    split: float = -2.0
    spelt: float = 1.25
    doubted: float = 0.5


TUNING = Tuning()


class Guess(NamedTuple):
    """What a word may be a mistake for.

    likelihood  in nats.
    tells       False for a stop word.
    homophone   it may be meant even where the word is spelt well and fits.
    """

    reading: Reading
    likelihood: float
    tells: bool
    homophone: bool


@dataclass(frozen=True)
class WordExpansion:
    """All that one word may mean.

    exact      as it stands, see `own_readings`.
    own        how likely it is meant as it stands, in nats; None if the index does not have it.
    margin     nats by which a correction must be likelier to be read first.
    likeliest  the term that is likeliest meant, "" if nothing is known of the word.
    tickets    how many hold that term.
    variants   words that are spelt otherwise; the joined forms come between these and the others.
    """

    exact: tuple[Reading, ...]
    own: float | None
    margin: float
    guesses: tuple[Guess, ...]
    likeliest: str
    tickets: int
    variants: tuple[Reading, ...]
    others: tuple[Reading, ...]
    tuning: Tuning

    @property
    def is_known(self) -> bool:
        """Whether the index has the word, or anything that it may be a mistake for."""
        return self.own is not None or bool(self.guesses)

    @cached_property
    def open_terms(self) -> tuple[str, ...]:
        """The terms to weigh besides other words: those of the guesses, then its own.

        None if it is too clear what the word means for the others to change anything.
        """
        likelihoods = [guess.likelihood for guess in self.guesses]
        if self.own is not None:
            likelihoods.append(self.own)
        best = max(likelihoods, default=0.0)
        if sum(one > best - self.tuning.open for one in likelihoods) < 2:
            return ()
        return (*(guess.reading.terms[0] for guess in self.guesses), *self.exact[0].terms)

    @cached_property
    def settled(self) -> tuple[Reading, ...]:
        """Its readings if no other word changes them, the likeliest first."""
        return self.readings((), ())

    def readings(self, fits: Sequence[float], more: Sequence[Reading]) -> tuple[Reading, ...]:
        """Return its readings, the likeliest first, those of the same terms as one.

        fits  how well each of the `open_terms` goes with the other words, in nats; none if no
              other word tells.
        more  readings that come of its neighbours.
        """
        own, likelihoods = self.own, [guess.likelihood for guess in self.guesses]
        if fits:
            moved = [self.tuning.fit * fit for fit in fits]
            own = None if own is None else own + moved[-1]
            likelihoods = list(map(add, likelihoods, moved))
        best = max(likelihoods, default=-math.inf)
        meant = own is not None and own + self.margin >= best
        worth = self.tuning.known if own is not None and own >= best else self.tuning.mistake
        if own is not None:
            best = max(own, best)
        corrections = self._corrections(
            [one - best for one in likelihoods], worth, settled=meant and self.margin > 0
        )
        others = [*self.variants, *more, *self.others, *corrections]
        others.sort(key=lambda reading: -reading.weight)
        return best_of_each((*self.exact, *others) if meant else (*others, *self.exact))

    def _corrections(
        self, behind: Sequence[float], worth: float, *, settled: bool
    ) -> Iterator[Reading]:
        """Yield the guesses that are worth asking the index for.

        behind   by how much each is likelier than the likeliest meaning, in nats, 0 at most.
        worth    the weight of one that is as likely.
        settled  the word is spelt well and meant: no one believes that "user" is a slip for "used".
        """
        for guess, less in zip(self.guesses, behind, strict=True):
            if not guess.tells or (settled and not guess.homophone):
                continue
            weight = worth * math.exp(less / self.tuning.cooling) * guess.reading.weight
            if weight >= self.tuning.least:
                yield guess.reading._replace(weight=weight)
