"""Which of the runs of a text hold a term that is wanted?

A run is what stands between two blanks: a word, often with a comma or in brackets. Runs come again
and again, so what each is filed under is worked out when it is first met, and kept from the
term's side: the few terms that are wanted name the runs that hold them, and the hundreds of
others need not be looked at one by one.
"""

from collections.abc import Callable, Iterable

from kbsearch.analysis.tokens import LONGEST

FiledUnder = Callable[[str], Iterable[str]]
"""Returns what a run is filed under."""


class TokenTermCache:
    """The runs met so far, by what they are filed under.

    Threads may ask at once: at worst, several of them analyse the same run.
    """

    def __init__(self, most: int) -> None:
        """Keep at most about `most` runs, and forget all of them when there are more."""
        self._most = most
        self._memory = _Memory()

    def holding(self, runs: set[str], wanted: Iterable[str], filed_under: FiledUnder) -> set[str]:
        """Return all runs that are filed under anything that is wanted: of these and of any met.

        filed_under  analyses a run; it gives the same for a run whenever it is asked.
        """
        memory = self._memory  # one that is emptied meanwhile must not lose what is met here
        if len(memory.met) > self._most:
            memory = self._memory = _Memory()
        unkept = memory.meet(runs - memory.met, filed_under)
        held = set().union(*(memory.by_key.get(key, ()) for key in wanted))
        if unkept:
            sought = frozenset(wanted)
            held.update(run for run in unkept if not sought.isdisjoint(filed_under(run)))
        return held


class _Memory:
    def __init__(self) -> None:
        self.met: set[str] = set()
        self.by_key: dict[str, list[str]] = {}

    def meet(self, runs: Iterable[str], filed_under: FiledUnder) -> list[str]:
        """Take in new runs; return those that are so long that they will not come again."""
        unkept = []
        for run in runs:
            if len(run) > LONGEST:
                unkept.append(run)
                continue
            for key in filed_under(run):
                self.by_key.setdefault(key, []).append(run)
            self.met.add(run)  # last: who finds it here relies on the rest
        return unkept
