"""The peers that are installed here."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from benchmark.collection import Collection
from benchmark.systems import System

PEERS = {
    "tantivy_index": ("tantivy",),
    "bm25s_index": ("bm25s", "Stemmer", "numba"),
    "sqlite_fts": (),
}
"""Module in this folder -> the libraries that it needs; those of the `bench` group."""


def missing() -> list[str]:
    """Return the libraries that are not installed."""
    needed = [library for libraries in PEERS.values() for library in libraries]
    return [library for library in needed if find_spec(library) is None]


def installed(collection: Collection, work: Path) -> list[System]:
    """Return the systems whose libraries are here, over indexes kept in `work`."""
    absent = set(missing())
    found: list[System] = []
    for name, libraries in PEERS.items():
        if absent.isdisjoint(libraries):
            peer = import_module(f"benchmark.peers.{name}")
            folder = work / name
            folder.mkdir(parents=True, exist_ok=True)
            found += peer.systems(collection.texts(), folder)
    return found
