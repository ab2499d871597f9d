"""Where the surface words of an index lie: in its lexicon, and in the segments that are younger."""

from collections.abc import Sequence

from kbsearch.engines.disk.generations.committing import StagedFiles
from kbsearch.engines.disk.generations.manifest import PoolFile
from kbsearch.engines.disk.generations.pool import new_id
from kbsearch.engines.disk.segment.postings import Arrays
from kbsearch.inverted.array_file import ArrayFile, laid_out
from kbsearch.inverted.documents import WordCounts
from kbsearch.inverted.merge import join_words
from kbsearch.lexicon.layout import lexicon_arrays
from kbsearch.lexicon.rows import word_rows

_WORDS = "words"
_COUNTS = "word_counts"


def word_arrays(words: WordCounts) -> Arrays:
    """Return the arrays of a segment that brings its own words."""
    return {_WORDS: "\n".join(words.words).encode(), _COUNTS: words.counts}


def words_of(file: ArrayFile) -> WordCounts:
    """Return the words that a segment brings. Raises ArrayFileDamaged if it brings none."""
    words = bytes(file.bytes(_WORDS)).decode()
    return WordCounts(words.split("\n") if words else [], file.array(_COUNTS))


def add_lexicon(adding: StagedFiles, words: Sequence[WordCounts]) -> PoolFile:
    """Write the words of some segments as a lexicon to the pool."""
    together = join_words(words)
    arrays = lexicon_arrays(together, word_rows(together.words))
    return adding.add(f"{new_id()}.lexicon", laid_out(arrays))
