"""The ways in which people write the groups of a number."""

from collections.abc import Iterator

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
GAPS = {
    "one space": " ",
    "two spaces": "  ",
    "dash": "-",
    "en dash": "\u2013",
    "dot": ".",
    "slash": "/",
    "underscore": "_",
    "no-break space": "\u00a0",
    "narrow no-break space": "\u202f",
    "entity": "&nbsp;",
    "zero width": "\u200b",
}
LINE_ENDS = {"line": "\n", "windows line": "\r\n", "quoted": "\n> ", "quoted windows": "\r\n> "}


def forms(*groups: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each form, and the number in it."""
    for name, gap in GAPS.items():
        yield name, gap.join(groups)
    number, spaced = "".join(groups), " ".join(groups)
    yield "full width", number.translate(_WIDE)
    yield "full width groups", spaced.translate(_WIDE)
    yield "arabic", spaced.translate(_ARABIC)
    yield "devanagari", spaced.translate(_DEVANAGARI)
    yield "digit by digit", " ".join(number)
    yield "together", number
    half = len(groups) // 2
    for name, line_end in LINE_ENDS.items():
        yield name, f"{' '.join(groups[:half])}{line_end}{' '.join(groups[half:])}"
