"""Where the surface words of an index lie: in its lexicon, and in the segments that are younger."""

from collections.abc import Sequence

from kbsearch.engines.array_file import ArrayFile, laid_out
from kbsearch.engines.inverted import WordCounts
from kbsearch.engines.joining import join_words
from kbsearch.engines.lexicon.layout import lexicon_arrays
from kbsearch.engines.lexicon.related import related_arrays
from kbsearch.engines.lexicon.rows import word_rows
from kbsearch.engines.relations import Sample
from kbsearch.engines.whoosh.committing import Adding
from kbsearch.engines.whoosh.manifest import PoolFile
from kbsearch.engines.whoosh.pool import new_id
from kbsearch.engines.whoosh.postings import Arrays

_WORDS = "words"
_COUNTS = "word_counts"


def word_arrays(words: WordCounts) -> Arrays:
    """Return the arrays of a segment that brings its own words."""
    return {_WORDS: "\n".join(words.words).encode(), _COUNTS: words.counts}


def words_of(file: ArrayFile) -> WordCounts:
    """Return the words that a segment brings. Raises ArrayFileDamaged if it brings none."""
    words = bytes(file.bytes(_WORDS)).decode()
    return WordCounts(words.split("\n") if words else [], file.array(_COUNTS))


def add_lexicon(adding: Adding, words: Sequence[WordCounts], samples: Sequence[Sample]) -> PoolFile:
    """Write the words of some segments as a lexicon to the pool.

    samples  of the documents of these segments: they tell which words are used alike.
    """
    together = join_words(words)
    rows = word_rows(together.words)
    arrays = lexicon_arrays(together, rows) | related_arrays(together, rows, samples)
    return adding.add(f"{new_id()}.lexicon", laid_out(arrays))
