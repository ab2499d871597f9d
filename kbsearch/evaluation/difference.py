"""What became of the first hits of a query when something about the search was changed?"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Difference:
    """Two answers to one query, compared; tickets by their ids, places from 1.

    came   (ticket, place) of those that only the new answer has.
    went   (ticket, place) of those that only the old one had.
    moved  (ticket, old place, new place) of those that changed places among themselves.
    """

    came: tuple[tuple[int, int], ...]
    went: tuple[tuple[int, int], ...]
    moved: tuple[tuple[int, int, int], ...]

    def __bool__(self) -> bool:
        """Tell whether the two answers differ at all."""
        return bool(self.came or self.went or self.moved)


def difference(before: Sequence[int], now: Sequence[int]) -> Difference:
    """Compare two rankings; a ticket that only gives way to one above it has not moved.

    >>> difference([1, 2, 3], [4, 1, 2])
    Difference(came=((4, 1),), went=((3, 3),), moved=())
    >>> difference([1, 2, 3], [3, 1, 2]).moved
    ((3, 3, 1),)
    """
    old = {ticket: place for place, ticket in enumerate(before, start=1)}
    new = {ticket: place for place, ticket in enumerate(now, start=1)}
    stayed = [ticket for ticket in before if ticket in new]
    order = [ticket for ticket in now if ticket in old]
    blocks = SequenceMatcher(None, stayed, order, autojunk=False).get_matching_blocks()
    in_order = {ticket for block in blocks for ticket in stayed[block.a : block.a + block.size]}
    return Difference(
        came=tuple((ticket, place) for ticket, place in new.items() if ticket not in old),
        went=tuple((ticket, place) for ticket, place in old.items() if ticket not in new),
        moved=tuple((t, old[t], new[t]) for t in order if t not in in_order),
    )
