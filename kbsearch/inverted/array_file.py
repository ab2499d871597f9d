"""Named arrays in one file, laid out so that they are mapped and never copied.

The file begins with a magic number; the arrays follow, each at a multiple of 64 bytes and little
endian; after them stands a directory in JSON, and last of all where that begins and how long it
is. Nothing in it is executed, as a pickle would be.
"""

import json
import struct
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

MAGIC = b"kbsarr01"
_ALIGNMENT = 64
_TRAILER = struct.Struct("<QQ8s")
_KINDS = {"|u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f4", "|b1"}

Array = NDArray[Any]


class ArrayFileDamaged(ValueError):
    """A file that is no file of arrays, or no whole one."""


class _Place(NamedTuple):
    kind: str
    offset: int
    size: int

    @property
    def end(self) -> int:
        return self.offset + self.size * np.dtype(self.kind).itemsize


def laid_out(arrays: Mapping[str, Array | bytes]) -> Iterator[bytes | memoryview]:
    """Yield what a file of these arrays consists of, piece by piece.

    arrays  one-dimensional, of whole numbers, truth values or 32-bit floats; bytes are stored as
            an array of single bytes.

    Raises ValueError for an array of another kind or shape.
    """
    yield MAGIC
    written = len(MAGIC)
    directory = {}
    for name, array in arrays.items():
        flat = _flat(name, array)
        padding = -written % _ALIGNMENT
        yield bytes(padding)
        written += padding
        directory[name] = _Place(flat.dtype.str, written, flat.size)
        yield flat.data.cast("B") if flat.size else b""
        written += flat.nbytes
    listed = json.dumps(directory, separators=(",", ":")).encode()
    yield listed
    yield _TRAILER.pack(written, len(listed), MAGIC)


class ArrayFile:
    """The arrays of a file, as views of the buffer that holds it."""

    def __init__(self, buffer: bytes | memoryview) -> None:
        """Read the directory. Raises ArrayFileDamaged."""
        self._buffer = memoryview(buffer)
        self._places = _directory(self._buffer)

    def __contains__(self, name: str) -> bool:
        """Tell whether there is an array of this name."""
        return name in self._places

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the arrays, in the order of the file."""
        return tuple(self._places)

    def array(self, name: str) -> Array:
        """Return an array, read-only, without copying. Raises ArrayFileDamaged if it is lost."""
        try:
            place = self._places[name]
        except KeyError:
            raise ArrayFileDamaged(f"it has no {name}") from None
        return np.frombuffer(self._buffer, place.kind, place.size, place.offset)

    def bytes(self, name: str) -> memoryview:
        """Return an array of single bytes as such. Raises ArrayFileDamaged if it is lost."""
        return self.array(name).data.cast("B")


def _flat(name: str, array: Array | bytes) -> Array:
    if isinstance(array, bytes):
        return np.frombuffer(array, np.uint8)
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    if little.ndim != 1 or little.dtype.str not in _KINDS:
        raise ValueError(f"{name} is {array.ndim}-dimensional, of {array.dtype}")
    return np.ascontiguousarray(little)


def _directory(buffer: memoryview) -> dict[str, _Place]:
    try:
        start, size, magic = _TRAILER.unpack(buffer[-_TRAILER.size :])
        if magic != MAGIC or buffer[: len(MAGIC)] != MAGIC:
            raise ArrayFileDamaged("it is no file of arrays")
        listed = json.loads(bytes(buffer[start : start + size]))
        places = {name: _Place(*place) for name, place in listed.items()}
    except (struct.error, ValueError, TypeError, AttributeError) as error:
        raise ArrayFileDamaged(f"its directory cannot be read ({error})") from error
    for name, place in places.items():
        if place.kind not in _KINDS or place.end > start:
            raise ArrayFileDamaged(f"{name} lies outside of it")
    return places
