"""Arrays find and score what Whoosh itself does on the same index."""

import random
from collections import defaultdict
from math import log1p
from pathlib import Path

import pytest
from whoosh import query, scoring
from whoosh.searching import Searcher

from kbsearch.analysis.terms import term
from kbsearch.engines.base import View
from kbsearch.engines.plan import Plan
from kbsearch.engines.scoring.bm25 import SATURATION
from kbsearch.engines.whoosh.codec.index import GenerationIndex
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.inverted.field import Field
from kbsearch.records.history import Mark
from tests.engines.desk import (
    WORDS,
    Listed,
    asking,
    clause,
    gone,
    phrase,
    reading,
    saved,
    ticket,
    tickets,
)

VIEW = View.INTERNAL
CHANCE = random.Random(5)
QUERIES = [" ".join(CHANCE.sample(WORDS, k=count)) for count in (1, 1, 2, 2, 3, 4, 5, 8)]


class LuceneBM25(scoring.BM25F):
    """Whoosh's BM25F with Lucene's idf, counted over the tickets that are alive.

    Whoosh's own counts include deleted documents; a word's readings share the idf in `shared`.
    """

    def __init__(self, shared: dict[str, str]) -> None:
        saturation = SATURATION[Field.TEXT]
        super().__init__(B=saturation.b, K1=saturation.k1)
        self._shared = shared

    def idf(self, searcher: Searcher, fieldname: str, text: str | bytes) -> float:
        asked = text.decode() if isinstance(text, bytes) else text
        reader = searcher.get_parent().reader()
        held = reader.postings(fieldname, self._shared.get(asked, asked)).all_ids()
        documents = reader.doc_count()
        matching = sum(not reader.is_deleted(number) for number in held)
        return log1p((documents - matching + 0.5) / (matching + 0.5))


class AliveSearcher(Searcher):
    """A searcher whose mean length is that of the tickets that are alive, as kept in a byte."""

    def avg_field_length(self, fieldname: str, default: float = 0.0) -> float:
        reader = self.reader()
        lengths = [reader.doc_field_length(number, fieldname) for number in reader.all_doc_ids()]
        return sum(lengths) / len(lengths) if lengths else default


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all tests share: they only read."""
    return tmp_path_factory.mktemp("oracle")


@pytest.fixture(scope="module")
def engine(root: Path) -> WhooshEngine:
    """An index of several segments with deleted tickets in each."""
    engine = WhooshEngine(root)
    everything = list(tickets(320, seed=3))
    engine.rebuild(VIEW, Listed(everything[:250], 1))
    engine.apply(VIEW, saved(*everything[250:300]), after=0, mark=Mark(2))
    engine.apply(VIEW, [*saved(*everything[300:]), *gone(*range(1, 310, 9))], after=0, mark=Mark(3))
    engine.apply(
        VIEW, saved(ticket(4, "printer jams"), ticket(260, "blank page")), after=0, mark=Mark(4)
    )
    return engine


@pytest.fixture(scope="module")
def opened(engine: WhooshEngine) -> GenerationIndex:
    """That index as Whoosh has it."""
    return GenerationIndex(engine.snapshot(VIEW).opened)


def by_whoosh(
    opened: GenerationIndex, asked: query.Query, shared: dict[str, str]
) -> list[tuple[int, float]]:
    """Return what Whoosh answers, ties by ticket id."""
    with opened.reader() as reader:
        searcher = AliveSearcher(reader, weighting=LuceneBM25(shared))
        ids = reader.column_reader("number")
        results = searcher.search(asked, limit=None)
        found = [(int(ids[number]), float(score)) for score, number in results.top_n]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def compared(engine: WhooshEngine, opened: GenerationIndex, plan: Plan) -> None:
    """Ask Whoosh for each reading, take the best of each word, and compare ids and scores.

    One term at a time: the DisjunctionMax of 3.54.0 also counts a term that stands further on.
    """
    expected: defaultdict[int, float] = defaultdict(float)
    for word in plan.clauses:
        shared = {one.terms[0]: word.readings[0].terms[0] for one in word.readings}
        gains: defaultdict[int, float] = defaultdict(float)
        for one in word.readings:
            asked = query.Term(Field.TEXT.value, one.terms[0], boost=one.weight)
            for number, score in by_whoosh(opened, asked, shared):
                gains[number] = max(gains[number], score)
        for number, gain in gains.items():
            expected[number] += gain
    answer = engine.snapshot(VIEW).search(plan, limit=999)
    assert answer.total == len(expected) > 0
    found = {one.ticket_id: one.score for one in answer.scored}
    assert found == pytest.approx(dict(expected), rel=1e-5)


def test_the_index_has_segments_and_deletions(
    engine: WhooshEngine, opened: GenerationIndex
) -> None:
    with opened.reader() as reader:
        assert len(reader.leaf_readers()) >= 3
        assert reader.doc_count_all() > reader.doc_count() == engine.snapshot(VIEW).state.tickets


@pytest.mark.parametrize("words", QUERIES)
def test_exact_words_score_as_whoosh_scores_them(
    engine: WhooshEngine, opened: GenerationIndex, words: str
) -> None:
    asked = query.Or([query.Term(Field.TEXT.value, term(word)) for word in words.split()])
    theirs = by_whoosh(opened, asked, {})
    ours = engine.snapshot(VIEW).search(asking(words), limit=999).scored
    assert {one.ticket_id: one.score for one in ours} == pytest.approx(dict(theirs), rel=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_the_best_reading_scores_as_whoosh_scores_it(
    engine: WhooshEngine, opened: GenerationIndex, seed: int
) -> None:
    picked = random.Random(seed).sample(WORDS, k=6)
    pairs = zip(picked[::2], picked[1::2], strict=True)
    clauses = (clause(reading(one), reading(two, weight=0.35)) for one, two in pairs)
    compared(engine, opened, Plan(tuple(clauses)))


@pytest.mark.parametrize("words", ["paper toner", "printer jams", "error calendar", "mouse mouse"])
def test_a_phrase_is_held_by_the_tickets_that_whoosh_names(
    engine: WhooshEngine, opened: GenerationIndex, words: str
) -> None:
    asked = query.Phrase(Field.TEXT.value, [term(word) for word in words.split()])
    theirs = {number for number, _ in by_whoosh(opened, asked, {})}
    ours = engine.snapshot(VIEW).search(Plan((), required=(phrase(words),)), limit=999)
    assert {one.ticket_id for one in ours.scored} == theirs
