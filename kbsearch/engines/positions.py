"""Where a term stands in each of its documents, in a few bytes a posting.

A posting's positions are its first one and then the gaps, 0 or more, from each to the next. A
number takes as many bytes as it needs, the lowest bits first: all bytes but its last have bit 7
set and carry 7 bits; its last carries 6 bits and says in bit 6 whether the posting ends here. So
the postings of a term can stand one behind another and still be told apart.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

LAST_POSITION = (1 << 22) - 1
"""What stands farther behind is kept as if it stood here: no phrase is looked for so far down."""

_MORE = 0x80
_END = 0x40
_LOW_BITS = 7
_LAST_BITS = 6
_STEP = 64
"""Postings between which `steps` tells no place: fewer than are chosen as a rule."""
_LONGER = tuple(1 << (_LAST_BITS + _LOW_BITS * more) for more in range(3))
"""The least numbers that take 2, 3 and 4 bytes."""

_Number = TypeVar("_Number", bound=np.signedinteger)


class CodedPlaces(NamedTuple):
    """The positions of some postings, coded.

    places  uint8, (bytes,).
    starts  int64, (postings + 1,): those of posting p are `places[starts[p] : starts[p + 1]]`.
    """

    places: NDArray[np.uint8]
    starts: NDArray[np.int64]


class Positions(NamedTuple):
    """The positions of some postings.

    positions  int64, (positions,): ascending within a posting.
    starts     int64, (postings + 1,): those of posting p are `positions[starts[p] :
               starts[p + 1]]`.
    """

    positions: NDArray[np.int64]
    starts: NDArray[np.int64]


def encode(positions: Iterable[int]) -> bytes:
    """Return the code of one posting, whose positions ascend and are at least one.

    >>> encode([3, 5, 105]).hex()
    '0302e440'
    """
    coded = bytearray()
    before = 0
    for position in positions:
        kept = min(position, LAST_POSITION)
        gap = kept - before
        before = kept
        while gap >= _END:
            coded.append(_MORE | gap & (_MORE - 1))
            gap >>= _LOW_BITS
        coded.append(gap)
    coded[-1] |= _END
    return bytes(coded)


def decode(places: bytes) -> list[int]:
    """Return the positions of one posting.

    >>> decode(bytes.fromhex("0302e440"))
    [3, 5, 105]
    """
    positions = []
    position = shift = 0
    for byte in places:
        if byte & _MORE:
            position += (byte & (_MORE - 1)) << shift
            shift += _LOW_BITS
        else:
            position += (byte & (_END - 1)) << shift
            shift = 0
            positions.append(position)
    return positions


def posting_starts(places: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return where each posting that is coded in `places` starts, and where the last one ends."""
    return _from_zero(np.flatnonzero((places & (_MORE | _END)) == _END) + 1)


def encode_all(positions: NDArray[np.integer], starts: NDArray[np.signedinteger]) -> CodedPlaces:
    """Return the codes of many postings, one behind another.

    positions  (positions,): ascending within a posting, 0 or more.
    starts     (postings + 1,): the positions of posting p are `positions[starts[p] :
               starts[p + 1]]`, one at least.
    """
    numbers = np.minimum(positions, LAST_POSITION).astype(np.int32)
    firsts = starts[:-1]
    first_numbers = numbers[firsts]
    numbers[1:] -= numbers[:-1].copy()
    numbers[firsts] = first_numbers
    sizes = np.ones(numbers.size, np.uint8)
    for least in _LONGER:
        sizes += numbers >= least
    begins = np.zeros(numbers.size + 1, np.int64)
    np.cumsum(sizes, out=begins[1:])
    ends = begins[1:] - 1
    lasts = (numbers >> _LOW_BITS * (sizes.astype(np.int32) - 1)).astype(np.uint8)
    lasts[starts[1:] - 1] |= _END
    places = np.empty(int(begins[-1]), np.uint8)
    places[ends] = lasts
    for place in range(len(_LONGER)):
        longer = np.flatnonzero(sizes > place + 1)
        low = numbers[longer] >> _LOW_BITS * place & (_MORE - 1)
        places[begins[longer] + place] = low | _MORE
    return CodedPlaces(places, begins[starts])


def decode_all(places: NDArray[np.uint8]) -> Positions:
    """Return the positions of all postings that are coded in `places`, (bytes,)."""
    ends = np.flatnonzero(places < _MORE)
    sizes = np.diff(ends, prepend=-1)
    lasts = places[ends]
    gaps = lasts.astype(np.int64) & (_END - 1)
    gaps <<= _LOW_BITS * (sizes - 1)
    for place in range(len(_LONGER)):
        longer = np.flatnonzero(sizes > place + 1)
        low = places[ends[longer] - sizes[longer] + 1 + place].astype(np.int64) & (_MORE - 1)
        gaps[longer] += low << _LOW_BITS * place
    starts = _from_zero(np.flatnonzero(lasts & _END) + 1)
    sums = _from_zero(np.cumsum(gaps))
    return Positions(sums[1:] - np.repeat(sums[starts[:-1]], np.diff(starts)), starts)


def picked(places: NDArray[np.uint8], chosen: NDArray[np.signedinteger]) -> NDArray[np.uint8]:
    """Return the codes of some postings, one behind another.

    places  uint8, (bytes,): all postings of one term.
    chosen  (postings,): the numbers of the wanted ones, ascending.
    """
    starts = posting_starts(places)
    return _runs_of(places, starts[chosen], starts[chosen + 1])


def steps(places: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return where every 64th posting that is coded in `places` starts, and where the last ends."""
    starts = posting_starts(places)
    return np.append(starts[:-1:_STEP], starts[-1])


def picked_by_steps(
    places: NDArray[np.uint8],
    chosen: NDArray[np.signedinteger],
    begins: NDArray[np.signedinteger],
) -> NDArray[np.uint8]:
    """Return the same as `picked`; a long list is not read from its beginning to its end.

    begins  what `steps` returns for these places.
    """
    step = chosen // _STEP
    is_first = np.ones(step.size, np.bool_)
    np.not_equal(step[1:], step[:-1], out=is_first[1:])
    held = step[is_first]
    inside = (is_first.cumsum() - 1) * _STEP + chosen % _STEP
    return picked(_runs_of(places, begins[held], begins[held + 1]), inside)


def shared(few: NDArray[_Number], many: NDArray[np.signedinteger]) -> NDArray[_Number]:
    """Return those of `few` that are in `many`; both ascend."""
    if not many.size:
        return few[:0]
    places = np.minimum(np.searchsorted(many, few), many.size - 1)
    found: NDArray[_Number] = few[many[places] == few]
    return found


def _runs_of(
    places: NDArray[np.uint8], begins: NDArray[np.signedinteger], ends: NDArray[np.signedinteger]
) -> NDArray[np.uint8]:
    """Return some runs of bytes, one behind another."""
    sizes = ends - begins
    through = np.cumsum(sizes)
    total = through[-1] if through.size else 0
    found: NDArray[np.uint8] = places[
        np.arange(total) + np.repeat(begins - (through - sizes), sizes)
    ]
    return found


def _from_zero(ends: NDArray[np.signedinteger]) -> NDArray[np.int64]:
    """Return the ends with a 0 before them: where each begins, and where the last one ends."""
    starts = np.zeros(ends.size + 1, np.int64)
    starts[1:] = ends
    return starts
