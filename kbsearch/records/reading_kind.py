"""How a word of a query was read."""

from enum import StrEnum


class ReadingKind(StrEnum):
    """How a reading of a word came about, likeliest first."""

    EXACT = "exact"
    VARIANT = "variant"
    PREFIX = "prefix"
    COMPOUND = "compound"
    SPOKEN = "spoken"
    SYNONYM = "synonym"
    DIALECT = "dialect"
    SPELLING = "spelling"
    SOUND = "sound"
