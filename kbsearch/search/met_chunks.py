"""Which of the chunks of a text hold a term that is wanted?

The chunks of texts come again and again, so what each is filed under is worked out when it is
first met, and kept from the term's side: the few terms that are wanted name the chunks that hold
them, and the hundreds of others need not be looked at one by one.
"""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from kbsearch.analysis.tokens import LONGEST

FiledUnder = Callable[[str], Iterable[str]]
"""Returns what a chunk is filed under."""


class MetChunks:
    """The chunks met so far, by what they are filed under.

    Threads may ask at once: at worst, several of them analyse the same chunk.
    """

    def __init__(self, most: int) -> None:
        """Keep at most about `most` chunks, and forget all of them when there are more."""
        self._most = most
        self._memory = _Memory()

    def holding(
        self, chunks: AbstractSet[str], wanted: Iterable[str], filed_under: FiledUnder
    ) -> set[str]:
        """Return those of the chunks that are filed under anything that is wanted.

        filed_under  analyses a chunk; it gives the same for a chunk whenever it is asked.
        """
        memory = self._memory  # one that is emptied meanwhile must not lose what is met here
        if len(memory.met) > self._most:
            memory = self._memory = _Memory()
        unkept = memory.meet(chunks - memory.met, filed_under)
        held = {chunk for key in wanted for chunk in memory.by_key.get(key, ()) if chunk in chunks}
        if unkept:
            sought = frozenset(wanted)
            held.update(chunk for chunk in unkept if not sought.isdisjoint(filed_under(chunk)))
        return held


class _Memory:
    def __init__(self) -> None:
        self.met: set[str] = set()
        self.by_key: dict[str, list[str]] = {}

    def meet(self, chunks: Iterable[str], filed_under: FiledUnder) -> list[str]:
        """Take in new chunks; return those that are so long that they will not come again."""
        unkept = []
        for chunk in chunks:
            if len(chunk) > LONGEST:
                unkept.append(chunk)
                continue
            for key in filed_under(chunk):
                self.by_key.setdefault(key, []).append(chunk)
            self.met.add(chunk)  # last: who finds it here relies on the rest
        return unkept
