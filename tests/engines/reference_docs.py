"""Papers as a segment of arrays, and the papers and plans that hypothesis draws."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from kbsearch.engines.plan import Clause, Phrase, Plan, Reading
from kbsearch.inverted.field import Field
from kbsearch.inverted.positions import encode
from kbsearch.inverted.posting_lists import Chosen, Floats, Mask, Postings
from kbsearch.records.filters import Filters
from kbsearch.records.reading_kind import ReadingKind
from tests.engines.reference import Bag, Paper

TERMS = ("ink", "jam", "net", "log")
PRODUCTS = ("Tallyfold", "Mailthrush")
WEIGHTS = st.sampled_from((0.2, 0.5, 0.8, 1.0, 1.3, 2.6, 7.0))


class PaperSegment:
    """Papers as arrays; see `segments.Segment`. `asked` are the phrases that were looked for."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self.ids: NDArray[np.int64] = np.array([paper.ticket_id for paper in papers], np.int64)
        self.alive: Mask = np.array([paper.alive for paper in papers], np.bool_)
        self.asked: list[Phrase] = []

    def count(self, field: Field, term: str) -> int:
        return sum((field, term) in paper.bag for paper in self._papers)

    def codes(self, first: str, end: str) -> Iterator[str]:
        return (code for code in self.codes_ending("") if first <= code < end)

    def codes_ending(self, suffix: str) -> Iterator[str]:
        codes = {term for paper in self._papers for field, term in paper.bag if field is Field.CODE}
        return iter(sorted(code for code in codes if code.endswith(suffix)))

    def postings(self, field: Field, term: str) -> Postings:
        held = [
            (number, paper.bag[field, term])
            for number, paper in enumerate(self._papers)
            if (field, term) in paper.bag
        ]
        documents, weights = zip(*held, strict=True) if held else ((), ())
        return Postings(np.array(documents, np.intp), np.array(weights, np.float32))

    def lengths(self, field: Field) -> Floats:
        return np.array([paper.length(field) for paper in self._papers], np.float32)

    def holding(self, phrase: Phrase) -> Postings:
        self.asked.append(phrase)
        assert len(phrase.terms) > 1
        kept = [number for number, paper in enumerate(self._papers) if paper.has(phrase)]
        bags = [self._papers[number].bag for number in kept]
        lightest = [min(bag[Field.TEXT, term] for term in phrase.terms) for bag in bags]
        return Postings(np.array(kept, np.intp), np.array(lightest, np.float32))

    def places(self, chosen: Chosen) -> NDArray[np.uint8]:
        codes = []
        for term, numbers in chosen:
            held = [paper for paper in self._papers if (Field.TEXT, term) in paper.bag]
            codes += [encode(held[number].places(term)) for number in numbers]
        return np.frombuffer(b"".join(codes), np.uint8)

    def revisions(self) -> NDArray[np.int64]:
        return np.ones(len(self._papers), np.int64)

    def created(self) -> NDArray[np.int64]:
        return np.zeros(len(self._papers), np.int64)

    def solved(self) -> Mask:
        return np.array([paper.ticket_id % 2 for paper in self._papers], np.bool_)

    def passing(self, filters: Filters) -> Mask | None:
        if not filters.products:
            return None
        return np.array([paper.passes(filters) for paper in self._papers], np.bool_)


def paper(number: int, *text: str, alive: bool = True) -> Paper:
    """Return a ticket of which each term of the text weighs 1."""
    return Paper(number, alive, {(Field.TEXT, term): 1.0 for term in text}, text)


@st.composite
def _bodies(draw: st.DrawFn) -> tuple[bool, Bag, tuple[str, ...], str]:
    text = tuple(draw(st.lists(st.sampled_from(TERMS), max_size=5)))
    bag: Bag = {(Field.TEXT, term): draw(WEIGHTS) for term in text}
    others = st.tuples(st.sampled_from((Field.FORM, Field.CODE)), st.sampled_from(TERMS))
    bag |= draw(st.dictionaries(others, WEIGHTS, max_size=3))
    return draw(st.booleans()) or draw(st.booleans()), bag, text, draw(st.sampled_from(PRODUCTS))


@st.composite
def papers(draw: st.DrawFn, most: int = 24) -> list[Paper]:
    """Some tickets with random terms, a quarter of them deleted."""
    drawn = draw(st.lists(_bodies(), max_size=most))
    numbers = draw(st.permutations(range(len(drawn))))
    return [Paper(number, *one) for number, one in zip(numbers, drawn, strict=True)]


def in_the_text(reading: Reading) -> Reading:
    """Return a reading whose terms stand side by side, if they must, in the text."""
    apart = reading.unordered or len(reading.terms) < 2
    return reading if apart else reading._replace(field=Field.TEXT)


READINGS = st.builds(
    Reading,
    kind=st.just(ReadingKind.EXACT),
    terms=st.lists(st.sampled_from(TERMS), min_size=1, max_size=2).map(tuple),
    weight=st.sampled_from((1.0, 0.9, 0.35)),
    word=st.just("word"),
    explanation=st.just(""),
    field=st.sampled_from(Field),
    unordered=st.booleans(),
).map(in_the_text)
CLAUSES = st.builds(
    Clause,
    st.just("word"),
    st.lists(READINGS, min_size=1, max_size=3).map(tuple),
    st.lists(READINGS, max_size=2).map(tuple),
)
PHRASES = st.one_of(
    st.builds(Phrase, st.tuples(st.sampled_from(TERMS)), st.sampled_from(Field)),
    st.builds(Phrase, st.lists(st.sampled_from(TERMS), max_size=2).map(tuple), st.just(Field.TEXT)),
)
PLANS = st.builds(
    Plan,
    st.lists(CLAUSES, min_size=1, max_size=4).map(tuple),
    required=st.one_of(st.just(()), st.tuples(PHRASES)),
    excluded=st.one_of(st.just(()), st.tuples(PHRASES)),
    filters=st.builds(Filters, products=st.sampled_from(((), PRODUCTS[:1]))),
)


def segments(held: Sequence[Paper], *cuts: int) -> list[PaperSegment]:
    """Return the papers as segments that begin at these places."""
    places = [0, *sorted(cuts), len(held)]
    return [PaperSegment(held[first:last]) for first, last in pairwise(places)]
