"""Whoosh on segments of arrays."""

import random
from collections.abc import Callable, Iterable
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, query
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex
from whoosh.query import Query
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from kbsearch.analysis.terms import term
from kbsearch.inverted.field import Field
from kbsearch.records.ticket import StoredTicket
from tests.engines.desk import WORDS, ticket, tickets
from tests.engines.whoosh.write_paths import (
    add,
    arrays,
    empty,
    only_segment,
    whole_file,
    written,
    written_whole,
)
from tests.engines.whoosh.writing.codec import WritingCodec, WrittenSegment
from tests.engines.whoosh.writing.schema import document, writing_schema

TICKETS = list(tickets(120, seed=4))
TEXTS = st.text("abx019-_. é", max_size=30) | st.lists(st.sampled_from(WORDS)).map(" ".join)
TEXT = Field.TEXT.value


def text(word: str) -> query.Term:
    """Return a query for one word of the text."""
    return query.Term(TEXT, term(word))


QUERIES: dict[str, Query] = {
    "term": text("printer"),
    "or": query.Or([text("printer"), text("router"), text("nowhere")]),
    "and": query.And([text("printer"), text("jams")]),
    "not": query.AndNot(text("printer"), text("jams")),
    "phrase": query.Phrase(TEXT, [term("printer"), term("jams")]),
    "loose phrase": query.Phrase(TEXT, [term("printer"), term("paper")], slop=3),
    "prefix": query.Prefix(TEXT, "pa"),
    "range": query.TermRange(TEXT, "pa", "pr"),
    "wildcard": query.Wildcard(TEXT, "*er"),
    "every": query.Every(),
    "every of a field": query.Every(Field.CODE.value),
    "fuzzy": query.FuzzyTerm(TEXT, "printr"),
    "form": query.Term(Field.FORM.value, "printer"),
}


def by_whoosh_alone(tickets: Iterable[StoredTicket]) -> FileIndex:
    """Return an index that Whoosh has written with its own codec."""
    index = empty()
    writer = index.writer(codec=W3Codec())
    for one in tickets:
        writer.add_document(**document(one))
    writer.commit()
    return index


def found(index: FileIndex, asked: Query) -> list[int]:
    """Return the tickets that match, in the order of their ids."""
    with index.searcher() as searcher:
        numbers = searcher.reader().column_reader("number")
        return sorted(numbers[document] for document in searcher.docs_for_query(asked))


def checked_roads(tickets: list[StoredTicket]) -> None:
    """Compare what Whoosh's writer has written with what was written at once."""
    by_whoosh, at_once = only_segment(written(tickets)), arrays(whole_file(tickets))
    assert by_whoosh.keys() == at_once.keys()
    for name, array in at_once.items():
        assert by_whoosh[name].dtype == array.dtype, name
        assert by_whoosh[name].tolist() == array.tolist(), name


def test_both_roads_write_the_same_arrays() -> None:
    checked_roads([*TICKETS, ticket(999, "ORA-00942 " * 40, tags=("a", "b"))])


@settings(max_examples=30)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_both_roads_write_the_same_arrays_of_any_text(texts: list[tuple[str, str]]) -> None:
    checked_roads(
        [ticket(number, f"x {one}", subject=two) for number, (one, two) in enumerate(texts)]
    )


@pytest.mark.parametrize("make", [written, written_whole], ids=["two files", "one file"])
@pytest.mark.parametrize("asked", QUERIES.values(), ids=QUERIES.keys())
def test_every_query_of_whoosh_finds_what_it_finds_in_its_own_files(
    asked: Query, make: Callable[[Iterable[StoredTicket]], FileIndex]
) -> None:
    assert found(make(TICKETS), asked) == found(by_whoosh_alone(TICKETS), asked)


