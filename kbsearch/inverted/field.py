"""The kinds of terms that an index keeps apart."""

from enum import StrEnum


class Field(StrEnum):
    """The three kinds of terms that an index keeps apart.

    TEXT  words by their stems, and codes; the one field that keeps positions.
    FORM  words as they are spelt.
    CODE  codes.
    """

    TEXT = "text"
    FORM = "form"
    CODE = "code"

    __hash__ = str.__hash__  # that of an Enum is made in Python, and fields are in many keys
