"""Where a term stands in each of its documents, in a few bytes a posting.

A posting's positions are its first one and then the gaps, 0 or more, from each to the next. A
number takes as many bytes as it needs, the lowest bits first: all bytes but its last have bit 7
set and carry 7 bits; its last carries 6 bits and says in bit 6 whether the posting ends here. So
the postings of a term can stand one after another and still be told apart.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

LAST_POSITION = (1 << 22) - 1
"""What stands farther back is kept as if it stood here: no phrase is looked for so far down."""

_MORE = 0x80
_END = 0x40
_LOW_BITS = 7
_LAST_BITS = 6
STEP = 8
"""Postings between which `steps` tells no place."""
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
    return _from_zero(((places & (_MORE | _END)) == _END).nonzero()[0] + 1)


def encode_all(positions: NDArray[np.integer], starts: NDArray[np.signedinteger]) -> CodedPlaces:
    """Return the codes of many postings, one after another.

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
    ends = (places < _MORE).nonzero()[0]
    begins = _from_zero(ends + 1)[:-1]
    more = ends - begins
    lasts = places[ends]
    gaps = (lasts & (_END - 1)).astype(np.int64) << _LOW_BITS * more
    for place in range(len(_LONGER)):
        longer = (more > place).nonzero()[0]
        if not longer.size:
            break
        low = places[begins[longer] + place].astype(np.int64) & (_MORE - 1)
        gaps[longer] += low << _LOW_BITS * place
    starts = _from_zero((lasts & _END).nonzero()[0] + 1)
    sums = _from_zero(gaps.cumsum())
    return Positions(sums[1:] - sums[starts[:-1]].repeat(starts[1:] - starts[:-1]), starts)


def picked(places: NDArray[np.uint8], chosen: NDArray[np.signedinteger]) -> NDArray[np.uint8]:
    """Return the codes of some postings, one after another.

    places  uint8, (bytes,): all postings of one term.
    chosen  (postings,): the numbers of the wanted ones, ascending.
    """
    starts = posting_starts(places)
    return _runs_of(places, starts[chosen], starts[chosen + 1])


def steps(places: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return where every 8th posting that is coded in `places` starts, and where the last ends."""
    starts = posting_starts(places)
    return np.append(starts[:-1:STEP], starts[-1])


def picked_from_runs(
    places: NDArray[np.uint8],
    begins: NDArray[np.signedinteger],
    ends: NDArray[np.signedinteger],
    chosen: NDArray[np.signedinteger],
) -> NDArray[np.uint8]:
    """Return the codes of one posting out of each of some runs of them, one after another.

    places  uint8, (bytes,): any postings.
    begins  (runs,): where each run begins in them; `ends` where it ends.
    chosen  (runs,): the number of the wanted posting in its run.
    """
    runs = _runs_of(places, begins, ends)
    starts = posting_starts(runs)
    sizes = ends - begins
    numbers = starts.searchsorted(sizes.cumsum() - sizes) + chosen
    return _runs_of(runs, starts[numbers], starts[numbers + 1])


def shared(few: NDArray[_Number], many: NDArray[np.signedinteger]) -> NDArray[_Number]:
    """Return those of `few` that are in `many`; both ascend."""
    if not many.size:
        return few[:0]
    found: NDArray[_Number] = few[many.take(many.searchsorted(few), mode="clip") == few]
    return found


def _runs_of(
    places: NDArray[np.uint8], begins: NDArray[np.signedinteger], ends: NDArray[np.signedinteger]
) -> NDArray[np.uint8]:
    """Return some runs of bytes, one after another."""
    sizes = ends - begins
    through = sizes.cumsum()
    wanted = (begins - through + sizes).repeat(sizes)
    wanted += np.arange(wanted.size)
    found: NDArray[np.uint8] = places[wanted]
    return found


def _from_zero(ends: NDArray[np.signedinteger]) -> NDArray[np.int64]:
    """Return the ends with a 0 before them: where each begins, and where the last one ends."""
    starts = np.zeros(ends.size + 1, np.int64)
    starts[1:] = ends
    return starts
