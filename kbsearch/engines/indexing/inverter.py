"""From the texts of tickets to arrays of postings, many tickets at a time.

A chunk is analysed when it is first met; from then on it is a number, and what happens to every
token of every ticket happens to whole arrays. `document.index_tokens` does the same one ticket at
a time; the tests compare the two.
"""

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.analysis.marks import unmarked
from kbsearch.analysis.tokens import CHUNK
from kbsearch.engines.indexing.document import (
    KEPT_VALUES,
    SECTION_GAP,
    WEIGHTS,
    Extract,
    column_value,
)
from kbsearch.engines.indexing.token_cache import NONE, TermIds, TokenIdCache
from kbsearch.inverted.documents import HEAVIEST, FieldPostings, InvertedDocuments, WordCounts
from kbsearch.inverted.field import Field
from kbsearch.inverted.positions import encode_all

_TENTHS = np.array([round(weight * 10) for weight in WEIGHTS.values()], np.uint8)
_MOST_CHUNKS = 400_000
"""Chunks after which the next lot of tickets begins again; so many take some 150 MB."""


class Inverter:
    """Inverts one lot of tickets after the other, and remembers how each chunk is filed."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._memo = TokenIdCache()

    def invert(self, extracts: Sequence[Extract]) -> InvertedDocuments:
        """Return these tickets, at most MOST_DOCUMENTS, numbered in this order."""
        if len(self._memo.ends) > _MOST_CHUNKS:
            self._memo = TokenIdCache()
        tokens = _tokens(self._memo, extracts)
        lengths, fields = {}, {}
        for field, filing in self._memo.filings.items():
            filed = _filed(tokens, filing)
            lengths[field] = _lengths(filed, len(extracts))
            fields[field] = _postings(filed, filing, field is Field.TEXT)
        return InvertedDocuments(
            ids=np.array([extract.id for extract in extracts], np.int64),
            revisions=np.array([extract.revision for extract in extracts], np.int64),
            created=np.array([extract.created for extract in extracts], np.int64),
            lengths=lengths,
            columns={
                name: [column_value(extract.values[place]) for extract in extracts]
                for place, name in enumerate(KEPT_VALUES)
            },
            fields=fields,
            words=_word_counts(_filed(tokens, self._memo.words), self._memo.words),
        )


class _Sections(NamedTuple):
    """The texts of some tickets: arrays of shape (sections,), except for the first.

    chunks     int32, (chunks,): the numbers of all chunks, in order.
    sizes      int64: how many of them each text has.
    documents  int32: the document of each text, ascending.
    tenths     uint8: how much each text weighs.
    """

    chunks: NDArray[np.int32]
    sizes: NDArray[np.int64]
    documents: NDArray[np.int32]
    tenths: NDArray[np.uint8]


class _Tokens(NamedTuple):
    """Tokens in order: arrays of shape (tokens,).

    numbers    int32: the number of each token's form, or of its name in a filing.
    documents  int32.
    positions  int32: within the document.
    tenths     uint8.
    """

    numbers: NDArray[np.int32]
    documents: NDArray[np.int32]
    positions: NDArray[np.int32]
    tenths: NDArray[np.uint8]


def _cut(memo: TokenIdCache, extracts: Sequence[Extract]) -> _Sections:
    number = memo.__getitem__
    chunks, sizes, documents, weights = array("i"), array("q"), array("i"), array("i")
    for document, extract in enumerate(extracts):
        for weight, text in enumerate(extract.texts):
            if text:
                found = CHUNK.findall(unmarked(text))
                chunks.extend(map(number, found))
                sizes.append(len(found))
                documents.append(document)
                weights.append(weight)
    return _Sections(
        np.array(chunks, np.int32),
        np.array(sizes, np.int64),
        np.array(documents, np.int32),
        _TENTHS[np.array(weights, np.int32)],
    )


def _tokens(memo: TokenIdCache, extracts: Sequence[Extract]) -> _Tokens:
    sections = _cut(memo, extracts)
    form_ends = np.array(memo.ends, np.int32)
    counts = np.diff(form_ends)[sections.chunks]
    token_ends = _sums(counts)
    # Numbers of 32 bits throughout: these arrays are the most memory that inverting takes.
    places = np.repeat((form_ends[sections.chunks] - token_ends[:-1]).astype(np.int32), counts)
    places += np.arange(places.size, dtype=np.int32)
    ends = token_ends[_sums(sections.sizes)]
    sizes = np.diff(ends)
    return _Tokens(
        np.array(memo.forms, np.int32)[places],
        np.repeat(sections.documents, sizes),
        _positions(np.array(memo.steps, np.int8)[places], ends, sections.documents),
        np.repeat(sections.tenths, sizes),
    )


def _positions(
    steps: NDArray[np.int8], ends: NDArray[np.int64], documents: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Return the position of each token, as `index_tokens` counts them.

    steps      (tokens,).
    ends       (sections + 1,): the tokens of section s are `ends[s] : ends[s + 1]`.
    documents  (sections,), ascending.
    """
    walked = np.zeros(steps.size + 1, np.int32)
    np.cumsum(steps, out=walked[1:])
    before = walked[ends[:-1]]
    lasts = np.maximum(walked[ends[1:]] - before - 1, 0)
    bases = _sums(lasts + SECTION_GAP)[:-1]
    firsts = np.flatnonzero(np.diff(documents, prepend=NONE))
    bases -= np.repeat(bases[firsts], np.diff(firsts, append=documents.size))
    found = walked[1:]
    found += np.repeat((bases - before - 1).astype(np.int32), np.diff(ends))
    return found


