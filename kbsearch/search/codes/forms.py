"""How else is a code written? In groups, with dots, without its zeros, or with an ending.

All codes are as they are filed: folded, without hyphens, underscores and colons.
"""

import re
from collections.abc import Iterator

from kbsearch.lexicon.codes import Codes

Form = tuple[str, ...]
"""A code, or the groups of one that are side by side."""

_LONGEST_DOTTED = 8
"""Characters of a code that may have one dot somewhere: "h.264", "802.1x"."""
_SERIAL = re.compile(r"(?=.*\d.*\d)(?=.*[a-z])[a-z0-9]{7,16}")
_LONG = re.compile(r"(?=.*\d)[a-z0-9]{8,}")
_GROUPS = (3, 4, 5, 6, 8)
"""Characters of a group in serial numbers, licence keys, account numbers, GUIDs."""
_BYTES = frozenset((12, 16))
"""Digits of a hardware address, which is also written byte by byte."""
_SHORTEST_HEX = 5
_LONGEST_NUMBER = 10
"""Digits of a number that may begin with zeros."""
_FEWEST_ZEROS = 2
"""One zero more or less is a slip: it makes another code, "ORA-01017" and "ORA-001017"."""
_HEX = re.compile(rf"(?=.*\d)[0-9a-f]{{{_SHORTEST_HEX},}}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3}){2,}")
_EQUAL_GROUPS = re.compile(r"(\d{3,})\.\d+\.\d+")
_PADDED = re.compile(r"([a-z]{1,6})(0*)([1-9]\d*)")
_PADDED_HEX = re.compile(r"0x([1-9a-f][0-9a-f]*)")
_HEX_DIGITS = 8
_SERIES = re.compile(r"[a-z]{1,4}\d{1,5}[a-z]{0,2}")
_AFTER_LETTERS = chr(ord("z") + 1)
_MOST_LONGER = 32
"""Codes that begin with a series, of which its models are picked."""
_ENDING = re.compile(r"[a-z]{2,}[a-z0-9.]*|[a-z]+\d[a-z0-9.]*")
_SHORT_ENDING = re.compile(r"[a-z]+\d[a-z0-9.]*")


def other_forms(code: str) -> Iterator[Form]:
    """Yield the other ways in which the very same code may be written.

    >>> [*other_forms("h264")][:3], [*other_forms("1048576")][:1]
    ([('h.264',), ('h2.64',), ('h26.4',)], [('1', '048', '576')])
    >>> [*other_forms("0011.2233.4455")][:1], ("0x8007045d",) in other_forms("8007045d")
    ([('001122334455',)], True)
    """
    bare = _without_dots(code)
    if bare != code:
        yield (bare,)
    if bare.isdigit():
        yield from _thousands(bare)
    elif "." not in code and len(code) <= _LONGEST_DOTTED:
        yield from ((f"{code[:at]}.{code[at:]}",) for at in range(1, len(code)))
    yield from _radix(code)
    if _LONG.fullmatch(bare):
        yield from (form for form in _grouped(bare) if form != (code,))
    yield from padded(code)


def notations(code: str) -> Iterator[str]:
    """Yield a code, and a hardware address also as others are filed.

    >>> [*notations("001a2b3c4d5e")], [*notations("pay4417")]
    (['001a2b3c4d5e', '001a.2b3c.4d5e'], ['pay4417'])
    """
    yield code
    bare = code.replace(".", "")
    if len(bare) in _BYTES and _HEX.fullmatch(bare):
        yield from {bare, ".".join(_cut(bare, 4))} - {code}


def padded(code: str) -> Iterator[Form]:
    """Yield a code with zeros before its number, or without them, two or more.

    >>> [form for form, in padded("inc412")][:2], [*padded("ora00942")]
    (['inc00412', 'inc000412'], [('ora942',)])
    """
    if match := _PADDED.fullmatch(code):
        letters, zeros, number = match.groups()
        if len(zeros) >= _FEWEST_ZEROS:
            yield (letters + number,)
        most = 0 if zeros else _LONGEST_NUMBER - len(number)
        yield from ((letters + "0" * more + number,) for more in range(_FEWEST_ZEROS, most + 1))
    elif match := _PADDED_HEX.fullmatch(code):
        zeros = "0" * (_HEX_DIGITS - len(match[1]))
        if len(zeros) >= _FEWEST_ZEROS:
            yield (f"0x{zeros}{match[1]}",)


def models(code: str, codes: Codes) -> Iterator[str]:
    """Yield the codes of an index that are a model of a series: M2040dn, of M2040.

    One letter more may be a slip, and a digit more makes another code.
    """
    if _SERIES.fullmatch(code):
        ending = _ENDING if code[-1].isdigit() else _SHORT_ENDING
        lettered = codes.between(f"{code}a", f"{code}{_AFTER_LETTERS}", _MOST_LONGER)
        yield from (one for one in lettered if ending.fullmatch(one, len(code)))


def irregular_groups(code: str) -> Iterator[Form]:
    """Yield a serial number in two or three groups of any length: "4C1 33 982".

    >>> [*irregular_groups("4c133982")][:1], [*irregular_groups("10023982")]
    ([('4c', '133982')], [])
    """
    if not _SERIAL.fullmatch(code):
        return
    last = len(code) - 2
    for first in range(2, last + 1):
        yield code[:first], code[first:]
        yield from ((code[:first], code[first:at], code[at:]) for at in range(first + 2, last + 1))


def _without_dots(code: str) -> str:
    """Return a code without its dots, as it is if they make it another: "10.2.1" is not "1021"."""
    bare = code.replace(".", "")
    if not bare.isdigit() or _THOUSANDS.fullmatch(code):
        return bare
    sizes = {len(group) for group in code.split(".")}
    return bare if _EQUAL_GROUPS.fullmatch(code) and len(sizes) == 1 else code


def _radix(code: str) -> Iterator[Form]:
    if _HEX.fullmatch(code):
        yield (f"0x{code}",)
    elif code.startswith("0x") and _HEX.fullmatch(code, 2):
        yield (code[2:],)


def _thousands(number: str) -> Iterator[Form]:
    groups = _from_the_end(number)
    if len(groups) > 1 and number[0] != "0":
        yield groups
    if len(groups) > 2:
        yield (".".join(groups),)


def _from_the_end(number: str) -> Form:
    first = len(number) % 3
    return tuple(filter(None, (number[:first], *_cut(number[first:], 3))))


def _grouped(code: str) -> Iterator[Form]:
    sizes = (2, *_GROUPS) if len(code) in _BYTES and _HEX.fullmatch(code) else _GROUPS
    for groups in (_cut(code, size) for size in sizes if size < len(code)):
        yield (".".join(groups),)
        yield groups


def _cut(code: str, size: int) -> Form:
    return tuple(code[at : at + size] for at in range(0, len(code), size))
