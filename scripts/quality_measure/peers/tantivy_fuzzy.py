"""tantivy: each word as it is typed, boosted, or with at most one edit.

tantivy gives every word that is near the score 1. Here they count the idf of the typed word; that,
and words without stems, are what does best on the noisy workloads.
"""

import math
from pathlib import Path

import tantivy

from quality_measure.peers.system import System, telling
from quality_measure.tickets import Tickets

_BOOST = 1.5
"""Of the word as it is typed: between 1, best on `natural` and `ukus`, and 2, on `misspelt`."""
_EDITS = 1
_HEAP = 512_000_000
"""Bytes for the one indexing thread."""


def systems(tickets: Tickets, folder: Path) -> list[System]:
    """Build the index."""
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("text", tokenizer_name="default")
        .add_integer_field("number", fast=True)
        .build()
    )
    index = tantivy.Index(schema, path=str(folder))
    _build(index, tickets)
    searcher = index.searcher()

    def ways(word: str) -> list[tantivy.Query]:
        exact = tantivy.Query.term_query(schema, "text", word, "freq")
        fuzzy = tantivy.Query.fuzzy_term_query(schema, "text", word, _EDITS)
        rare = idf(searcher.num_docs, searcher.doc_freq("text", word))
        return [tantivy.Query.boost_query(exact, _BOOST), tantivy.Query.boost_query(fuzzy, rare)]

    def answer(text: str) -> list[int]:
        words = dict.fromkeys(telling(text))
        asked = [(tantivy.Occur.Should, way) for word in words for way in ways(word)]
        hits = searcher.search(tantivy.Query.boolean_query(asked), 10, count=False).hits
        numbers = searcher.fast_field_values("number", [address for _, address in hits])
        return [int(number or 0) for number in numbers]

    return [System("tantivy, fuzzy", answer)]


def idf(tickets: int, holding: int) -> float:
    """Return how much a word tells, as tantivy's BM25 counts it.

    >>> round(idf(1000, 1), 2), round(idf(1000, 900), 2)
    (6.5, 0.11)
    """
    return math.log1p((tickets - holding + 0.5) / (holding + 0.5))


def _build(index: tantivy.Index, tickets: Tickets) -> None:
    writer = index.writer(_HEAP, 1)
    for number, text in enumerate(tickets.texts):
        writer.add_document(tantivy.Document(text=text, number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
