"""Find the peers that are installed here."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from measuring.dataset import Dataset
from measuring.peers.system import System

PEERS = {
    "bm25s_index": ("bm25s", "Stemmer", "numba", "symspellpy"),
    "tantivy_index": ("tantivy",),
    "sqlite_fts": (),
}
"""Module in this folder -> the libraries that it needs; those of the `bench` group."""


def missing_note() -> list[str]:
    """Return a sentence that names the libraries that are not installed, if there are any."""
    absent = [name for needed in PEERS.values() for name in needed if find_spec(name) is None]
    return [f"Not measured, as not installed: {', '.join(absent)}."] if absent else []


def installed(
    measured: Literal["timed", "ranked"], dataset: Dataset, work: Path
) -> Iterator[System]:
    """Yield the systems whose libraries are here, over indexes kept in `work`.

    measured  the speed or the relevance: which function of each module makes its systems.
    """
    for name, libraries in PEERS.items():
        if all(map(find_spec, libraries)):
            peer = import_module(f"measuring.peers.{name}")
            folder = work / name
            folder.mkdir(parents=True, exist_ok=True)
            yield from getattr(peer, measured)(dataset.tickets(), folder)
