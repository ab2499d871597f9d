"""Measure bm25s: English stop words, Snowball stems; with numba, and after symspellpy."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray
from symspellpy import SymSpell, Verbosity

from measuring.dataset import ARTICLES, NOISY, TicketText
from measuring.peers.system import Ask, System, words

NAME = "bm25s"
_STEMMER = Stemmer.Stemmer("english")
_EDITS = 2
_LEAST = 20
"""How often the tickets have a known word. Their authors misspell too, so a smaller number makes
misspellings known; of 1, 2, 5, 10, 20 and 50 this is best on most workloads."""


def timed(tickets: Iterable[TicketText], folder: Path) -> list[System]:
    """Return it with numpy and with numba, over one index, built if the folder has none."""
    if not any(folder.iterdir()):
        _build([ticket.text for ticket in tickets]).save(str(folder))
    plain, compiled = (bm25s.BM25.load(str(folder)) for _ in range(2))
    compiled.backend = "numba"
    compiled.activate_numba_scorer()
    return [System(NAME, _ready(plain)), System("bm25s, numba", _ready(compiled))]


def ranked(tickets: Iterable[TicketText], _: Path) -> list[System]:
    """Return it as it is, for help articles alone, and after a correction of the query."""
    listed = list(tickets)
    texts = [ticket.text for ticket in listed]
    index = _build(texts)
    articles = np.array([ticket.is_article for ticket in listed], dtype=np.float32)
    ready, correct = _ready(index), corrector(texts)
    return [
        System(NAME, ready, workloads=("clean", "knownitem", *NOISY)),
        System(NAME, _ready(index, articles), workloads=(ARTICLES,)),
        System("symspellpy + bm25s", lambda text: ready(correct(text))),
    ]


def corrector(texts: Sequence[str], least: int = _LEAST) -> Callable[[str], str]:
    """Return what replaces each unknown word by the nearest known one, by frequency among equals.

    texts  the source of the known words and their counts.
    least  how often a known word occurs.
    """
    counts = Counter(chain.from_iterable(map(words, texts)))
    speller = SymSpell(max_dictionary_edit_distance=_EDITS)
    for word, count in counts.items():
        if count >= least:
            speller.create_dictionary_entry(word, count)

    def corrected(word: str) -> str:
        if word in speller.words or word.isdigit():
            return word
        found = speller.lookup(word, Verbosity.TOP, max_edit_distance=_EDITS)
        return str(found[0].term) if found else word

    return lambda text: " ".join(map(corrected, words(text)))


def _build(texts: Sequence[str]) -> bm25s.BM25:
    index = bm25s.BM25(k1=1.5, b=0.75)
    index.index(_tokens(texts), show_progress=False)
    return index


def _ready(index: bm25s.BM25, mask: NDArray[np.float32] | None = None) -> Callable[[str], Ask]:
    def ready(text: str) -> Ask:
        tokens = _tokens([text])

        def ask() -> list[int]:
            numbers, _ = index.retrieve(tokens, k=10, weight_mask=mask, show_progress=False)
            return [int(number) for number in numbers[0]]

        return ask

    return ready


def _tokens(texts: Sequence[str]) -> bm25s.tokenization.Tokenized:
    return bm25s.tokenize(list(texts), stemmer=_STEMMER, show_progress=False)
