"""bm25s with English stop words and Snowball stems, as it is and behind symspellpy."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray
from symspellpy import SymSpell, Verbosity

from quality_measure.peers.system import System, words
from quality_measure.tickets import Tickets
from quality_measure.workloads import ARTICLES, NOISY

NAME = "bm25s"
_K1, _B = 1.5, 0.75
_EDITS = 2
_LEAST = 20
"""How often the tickets have a word that counts as known. Their writers misspell words too, so that
many a misspelling would be known; of 1, 2, 5, 10, 20 and 50 this is best on most workloads."""


def systems(tickets: Tickets, _: Path) -> list[System]:
    """Build the index and the dictionary, both in memory."""
    index = bm25s.BM25(k1=_K1, b=_B)
    index.index(_tokens(tickets.texts), show_progress=False)
    correct = corrector(tickets.texts)
    articles = np.array(tickets.articles, dtype=np.float32)

    def corrected(text: str) -> list[int]:
        return _best(index, correct(text), None)

    return [
        System(NAME, lambda text: _best(index, text, None), ("clean", "knownitem", *NOISY)),
        System(NAME, lambda text: _best(index, text, articles), (ARTICLES,)),
        System("symspellpy + bm25s", corrected),
    ]


def corrector(texts: Sequence[str], least: int = _LEAST) -> Callable[[str], str]:
    """Return what puts the nearest known word, of equally near ones the most frequent, for others.

    texts  what the known words and their counts are taken from.
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


def _tokens(texts: Sequence[str]) -> bm25s.tokenization.Tokenized:
    stemmer = Stemmer.Stemmer("english")
    return bm25s.tokenize(list(texts), stemmer=stemmer, show_progress=False)


def _best(index: bm25s.BM25, text: str, mask: NDArray[np.float32] | None) -> list[int]:
    numbers, _ = index.retrieve(_tokens([text]), k=10, weight_mask=mask, show_progress=False)
    return [int(number) for number in numbers[0]]
