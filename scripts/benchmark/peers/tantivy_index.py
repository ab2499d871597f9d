"""tantivy: one field with English stems, any of the words, one segment and one thread."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from benchmark.systems import Ask, System
from kbsearch.analysis.terms import stop_words

_HEAP = 512_000_000
"""Bytes for the one indexing thread: enough that no second segment comes about."""
_LONGEST = 40
"""Bytes of a word that `en_stem` keeps."""
_LONG_WORD = 6
"""Letters past which a word may be two edits off."""


def systems(texts: Iterable[str], folder: Path) -> list[System]:
    """Build the index, or open the one that is there."""
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("text", tokenizer_name="en_stem")
        .add_integer_field("number", fast=True)
        .build()
    )
    index = tantivy.Index(schema, path=str(folder))
    if not index.searcher().num_docs:
        _build(index, texts)
    queries = _Queries(index, schema)
    return [
        System("tantivy", queries.plain),
        System("tantivy, all counted", queries.counting),
        System("tantivy, no stops", queries.telling),
        System("tantivy fuzzy", queries.fuzzy, every=3),
        System("tantivy fuzzy, no stops", queries.fuzzy_telling, every=3, offset=1),
    ]


def _build(index: tantivy.Index, texts: Iterable[str]) -> None:
    writer = index.writer(_HEAP, 1)
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=text, number=number))
    writer.commit()
    writer.wait_merging_threads()


class _Queries:
    """Makes queries ready for one searcher."""

    def __init__(self, index: tantivy.Index, schema: tantivy.Schema) -> None:
        index.reload()
        self._searcher = index.searcher()
        self._schema = schema
        self._analyzer = (  # that of en_stem, which the index cannot be asked for
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.remove_long(_LONGEST))
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stemmer("english"))
            .build()
        )

    def plain(self, text: str) -> Ask:
        return self._ask([self._exact(term) for term in self._terms(text)])

    def counting(self, text: str) -> Ask:
        """As plain, but it also tells how many tickets match, as ours does."""
        return self._ask([self._exact(term) for term in self._terms(text)], count=True)

    def telling(self, text: str) -> Ask:
        return self.plain(_without_stop_words(text))

    def fuzzy(self, text: str) -> Ask:
        return self._ask([self._similar(term) for term in self._terms(text)])

    def fuzzy_telling(self, text: str) -> Ask:
        return self.fuzzy(_without_stop_words(text))

    def _terms(self, text: str) -> list[str]:
        return list(dict.fromkeys(self._analyzer.analyze(text)))

    def _exact(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", term, "freq")

    def _similar(self, term: str) -> tantivy.Query:
        edits = 2 if len(term) > _LONG_WORD else 1
        return tantivy.Query.fuzzy_term_query(self._schema, "text", term, edits)

    def _ask(self, words: list[tantivy.Query], *, count: bool = False) -> Ask:
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])

        def ask() -> list[int]:
            found = self._searcher.search(query, 10, count=count).hits
            places = [address for _, address in found]
            return [
                int(number or 0) for number in self._searcher.fast_field_values("number", places)
            ]

        return ask


def _without_stop_words(text: str) -> str:
    """Leave out what our own plan leaves out; a query of stop words alone stays as it is."""
    words = text.split()
    telling = [word for word in words if word.lower().strip(".,;:!?\"'()") not in stop_words()]
    return " ".join(telling or words)
