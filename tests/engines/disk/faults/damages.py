"""Damage done to files in place: a bit, a page, a lost end, two files that changed places."""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

_PAGE = 4096

Damage = Callable[[Sequence[Path], Random], str]


def flip_bit(files: Sequence[Path], random: Random) -> str:
    """Flip one bit of one file."""
    path = random.choice([file for file in files if file.stat().st_size])
    content = bytearray(path.read_bytes())
    at, bit = random.randrange(len(content)), random.randrange(8)
    content[at] ^= 1 << bit
    path.write_bytes(content)
    return f"bit {bit} of byte {at} of {path.name}"


def zero_page(files: Sequence[Path], random: Random) -> str:
    """Write zeros over one page of one file that had something else there."""
    path = random.choice([file for file in files if file.stat().st_size])
    content = bytearray(path.read_bytes())
    pages = [at for at in range(0, len(content), _PAGE) if any(content[at : at + _PAGE])]
    at = random.choice(pages)
    content[at : at + _PAGE] = bytes(len(content[at : at + _PAGE]))
    path.write_bytes(content)
    return f"page at byte {at} of {path.name}"


def truncate(files: Sequence[Path], random: Random) -> str:
    """Take some of its end from one file."""
    path = random.choice([file for file in files if file.stat().st_size])
    size = random.randrange(path.stat().st_size)
    path.write_bytes(path.read_bytes()[:size])
    return f"{path.name} cut to {size} bytes"


def swap(files: Sequence[Path], random: Random) -> str:
    """Let two files that differ change places."""
    one, other = random.sample(files, 2)
    while one.read_bytes() == other.read_bytes():
        one, other = random.sample(files, 2)
    aside = one.with_name("aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    return f"{one.name} and {other.name} swapped"


DAMAGES: tuple[Damage, ...] = (flip_bit, zero_page, truncate, swap)
