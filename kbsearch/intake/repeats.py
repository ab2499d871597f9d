"""Which references of a file come more than once? Of as many as there are, in little memory."""

from array import array

import numpy as np
from numpy.typing import NDArray

from kbsearch.intake.values.guards import unguarded


def reference_key(column: str, value: object) -> str:
    """Return what tells the reference of a row from those of others, "" if it has none."""
    text = unguarded(value.strip()) if isinstance(value, str) else "" if value is None else value
    return f"{column}\n{text}" if text != "" else ""


class Repeats:
    """Gathers texts, then tells which of them came more than once; each takes eight bytes.

    One in 10^19 is taken for repeated by mistake.
    """

    def __init__(self) -> None:
        self._met = array("q")
        self._repeated: NDArray[np.int64] = np.empty(0, np.int64)

    def add(self, text: str) -> None:
        """Take a text in."""
        self._met.append(hash(text))

    def close(self) -> None:
        """Take no more texts in, and keep in mind those that are repeated."""
        met = np.frombuffer(self._met, np.int64) if self._met else self._repeated
        met.sort()  # in place: of ten million references a copy would be felt
        again = met[1:][met[1:] == met[:-1]]
        self._repeated = again[np.append(True, again[1:] != again[:-1])] if again.size else again
        self._met = array("q")

    def __bool__(self) -> bool:
        """Tell whether any is repeated."""
        return bool(self._repeated.size)

    def __contains__(self, text: str) -> bool:
        """Tell whether a text came more than once."""
        place = int(np.searchsorted(self._repeated, hash(text)))
        return place < self._repeated.size and bool(self._repeated[place] == hash(text))
