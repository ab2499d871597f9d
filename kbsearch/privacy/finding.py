"""One piece of personal data in a text."""

from enum import StrEnum, auto
from typing import NamedTuple


class Kind(StrEnum):
    """What a piece of personal data is; `id` is a number after a word such as passport."""

    CARD = auto()
    IBAN = auto()
    ACCOUNT = auto()
    EMAIL = auto()
    PHONE = auto()
    NATIONAL_ID = auto()
    IP = auto()
    MAC = auto()
    ADDRESS = auto()
    PASSWORD = auto()
    ID = auto()
    NAME = auto()


class Finding(NamedTuple):
    """`text[start:end]` is personal data, and `mark` is written in its place."""

    start: int
    end: int
    kind: Kind
    mark: str
