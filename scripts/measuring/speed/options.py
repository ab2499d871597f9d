"""Hold what the person who runs the benchmark chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring.dataset import Dataset


@dataclass(frozen=True, slots=True)
class SpeedOptions:
    """The same for every part; `scripts/bench --help` explains each."""

    collection: Dataset
    work: Path
    only: Sequence[str]
    json: Path | None
    runs: int
    queries: int
    adds: int
    seconds: float
    rates: tuple[int, ...]
    sizes: tuple[int, ...]
    sample: int

    @property
    def home(self) -> Path:
        """The data folder of ours with the whole collection."""
        return self.work / "kbsearch"
