"""What is said of masking: how far it is, what it would find, and what is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class MaskedCounts(NamedTuple):
    """How many tickets there are, by what masked them.

    never     masked by no rules at all.
    older     masked by other rules than those of today.
    withheld  masked by those of today, but for a text that is withheld.
    """

    total: int
    never: int
    older: int
    withheld: int

    @property
    def due(self) -> int:
        """How many the rules of today have not masked, or not wholly."""
        return self.never + self.older + self.withheld


@dataclass(frozen=True, slots=True)
class MaskingState:
    """How far the tickets are masked.

    withheld  reference and source of some tickets of which a text could not be masked.
    """

    counts: MaskedCounts
    withheld: tuple[tuple[str, str], ...]


class FoundPiece(NamedTuple):
    """Something personal in a text, what is around it, and the mark that takes its place."""

    before: str
    value: str
    after: str
    mark: str


@dataclass(frozen=True, slots=True)
class MaskingSample:
    """What masking by the rules of today would find.

    due     tickets that it would mask.
    read    how many of them were read for the sample, spread over all.
    kinds   how many findings of each kind these have.
    pieces  some findings, each of another ticket.
    """

    due: int
    read: int
    kinds: Mapping[str, int]
    pieces: tuple[FoundPiece, ...]


@dataclass(frozen=True, slots=True)
class Remasked:
    """What masking again did: how many tickets it masked, and how many of them look otherwise."""

    done: int
    changed: int


class Trace(NamedTuple):
    """Something that must not be there.

    place  the file or table that has it.
    at     the byte where it begins, or of a table that of the row.
    what   what it is, without saying it.
    """

    place: str
    at: int
    what: str
