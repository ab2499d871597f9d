"""The other systems that are installed here."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from quality_measure.peers.system import System
from quality_measure.tickets import Tickets

SYSTEMS = {
    "bm25s_corrected": ("bm25s", "Stemmer", "symspellpy"),
    "tantivy_fuzzy": ("tantivy",),
    "sqlite_trigrams": (),
}
"""Module in this folder -> the libraries that it needs; those of the `bench` group."""


def missing() -> list[str]:
    """Return the libraries that are not installed."""
    needed = [library for libraries in SYSTEMS.values() for library in libraries]
    return [library for library in needed if find_spec(library) is None]


def installed(tickets: Tickets, work: Path) -> list[System]:
    """Return the systems whose libraries are here, over indexes made in `work`."""
    absent = set(missing())
    found: list[System] = []
    for name, libraries in SYSTEMS.items():
        if absent.isdisjoint(libraries):
            folder = work / name
            folder.mkdir()
            found += import_module(f"quality_measure.peers.{name}").systems(tickets, folder)
    return found
