"""Which references of a file come more than once? Of as many as there are, in little memory."""

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


class Repeats:
    """Gathers texts, then tells which of them came more than once; each takes eight bytes.

    One in 10^19 is taken for repeated by mistake.
    """

    def __init__(self) -> None:
        self._met = array("q")
        self._repeated: NDArray[np.int64] = np.empty(0, np.int64)

    def add(self, texts: Iterable[str]) -> None:
        """Take texts in."""
        self._met.extend(map(hash, texts))

    def close(self) -> None:
        """Take no more texts in, and keep in mind those that are repeated."""
        met = np.sort(np.frombuffer(self._met, np.int64)) if self._met else self._repeated
        self._repeated = np.unique(met[1:][met[1:] == met[:-1]])
        self._met = array("q")

    def __bool__(self) -> bool:
        """Tell whether any is repeated."""
        return bool(self._repeated.size)

    def __contains__(self, text: str) -> bool:
        """Tell whether a text came more than once."""
        place = int(np.searchsorted(self._repeated, hash(text)))
        return place < self._repeated.size and bool(self._repeated[place] == hash(text))
