"""Measure tantivy: one field, any of the words, one segment and one thread."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import tantivy

from kbsearch.analysis.terms import stop_words
from kbsearch.engines.scoring.bm25 import idf
from measuring.dataset import TicketText
from measuring.peers.system import Ask, System, content_words

_HEAP = 512_000_000
"""Bytes for the one indexing thread: enough for a single segment."""
_LONGEST = 40
"""Bytes of a word that `en_stem` keeps."""
_LONG_WORD = 6
"""Letters past which a word may be two edits off."""
_MARKS = ".,;:!?\"'()"
_BOOST = 1.5
"""Of the word as it is typed: between 1, best on `natural` and `ukus`, and 2, on `misspelt`."""


def timed(tickets: Iterable[TicketText], folder: Path) -> list[System]:
    """Return it with English stems, exact and fuzzy, with stop words and without."""
    index = _Index(tickets, folder, "en_stem")
    terms = _stemmer()

    def plain(text: str, *, count: bool = False) -> Ask:
        return index.ask(map(index.exact, terms(text)), count=count)

    def fuzzy(text: str) -> Ask:
        return index.ask(
            index.fuzzy(term, 2 if len(term) > _LONG_WORD else 1) for term in terms(text)
        )

    return [
        System("tantivy", plain),
        System("tantivy, all counted", partial(plain, count=True)),
        System("tantivy, no stops", lambda text: plain(_without_stop_words(text))),
        System("tantivy fuzzy", fuzzy, 3),
        System("tantivy fuzzy, no stops", lambda text: fuzzy(_without_stop_words(text)), 3, 1),
    ]


def ranked(tickets: Iterable[TicketText], folder: Path) -> list[System]:
    """Return it with each word as it is typed, boosted, or with at most one edit.

    tantivy gives every word that is near the score 1. Here they count the idf of the typed word;
    that, and words without stems, are what does best on the noisy workloads.
    """
    index = _Index(tickets, folder, "default")

    def ways(word: str) -> Iterator[tantivy.Query]:
        yield tantivy.Query.boost_query(index.exact(word), _BOOST)
        yield tantivy.Query.boost_query(index.fuzzy(word, 1), index.idf(word))

    def ready(text: str) -> Ask:
        return index.ask(way for word in dict.fromkeys(content_words(text)) for way in ways(word))

    return [System("tantivy, fuzzy", ready)]


class _Index:
    """An index of texts; it is built if the folder has none."""

    def __init__(self, tickets: Iterable[TicketText], folder: Path, tokenizer: str) -> None:
        builder = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name=tokenizer)
        self._schema = builder.add_integer_field("number", fast=True).build()
        index = tantivy.Index(self._schema, path=str(folder))
        if not index.searcher().num_docs:
            writer = index.writer(_HEAP, 1)
            for number, ticket in enumerate(tickets):
                writer.add_document(tantivy.Document(text=ticket.text, number=number))
            writer.commit()
            writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def exact(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", term, "freq")

    def fuzzy(self, term: str, edits: int) -> tantivy.Query:
        return tantivy.Query.fuzzy_term_query(self._schema, "text", term, edits)

    def idf(self, term: str) -> float:
        """Return the idf as tantivy's BM25 counts it."""
        return idf(self._searcher.num_docs, self._searcher.doc_freq("text", term))

    def ask(self, words: Iterable[tantivy.Query], *, count: bool = False) -> Ask:
        """Make a query of any of the words ready; counted, it also finds how many match."""
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])

        def ask() -> list[int]:
            found = self._searcher.search(query, 10, count=count).hits
            places = [address for _, address in found]
            return [
                int(number or 0) for number in self._searcher.fast_field_values("number", places)
            ]

        return ask


def _stemmer() -> Callable[[str], Iterable[str]]:
    """Return the analyzer of `en_stem`, for which the index cannot be asked."""
    analyzer = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(_LONGEST))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
    return lambda text: dict.fromkeys(analyzer.analyze(text))


def _without_stop_words(text: str) -> str:
    """Leave out what our own plan leaves out; a query of stop words alone stays as it is."""
    words = text.split()
    kept = [word for word in words if word.lower().strip(_MARKS) not in stop_words()]
    return " ".join(kept or words)
