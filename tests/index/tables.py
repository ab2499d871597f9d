"""A small reader of the language tables, independent of the one in the product."""

import re
from typing import NamedTuple

from kbsearch.resources import resource

Row = dict[str, str]

HEADERS = {
    "apart.tsv": ("beginning", "term", "unlike"),
    "abbreviations.tsv": ("short", "long", "note"),
    "compounds.tsv": ("joined", "parts", "note"),
    "confusions.tsv": ("sound", "class", "who", "note"),
    "dialects.tsv": ("phrase", "also", "region", "also_region", "both", "weight", "note"),
    "look_alikes.tsv": ("pair", "how", "who", "example"),
    "family_names.tsv": ("name", "source"),
    "given_names.tsv": ("name", "source"),
    "mail_providers.tsv": ("domain", "provider"),
    "no_names.tsv": ("word", "what"),
    "personal_words.tsv": ("word", "what"),
    "message_columns.tsv": ("name", "part"),
    "open_statuses.tsv": ("status",),
    "quoted_mail.tsv": ("words", "what", "language"),
    "nothing.tsv": ("mark", "where"),
    "readings.tsv": ("word", "also", "region", "note"),
    "reply_marks.tsv": ("mark", "language"),
    "roles.tsv": ("word", "role"),
    "rules.tsv": ("pattern", "replacement", "least", "only", "except", "note"),
    "same_names.tsv": ("names", "note"),
    "small_words.tsv": ("word", "like", "note"),
    "sounds.tsv": ("pattern", "replacement", "note"),
    "spoken_letters.tsv": ("words", "letter", "strength", "alphabet"),
    "spoken_symbols.tsv": ("words", "spells", "sort", "note"),
    "statuses.tsv": ("name", "status"),
    "stopwords.tsv": ("word", "note"),
    "courtesies.tsv": ("phrase", "place"),
    "verdicts.tsv": ("verdict", "says"),
    "zones.tsv": ("name", "minutes", "where"),
    "variants.tsv": ("form", "canonical", "region"),
    "vendors.tsv": ("vendor", "format", "kind", "marks"),
    "vendor_columns.tsv": ("vendor", "format", "column", "field"),
    "vendor_values.tsv": ("vendor", "field", "value", "meaning"),
}
ORDERED = frozenset({"rules.tsv", "sounds.tsv", "vendor_columns.tsv"})
VENDORS = frozenset({"vendors.tsv", "vendor_columns.tsv", "vendor_values.tsv"})
REPEATING = VENDORS | {
    "personal_words.tsv",
    "courtesies.tsv",
    "dialects.tsv",
    "quoted_mail.tsv",
    "readings.tsv",
}
"""A word there has a row for each of its meanings, and a vendor for each of its exports."""


class Rule(NamedTuple):
    """One row of rules.tsv, ready to apply."""

    pattern: re.Pattern[str]
    replacement: str
    least: int
    only: tuple[str, ...]
    excepted: tuple[str, ...]


def text(name: str) -> str:
    """Return a table as it lies on disk."""
    return resource(f"index/{name}").read_bytes().decode("utf-8")


def cells(name: str) -> list[list[str]]:
    """Return the cells of every line, the header first."""
    return [line.split("\t") for line in text(name).split("\n")[:-1]]


def read(name: str) -> list[Row]:
    """Return the rows by the names of their columns."""
    header, *rows = cells(name)
    return [dict(zip(header, row, strict=True)) for row in rows]


def endings(cell: str) -> tuple[str, ...]:
    """Split a list of endings; `-` is the empty list."""
    return () if cell == "-" else tuple(cell.split(" "))


def rules() -> list[Rule]:
    """Return the spelling rules in their order."""
    return [
        Rule(
            re.compile(row["pattern"]),
            row["replacement"],
            int(row["least"]),
            endings(row["only"]),
            endings(row["except"]),
        )
        for row in read("rules.tsv")
    ]


def respell(word: str, among: list[Rule]) -> str:
    """Apply every rule once, as index/README.md describes."""
    for rule in among:
        for match in rule.pattern.finditer(word):
            stem = "^" + word[: match.start()]
            if match.start() < rule.least or stem.endswith(rule.excepted):
                continue
            if not rule.only or stem.endswith(rule.only):
                word = stem[1:] + match.expand(rule.replacement) + word[match.end() :]
                break
    return word
