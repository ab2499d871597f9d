"""Which readings of a word are sure enough to be made without asking."""

from kbsearch.engines.plan import Reading
from kbsearch.records.reading_kind import ReadingKind

MISHEARD = frozenset({ReadingKind.SPELLING, ReadingKind.SOUND})
_SURE = 0.6
"""Weight below which a correction is offered, and not made; a good one weighs more."""


def is_sure(reading: Reading) -> bool:
    """Tell whether a reading may be made without asking: it is no doubtful correction."""
    return reading.kind not in MISHEARD or reading.weight >= _SURE
