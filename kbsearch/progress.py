"""The stages of long work, by the same names in bars, logs and timings."""

from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    """A step of importing or indexing."""

    READING = "reading"
    ANALYSING = "analysing"
    WRITING = "writing"
    SWAPPING = "swapping"


class Progress(Protocol):
    """Told how far a stage is; `total` is None while nobody knows."""

    def __call__(self, stage: Stage, done: int, total: int | None) -> None:
        """Take note; called often, so it must be quick."""


def silent(stage: Stage, done: int, total: int | None) -> None:
    """Tell nobody."""
