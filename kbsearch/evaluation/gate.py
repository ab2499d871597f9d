"""Do searches still find what solved the problem? Saved pairs of a query and a ticket tell.

A pair says which ticket solved what a person once searched for. A run holds the place of each
pair's ticket among the first ten hits; two runs are compared over the pairs that both have, so
that a new or a removed pair moves no figure.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from kbsearch.errors import FileUnreadable
from kbsearch.evaluation.metrics import DEPTH

TOLERANCE = 0.01
"""How much lower success@10 or MRR may be: less is the noise of a knowledge base that grows."""
COLUMNS = ("query", "reference", "source")
_SHORT = 3
"""The first hits: what is read before the caller gets restless."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and the ticket that solved it; `source` is "" where the reference is enough."""

    query: str
    reference: str
    source: str = ""


Ranks = Mapping[Pair, int | None]
"""Pair -> place of its ticket, from 1; None where it is not among the first ten."""


@dataclass(frozen=True, slots=True)
class PairRanks:
    """The places of all pairs at one time.

    fingerprint  which analysis made the index.
    """

    at: datetime
    fingerprint: str
    ranks: Ranks


@dataclass(frozen=True, slots=True)
class PairFigures:
    """What a run scored: shares and a mean from 0.0 to 1.0 over `pairs`."""

    pairs: int
    success_1: float
    success_3: float
    success_10: float
    mrr: float


@dataclass(frozen=True, slots=True)
class Move:
    """A pair whose ticket changed its place."""

    pair: Pair
    before: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the pairs that two runs share.

    lost, found       left or entered the first ten.
    sunk, risen       left or entered the first three, and are in the first ten both times.
    """

    before: PairFigures
    now: PairFigures
    lost: tuple[Move, ...]
    found: tuple[Move, ...]
    sunk: tuple[Move, ...]
    risen: tuple[Move, ...]

    @property
    def passed(self) -> bool:
        """Whether neither success@10 nor MRR is lower by more than the tolerance."""
        return self._lower_by <= TOLERANCE + 1e-9  # what adding up floats may be off by

    @property
    def lower(self) -> bool:
        """Whether either is lower at all."""
        return self._lower_by > 1e-9

    @property
    def _lower_by(self) -> float:
        success = self.before.success_10 - self.now.success_10
        return max(success, self.before.mrr - self.now.mrr)


def figures(ranks: Ranks) -> PairFigures:
    """Sum up a run; all figures are 0.0 without a pair.

    >>> a, b = Pair("colour printer", "T-1"), Pair("wifi slow", "T-2")
    >>> figures({a: 2, b: None})
    PairFigures(pairs=2, success_1=0.0, success_3=0.5, success_10=0.5, mrr=0.25)
    """
    places = [rank for rank in ranks.values() if rank is not None]
    total = max(len(ranks), 1)
    one, three, ten = (sum(rank <= depth for rank in places) / total for depth in (1, 3, DEPTH))
    return PairFigures(len(ranks), one, three, ten, sum(1 / rank for rank in places) / total)


def compare(before: Ranks, now: Ranks) -> Comparison:
    """Compare two runs over the pairs that both have."""
    shared = [pair for pair in now if pair in before]
    moves = [Move(pair, before[pair], now[pair]) for pair in shared]
    return Comparison(
        before=figures({pair: before[pair] for pair in shared}),
        now=figures({pair: now[pair] for pair in shared}),
        lost=tuple(move for move in moves if move.before and not move.now),
        found=tuple(move for move in moves if move.now and not move.before),
        sunk=tuple(m for m in moves if m.before and m.now and m.before <= _SHORT < m.now),
        risen=tuple(m for m in moves if m.before and m.now and m.now <= _SHORT < m.before),
    )


def standard(before: PairRanks, now: PairRanks) -> PairRanks:
    """Return what the next run is measured by, after one that passed.

    A run that is a little lower passes but sets no lower standard: otherwise ten small drops would
    make an unseen large one. Its new pairs count from now on, in either case.
    """
    if not compare(before.ranks, now.ranks).lower:
        return now
    return PairRanks(
        before.at,
        before.fingerprint,
        {pair: before.ranks.get(pair, rank) for pair, rank in now.ranks.items()},
    )


def parse_pairs(lines: Sequence[str], name: str) -> dict[Pair, int]:
    """Return the pairs of a file, each with its line number.

    Raises FileUnreadable, naming the line, if one cannot be read or stands twice.
    """
    if not any(line.strip() for line in lines):
        return {}
    if lines[0].rstrip().split("\t") not in (list(COLUMNS), list(COLUMNS[:2])):
        raise _wrong(
            name, 1, "does not name the columns; write query, reference, source, tabs between"
        )
    pairs: dict[Pair, int] = {}
    for number, line in enumerate(lines[1:], start=2):
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        if not any(cells):
            continue
        if len(cells) not in (2, 3) or not all(cells[:2]):
            raise _wrong(
                name, number, "is no pair; write the query, a tab and the ticket's reference"
            )
        pair = Pair(*cells)
        if pair in pairs:
            raise _wrong(name, number, f"says the same as line {pairs[pair]}; remove one of them")
        pairs[pair] = number
    return pairs


def pair_lines(pairs: Iterable[Pair]) -> list[str]:
    """Return the lines of the file of these pairs."""
    rows = [(pair.query, pair.reference, pair.source) for pair in pairs]
    return ["\t".join(row).rstrip("\t") for row in (COLUMNS, *rows)]


def run_text(run: PairRanks) -> str:
    """Return a run as a file keeps it."""
    pairs = [{**asdict(pair), "rank": rank} for pair, rank in run.ranks.items()]
    shape = {"at": run.at.isoformat(), "fingerprint": run.fingerprint, "pairs": pairs}
    return json.dumps(shape, ensure_ascii=False, indent=1)


def parse_run(text: str, name: str) -> PairRanks:
    """Read what `run_text` wrote. Raises FileUnreadable if it is not that."""
    try:
        held = json.loads(text)
        ranks = {
            Pair(row["query"], row["reference"], row["source"]): row["rank"] and int(row["rank"])
            for row in held["pairs"]
        }
        return PairRanks(datetime.fromisoformat(held["at"]), held["fingerprint"], ranks)
    except (ValueError, KeyError, TypeError):
        raise FileUnreadable(
            f"{name} is not what kbsearch wrote; remove it, and the next run is the first again."
        ) from None


def _wrong(name: str, number: int, reason: str) -> FileUnreadable:
    return FileUnreadable(f"{name}, line {number}: {reason}.")
