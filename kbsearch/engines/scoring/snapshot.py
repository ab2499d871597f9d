"""An index as it was at one moment, of segments that are scored as arrays."""

from collections.abc import Sequence
from functools import partial

from kbsearch.engines.scoring.collection import Collection
from kbsearch.engines.scoring.segment_lookup import Segment
from kbsearch.inverted.documents import WordCounts
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.lexicon.table import WordTable
from kbsearch.records.index_state import IndexState


class Snapshot(Collection):
    """An `IndexSnapshot`."""

    def __init__(
        self, segments: Sequence[Segment], words: WordTable, added: WordCounts, state: IndexState
    ) -> None:
        """Join the segments, and the words that the lexicon was built with with those added."""
        super().__init__(segments)
        self.state = state
        count = self.term_counter()
        of_term, of_form = partial(count, Field.TEXT), partial(count, Field.FORM)
        self.lexicon = Lexicon(words, added, of_term, of_form, self.codes())
