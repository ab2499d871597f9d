"""bm25s: scores made when indexing, English stop words, Snowball stems; with and without numba."""

from collections.abc import Iterable
from pathlib import Path

import bm25s
import Stemmer

from benchmark.systems import Ask, System


def systems(texts: Iterable[str], folder: Path) -> list[System]:
    """Build the index, or load the one that is there."""
    if not any(folder.iterdir()):
        tokens = bm25s.tokenize(list(texts), stemmer=_stemmer(), show_progress=False)
        built = bm25s.BM25()
        built.index(tokens, show_progress=False)
        built.save(str(folder))
    plain = bm25s.BM25.load(str(folder))
    compiled = bm25s.BM25.load(str(folder))
    compiled.backend = "numba"
    compiled.activate_numba_scorer()
    return [_system("bm25s", plain), _system("bm25s, numba", compiled)]


def _system(name: str, index: bm25s.BM25) -> System:
    stemmer = _stemmer()

    def ready(text: str) -> Ask:
        tokens = bm25s.tokenize([text], stemmer=stemmer, show_progress=False)

        def ask() -> list[int]:
            numbers, _ = index.retrieve(tokens, k=10, show_progress=False)
            return [int(number) for number in numbers[0]]

        return ask

    return System(name, ready)


def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