def test_deleted_documents_are_not_found_and_go_when_segments_are_joined() -> None:
    index = written_whole(TICKETS[:60])
    add(index, TICKETS[60:])
    writer = index.writer(codec=WritingCodec())
    for number in (0, 59, 60, 100):
        writer.delete_document(number)
    writer.commit(merge=False)
    left = [one for number, one in enumerate(TICKETS) if number not in {0, 59, 60, 100}]
    expected = {name: found(by_whoosh_alone(left), asked) for name, asked in QUERIES.items()}
    assert {name: found(index, asked) for name, asked in QUERIES.items()} == expected
    index.optimize(codec=WritingCodec())
    assert only_segment(index)["numbers/number"].size == len(left)
    assert {name: found(index, asked) for name, asked in QUERIES.items()} == expected


def test_the_terms_of_several_segments_come_in_order_and_once() -> None:
    index = written_whole([*TICKETS[:60], ticket(998, "ORA-00942")])
    add(index, [*TICKETS[60:], ticket(999, "ORA-00942")])
    with index.reader() as reader:
        terms = list(reader.all_terms())
    assert terms == sorted(set(terms))
    assert {name for name, _ in terms} == {field.value for field in Field}


def test_joined_segments_are_as_if_written_in_one_go() -> None:
    index = written(TICKETS[:50])
    add(index, TICKETS[50:])
    index.optimize(codec=WritingCodec())
    joined, at_once = only_segment(index), arrays(whole_file(TICKETS))
    assert joined.keys() == at_once.keys()
    assert [name for name in joined if not np.array_equal(joined[name], at_once[name])] == []


def test_what_is_known_of_a_term_is_what_its_postings_say() -> None:
    index = written_whole([ticket(1, "tray tray"), ticket(2, "jams", subject="tray")])
    with index.reader() as reader:
        info = reader.term_info(TEXT, "tray")
        assert (info.doc_frequency(), info.min_id(), info.max_id()) == (2, 0, 1)
        assert info.weight() == pytest.approx(2.0 + 1.3)
        assert info.max_weight() == pytest.approx(2.0)
        lengths = [reader.doc_field_length(number, TEXT) for number in (0, 1)]
        assert [info.min_length(), info.max_length()] == sorted(lengths)
        assert reader.field_length(TEXT) == pytest.approx(sum(lengths))


def test_a_segment_on_disk_stays_readable_when_its_files_are_removed(tmp_path: object) -> None:
    index = FileStorage(str(tmp_path)).create_index(writing_schema())
    add(index, TICKETS)
    with index.searcher() as searcher:
        for name in index.storage.list():
            index.storage.delete_file(name)
        assert len(list(searcher.docs_for_query(text("printer")))) > 0


def test_segments_are_not_named_by_the_chance_that_anybody_may_seed() -> None:
    names = set()
    for _ in range(3):
        random.seed(1)
        names.add(WrittenSegment(WritingCodec(), "MAIN").segment_id())
    assert len(names) == 3


def test_nothing_is_pickled(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    index = empty()
    writer = index.writer(codec=WritingCodec())
    for module in ("formats", "columns", "codec.whoosh3", "filedb.structfile", "externalsort"):
        for name in ("dump", "dumps", "load", "loads"):
            monkeypatch.setattr(f"whoosh.{module}.{name}", refuse, raising=False)
    for one in TICKETS:
        writer.add_document(**document(one))
    segment = cast("SegmentWriter", writer)._finalize_segment()
    with SegmentReader(index.storage, writing_schema(), segment) as reader:
        assert reader.postings(TEXT, term("printer")).value_as("positions")
        assert reader.column_reader("number")[0] == TICKETS[0].id


def test_what_json_has_no_word_for_cannot_be_stored() -> None:
    index = RamStorage().create_index(fields.Schema(extra=fields.STORED))
    writer = index.writer(codec=WritingCodec())
    writer.add_document(extra=object())
    with pytest.raises(TypeError, match="a object cannot be stored; store text or numbers"):
        writer.commit()