def _filed(tokens: _Tokens, filing: TermIds) -> _Tokens:
    """Return the tokens that are filed here, each with the number of its name."""
    numbers = np.array(filing.of_forms, np.int32)[tokens.numbers]
    kept = np.flatnonzero(numbers != NONE)
    if kept.size == numbers.size:
        return tokens._replace(numbers=numbers)
    return _Tokens(
        numbers[kept], tokens.documents[kept], tokens.positions[kept], tokens.tenths[kept]
    )


def _lengths(tokens: _Tokens, documents: int) -> NDArray[np.uint32]:
    return np.bincount(tokens.documents, tokens.tenths, documents).astype(np.uint32)


def _postings(tokens: _Tokens, filing: TermIds, placed: bool) -> FieldPostings:
    """Return the postings of the tokens; their positions as well if they are to be `placed`."""
    names, ranks = _ranked(tokens.numbers, filing.names)
    keys = ranks.astype(np.uint64) << np.uint64(32)
    keys |= np.arange(keys.size, dtype=np.uint64)
    keys.sort()
    order = keys.astype(np.uint32)  # the lower half
    keys ^= order
    keys |= tokens.documents[order].astype(np.uint64)
    firsts = _first_of_each(keys)
    held = keys[firsts]
    starts = np.searchsorted(held, np.arange(len(names) + 1, dtype=np.uint64) << np.uint64(32))
    tenths = np.add.reduceat(tokens.tenths[order], firsts, dtype=np.uint32)
    places, place_starts = np.empty(0, np.uint8), np.zeros(starts.size, np.int64)
    if placed:
        ends = np.append(firsts, keys.size)
        places, ends = encode_all(tokens.positions[order], ends)
        place_starts = ends[starts]
    return FieldPostings(
        terms=names,
        starts=starts,
        documents=held.astype(np.uint32).astype(np.int32),
        tenths=np.minimum(tenths, HEAVIEST).astype(np.uint8),
        places=places,
        place_starts=place_starts,
    )


def _word_counts(tokens: _Tokens, filing: TermIds) -> WordCounts:
    names, ranks = _ranked(tokens.numbers, filing.names)
    keys = ranks.astype(np.uint64) << np.uint64(32) | tokens.documents.astype(np.uint64)
    keys.sort()
    words = keys[_first_of_each(keys)] >> np.uint64(32)
    counts = np.bincount(words.astype(np.intp), minlength=len(names))
    return WordCounts([name.decode() for name in names], counts.astype(np.uint32))


def _ranked(
    numbers: NDArray[np.int32], names: Sequence[str]
) -> tuple[list[bytes], NDArray[np.int32]]:
    """Return the names that occur, ascending, and the place of each number's name among them."""
    occurs = np.zeros(len(names), np.bool_)
    occurs[numbers] = True
    # Characters sort as their UTF-8 does, and quicker.
    ascending = sorted(np.flatnonzero(occurs).tolist(), key=names.__getitem__)
    places = np.empty(len(names), np.int32)
    places[ascending] = np.arange(len(ascending))
    return [names[number].encode() for number in ascending], places[numbers]


def _first_of_each(keys: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return where in the sorted keys another one begins."""
    differs = np.ones(keys.size, np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=differs[1:])
    return np.flatnonzero(differs)


def _sums(sizes: NDArray[np.signedinteger]) -> NDArray[np.int64]:
    """Return the sum of all before each, and last of all the sum of all: one more than given."""
    sums = np.zeros(sizes.size + 1, np.int64)
    np.cumsum(sizes, out=sums[1:])
    return sums
