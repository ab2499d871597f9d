"""What moves a hit besides its words: whether it helped others, says what to do, or is new."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from kbsearch.engines.plan import ScoredDoc
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.outcome import TrackRecord
from kbsearch.search.results import Signal
from kbsearch.store.facts import TicketFeatures

NORMAL_95 = 1.959963984540054
"""Standard deviations to each side of the mean that hold 95 % of a normal distribution."""
_NOTHING = 0.001
"""The part of the best score below which a signal is left out: it moves no one."""
_DAYS_TOLD = 61
_MONTHS_TOLD = 24
_MONTH, _YEAR = 30.44, 365.25
"""Days."""


class SignalWeights(NamedTuple):
    """What a signal gives at the most, as a part of the best score that words gave to any hit.

    outcome    of a fix that always helped, however often it was tried; a tenth of it is taken from
               one that never did. Words alone set the tenth hit 22 % below the first, and the
               thirtieth 31 %: so what solved 7 of 8 calls climbs from tenth to fourth, no further.
    solved     of a ticket that says what solved the problem: measured, it puts relevant tickets
               further up, and from 0.08 on it begins to drown words.
    recent     of a ticket that was written just now: measured, new tickets are no better hits, so
               it is 0 until a desk's own outcomes show otherwise.
    failed     what a fix loses in a call in which it did not help: at 1 as much as words gave to
               the best hit, so that it falls behind the others whichever it is.
    half_life  days in which `recent` becomes half as much.
    """

    outcome: float = 0.2
    solved: float = 0.02
    recent: float = 0.0
    failed: float = 1.0
    half_life: float = 180.0


WEIGHTS = SignalWeights()
FAILED = "failed"
"""The signal of a fix that did not help in this call."""


_NO_FACTS = TicketFeatures()


class RankedHit(NamedTuple):
    """A ticket with what its words and its signals gave to it.

    total  the sum of the shares of both, rounded once: `math.fsum` of them in any order.
    """

    scored: ScoredDoc
    signals: tuple[Signal, ...]
    total: float


def ranked(
    scored: Sequence[ScoredDoc],
    facts: Mapping[int, TicketFeatures] | None,
    now: datetime,
    weights: SignalWeights = WEIGHTS,
) -> list[RankedHit]:
    """Rank tickets by words and signals together, ties by ticket id.

    scored  as an engine found them. If no word scored, as in a list of the newest tickets, they
            come back in that order, without signals.
    facts   by ticket id; None ranks by words alone.
    now     UTC.
    """
    best = max((one.score for one in scored), default=0.0)
    if best <= 0:
        return [RankedHit(one, (), one.score) for one in scored]
    made = []
    for one in scored:
        given: tuple[Signal, ...] = ()
        parts = one.shares + one.together or (one.score,)
        if facts is not None and (one.solved or one.ticket_id in facts):  # as few are
            known = facts.get(one.ticket_id, _NO_FACTS)
            given = signals(known, best, now, weights, solved=one.solved)
            parts += tuple([signal.share for signal in given])
        made.append(RankedHit(one, given, math.fsum(parts)))
    return sorted(made, key=lambda one: (-one.total, one.scored.ticket_id))


def signals(
    facts: TicketFeatures,
    best: float,
    now: datetime,
    weights: SignalWeights = WEIGHTS,
    *,
    solved: bool = False,
) -> tuple[Signal, ...]:
    """Return what the facts of a ticket give to its score, what moves no one left out.

    best    the best score that words gave to a hit of the same answer.
    solved  it says what solved the problem.

    A fix that did not help in this call has no other signal: that it helped others is no comfort.
    """
    if facts.failed_here:
        return (Signal(FAILED, (Code.DID_NOT_HELP,), -weights.failed * best),)
    parts = [("outcome", weights.outcome * merit(facts.record))] if facts.record.tried else []
    if solved:
        parts.append(("solved", weights.solved))
    if weights.recent and facts.created_at is not None:
        age = _days(facts.created_at, now)
        parts.append(("recent", weights.recent * 0.5 ** (age / weights.half_life)))
    if not parts:
        return ()
    return tuple(
        [
            Signal(name, _told(name, facts, now), part * best)
            for name, part in parts
            if abs(part) >= _NOTHING
        ]
    )


def _told(name: str, facts: TicketFeatures, now: datetime) -> Message:
    """Return the message about a part of a score."""
    if name == "outcome":
        return facts.record.message
    if name == "recent" and facts.created_at is not None:
        return _age(_days(facts.created_at, now))
    return (Code.SAYS_SOLUTION,)


def _days(created_at: datetime, now: datetime) -> float:
    """Return how old a ticket is, 0 for one that comes from the future."""
    return max((now - created_at).total_seconds() / 86_400, 0.0)


def merit(record: TrackRecord) -> float:
    """Return how much better than an untried fix one is, about -0.1 to 0.9, 0.0 if untried.

    It is the lower bound of its solve rate, so that 1 of 1 counts for less than 8 of 10. An untried
    fix is taken to lie midway between the bounds after one success and after one failure: so the
    first call lifts a fix as much as it would have lowered it.

    >>> [round(merit(TrackRecord(*pair)), 2) for pair in ((0, 0), (1, 1), (0, 1), (8, 10))]
    [0.0, 0.1, -0.1, 0.39]
    """
    return wilson_lower(record.solved, record.tried) - _UNTRIED if record.tried else 0.0


def wilson_lower(successes: int, trials: int) -> float:
    """Return the lower bound of the interval that holds a rate of success with 95 %.

    trials  at least 1.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22, pages 209-212.

    >>> [round(wilson_lower(*pair), 3) for pair in ((0, 5), (1, 1), (7, 8), (700, 800))]
    [0.0, 0.207, 0.529, 0.85]
    """
    rate, spread = successes / trials, NORMAL_95**2 / trials
    margin = math.sqrt(spread * (rate * (1 - rate) + spread / 4))
    return max((rate + spread / 2 - margin) / (1 + spread), 0.0)


_UNTRIED = wilson_lower(1, 1) / 2


def _age(days: float) -> Message:
    """Return what is said of an age.

    >>> [_age(days)[1:] for days in (0.2, 1.5, 75, 800)]
    [(), (1,), (2,), (2,)]
    """
    if days < 1:
        return (Code.LESS_THAN_A_DAY_OLD,)
    if days < _DAYS_TOLD:
        return Code.DAYS_OLD, int(days)
    months = int(days / _MONTH)
    if months < _MONTHS_TOLD:
        return Code.MONTHS_OLD, months
    return Code.YEARS_OLD, int(days / _YEAR)
