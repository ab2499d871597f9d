"""Many short byte strings in a file of arrays: in order, and found by their hash."""

from bisect import bisect_left
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from kbsearch.inverted.array_file import Array, ArrayFile, ArrayFileDamaged

_TO_A_BUCKET = 4
"""Strings that share a bucket on average: a fingerprint in the slot tells most of them apart."""
_HASH_BITS = 32
_MOST = 1 << 32
"""Bytes of one table, and entries of one array that an offset of 32 bits can reach."""


def offsets(sizes: Array) -> Array:
    """Return where each of the things of these sizes begins, and where the last ends.

    sizes    whole numbers, (things,).
    Returns  uint32, (things + 1,).

    Raises ValueError if they reach farther than 32 bits can tell.
    """
    found = np.zeros(sizes.size + 1, np.int64)
    np.cumsum(sizes, out=found[1:])
    return narrow(found)


def narrow(positions: Array) -> Array:
    """Return ascending positions as uint32. Raises ValueError if they do not fit."""
    if positions.size and positions[-1] >= _MOST:
        raise ValueError(f"{positions[-1]} entries are too many for one segment")
    return positions.astype(np.uint32)


def string_arrays(kind: str, owner: str, strings: Sequence[bytes]) -> dict[str, Array | bytes]:
    """Return the arrays of a table of strings, as `Strings` reads it."""
    sizes = np.fromiter(map(len, strings), np.int64, len(strings))
    return {
        f"{kind}_bytes/{owner}": b"".join(strings),
        f"{kind}_offsets/{owner}": offsets(sizes),
    }


def hashed_string_arrays(
    kind: str, owner: str, strings: Sequence[bytes]
) -> dict[str, Array | bytes]:
    """Return the arrays of a table of distinct, ascending strings, as `HashedStrings` reads it."""
    hashes = np.fromiter(map(crc32, strings), np.uint32, len(strings))
    buckets = hashes % np.uint32(_buckets(len(strings)))
    order = np.argsort(buckets, kind="stable")
    slots = hashes[order] & np.uint32(_fingerprint(len(strings))) | order.astype(np.uint32)
    return {
        **string_arrays(kind, owner, strings),
        f"{kind}_buckets/{owner}": offsets(np.bincount(buckets, minlength=_buckets(len(strings)))),
        f"{kind}_slots/{owner}": slots,
    }


class Strings(Sequence[bytes]):
    """A table of strings; those that were written in order are found by halving."""

    def __init__(self, file: ArrayFile, kind: str, owner: str) -> None:
        """Map the table. Raises ArrayFileDamaged if it is not there."""
        self.joined = file.bytes(f"{kind}_bytes/{owner}")
        self.offsets = file.array(f"{kind}_offsets/{owner}")
        self._offsets = self.offsets.data  # a memoryview hands out single numbers faster

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]  # no slices
        return bytes(self.joined[self._offsets[number] : self._offsets[number + 1]])

    def ending(self, suffix: bytes) -> list[int]:
        """Return the numbers of the strings that end so, ascending; all strings are looked at."""
        letters = np.asarray(self.joined)
        if not letters.size:
            return []
        numbers, ends = np.arange(len(self)), self.offsets[1:]
        for back, letter in enumerate(reversed(suffix), 1):  # as good as none is left soon
            held = (letters.take(ends - np.uint32(back), mode="clip") == letter).nonzero()[0]
            numbers, ends = numbers.take(held), ends.take(held)
        found: list[int] = numbers[ends - self.offsets[numbers] >= len(suffix)].tolist()
        return found

    def find(self, string: bytes) -> int:
        """Return the number of a string, -1 if there is none such; they must ascend."""
        number = bisect_left(self, string)
        return number if number < len(self) and self[number] == string else -1


class HashedStrings(Strings):
    """A table of strings in which one is found in about a microsecond.

    A string's hash names a bucket; the bucket's slots hold the strings' numbers in their low bits,
    and as much of the hashes as there is room for in the high ones.
    """

    def __init__(self, file: ArrayFile, kind: str, owner: str) -> None:
        """Map the table. Raises ArrayFileDamaged if it is not there."""
        super().__init__(file, kind, owner)
        self._buckets = file.array(f"{kind}_buckets/{owner}").data
        self._slots = file.array(f"{kind}_slots/{owner}").data
        self._fingerprint = _fingerprint(len(self))

    def find(self, string: bytes) -> int:
        """Return the number of a string, -1 if there is none such."""
        hashed = crc32(string)
        buckets, fingerprint, offsets = self._buckets, self._fingerprint, self._offsets
        bucket = hashed % (len(buckets) - 1)
        mark = hashed & fingerprint
        first, last = buckets[bucket], buckets[bucket + 1]
        if not first <= last <= len(self._slots):
            raise ArrayFileDamaged("the slots of a bucket lie outside of it")
        for slot in self._slots[first:last]:
            if slot & fingerprint == mark:
                number: int = slot ^ mark
                if self.joined[offsets[number] : offsets[number + 1]] == string:
                    return number
        return -1


def _buckets(strings: int) -> int:
    return strings // _TO_A_BUCKET + 1


def _fingerprint(strings: int) -> int:
    """Return the bits of a slot that no string's number needs."""
    return (1 << _HASH_BITS) - (1 << strings.bit_length())
