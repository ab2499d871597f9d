"""Readings of the same terms as one."""

from collections.abc import Iterable

from kbsearch.engines.plan import Reading
from kbsearch.inverted.field import Field
from kbsearch.records.reading_kind import ReadingKind

_GUESSED = frozenset((ReadingKind.SPELLING, ReadingKind.SOUND))


def best_of_each(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return the readings of each terms as one."""
    kept: dict[tuple[Field, tuple[str, ...]], Reading] = {}
    for reading in readings:
        key = (reading.field, reading.terms)
        same = kept.setdefault(key, reading)
        if same is not reading:
            kept[key] = _better(same, reading)
    return tuple(kept.values())


def _better(one: Reading, other: Reading) -> Reading:
    """Return the one that weighs more; a reason that is known is told rather than a guess."""
    lighter, heavier = (one, other) if one.weight < other.weight else (other, one)
    if heavier.kind in _GUESSED and lighter.kind not in _GUESSED:
        return lighter._replace(weight=heavier.weight)
    return heavier
