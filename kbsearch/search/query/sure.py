"""Which readings of a word are sure enough to be made without asking."""

from kbsearch.engines.plan import Reading
from kbsearch.records.reading_kind import ReadingKind

MISHEARD = frozenset({ReadingKind.SPELLING, ReadingKind.SOUND})
_SURE = 0.6
"""Weight below which a correction is offered, and not made; a good one weighs more."""


def is_sure(reading: Reading) -> bool:
    """Tell whether a reading may be made without asking: it is no doubtful correction.

    One that has its explanation is only the nearest to a word of English that no ticket has.
    """
    if reading.kind not in MISHEARD:
        return True
    return reading.explanation is None and reading.weight >= _SURE
