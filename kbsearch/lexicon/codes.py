"""The codes of an index, listed in order."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import Protocol


class CodeSource(Protocol):
    """A part of an index that has codes."""

    def codes(self, first: str, end: str) -> Iterator[str]:
        """Yield the codes from `first` on that are below `end`, ascending; reads no postings."""

    def codes_ending(self, suffix: str) -> Iterator[str]:
        """Yield the codes that end so, ascending; all terms are looked at."""


class Codes:
    """The codes of some parts of an index, those of deleted tickets included."""

    def __init__(self, parts: Sequence[CodeSource] = ()) -> None:
        """List the codes of these parts."""
        self._parts = parts

    def between(self, first: str, end: str, limit: int) -> list[str]:
        """Return the codes from `first` on that are below `end`, ascending."""
        return self._first([part.codes(first, end) for part in self._parts], limit)

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """Return the codes that begin so, ascending."""
        return self.between(prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1), limit)

    def ending(self, suffix: str, limit: int) -> list[str]:
        """Return the codes that end so, ascending; takes as long as all terms are many."""
        return self._first([part.codes_ending(suffix) for part in self._parts], limit)

    def _first(self, found: Sequence[Iterator[str]], limit: int) -> list[str]:
        distinct = dict.fromkeys(islice(merge(*found), limit * len(found)))
        return list(islice(distinct, limit))
