"""What the person who runs the benchmark chose."""

from dataclasses import dataclass
from pathlib import Path

from benchmark.collection import Collection


@dataclass(frozen=True, slots=True)
class Options:
    """The same for every part.

    work     folder for indexes and copies; what is there is used again.
    runs     how often each part is measured; a figure is the median.
    queries  of each workload at most.
    adds     tickets added one by one.
    seconds  how long each rate is held over HTTP.
    rates    queries a second that are tried, rising.
    sizes    tickets of the growing collections.
    sample   tickets that Whoosh as shipped gets.
    """

    collection: Collection
    work: Path
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
