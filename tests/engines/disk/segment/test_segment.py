"""A segment as a search sees it."""

from collections import defaultdict
from datetime import timedelta

import numpy as np
import pytest

from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.disk.segment.segment import MappedSegment, SegmentReader, segment_arrays
from kbsearch.engines.indexing.document import (
    column_value,
    extract,
    filed_form,
    index_tokens,
    sections,
)
from kbsearch.engines.indexing.inverter import Inverter
from kbsearch.engines.plan import Phrase
from kbsearch.inverted.array_file import ArrayFile, ArrayFileDamaged, laid_out
from kbsearch.inverted.field import Field
from kbsearch.records.filters import Filters
from tests.engines.desk import MOMENT, phrase, ticket, tickets
from tests.engines.whoosh.write_paths import mapped, whole_file

TICKETS = [*tickets(200, seed=8), ticket(900, "ORA-00942 after ORA-00942", subject="oracle")]
SEGMENT = mapped(TICKETS)
SMALL = mapped(
    [
        ticket(7, "jam", product="Tallyfold", tags=("VPN", "mac os"), created_at=MOMENT),
        ticket(3, "jam", product="Straße", status="Solved", created_at=MOMENT - timedelta(days=1)),
        ticket(5, "jam", category="Printing", tags=("mac",)),
    ]
)


def counted() -> dict[tuple[Field, str], dict[int, float]]:
    """Return what each term weighs in each document, token by token."""
    found: defaultdict[tuple[Field, str], defaultdict[int, float]]
    found = defaultdict(lambda: defaultdict(float))
    for document, one in enumerate(TICKETS):
        for kind, surface, _, weight in index_tokens(sections(one)):
            found[Field.TEXT, term_of(kind, surface)][document] += weight
            if kind is TokenKind.CODE:
                found[Field.CODE, surface][document] += weight
            elif form := filed_form(kind, surface):
                found[Field.FORM, form][document] += weight
    return {key: dict(held) for key, held in found.items()}


def placed() -> list[tuple[int, str, int]]:
    """Return the document, the term and the position of each token."""
    return [
        (document, term_of(kind, surface), position)
        for document, one in enumerate(TICKETS)
        for kind, surface, position, _ in index_tokens(sections(one))
    ]


def test_every_term_is_held_by_the_documents_whose_tokens_say_so() -> None:
    for (field, term), held in counted().items():
        documents, weights = SEGMENT.postings(field, term).read()
        assert SEGMENT.count(field, term) == len(held)
        assert dict(zip(documents.tolist(), weights.tolist(), strict=True)) == pytest.approx(held)


@pytest.mark.parametrize("field", Field)
def test_lengths_are_the_weights_of_all_tokens(field: Field) -> None:
    lengths = np.zeros(len(TICKETS))
    for (among, _), held in counted().items():
        if among is field:
            lengths[list(held)] += list(held.values())
    assert SEGMENT.lengths(field) == pytest.approx(lengths)


@pytest.mark.parametrize("term", ["", "nowhere", "printe", "printers", "\ud800", "a" * 99])
def test_a_term_that_no_document_holds_is_found_nowhere(term: str) -> None:
    for field in Field:
        assert SEGMENT.count(field, term) == 0
        assert SEGMENT.postings(field, term).size == 0


def test_a_field_without_a_term_is_searched_in_vain() -> None:
    assert mapped([ticket(1, "jam", reference="none")]).count(Field.CODE, "ora00942") == 0


@pytest.mark.parametrize("words", ["printer jams", "mouse mouse", "error calendar", "jams printer"])
def test_a_phrase_is_held_where_its_terms_stand_side_by_side(words: str) -> None:
    terms = phrase(words).terms
    places = [
        {(document, position) for document, held, position in placed() if held == term}
        for term in terms
    ]
    beside = {document for document, place in places[0] if (document, place + 1) in places[1]}
    assert SEGMENT.holding(Phrase(terms)).documents.tolist() == sorted(beside)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(products=("TALLYFOLD", "strasse")), [7, 3]),
        (Filters(statuses=("solved",), products=("tallyfold",)), []),
        (Filters(categories=("printing",)), [5]),
        (Filters(tags=("vpn",)), [7]),
        (Filters(tags=("mac",)), [5]),
        (Filters(tags=("mac os", "vpn")), [7]),
        (Filters(created_from=MOMENT), [7]),
        (Filters(created_before=MOMENT), [3]),
    ],
)
def test_filters_let_pass_what_has_their_values(filters: Filters, ids: list[int]) -> None:
    passing = SMALL.passing(filters)
    assert passing is not None
    assert SMALL.ids[passing].tolist() == ids


def test_no_filter_is_no_mask() -> None:
    assert SMALL.passing(Filters()) is None


def test_a_segment_gives_back_what_it_was_made_of() -> None:
    inverted = Inverter().invert([extract(one) for one in TICKETS])
    back = SEGMENT.inverted()
    again = b"".join(laid_out(segment_arrays(back)))
    assert again == whole_file(TICKETS)
    assert back.ids.dtype == inverted.ids.dtype
    assert back.columns["status"][0] == column_value(TICKETS[0].status)
    for field in Field:
        assert back.lengths[field].dtype == np.uint32
        assert back.fields[field].terms == inverted.fields[field].terms
        for one, other in zip(back.fields[field][1:], inverted.fields[field][1:], strict=True):
            np.testing.assert_array_equal(np.asarray(one), np.asarray(other), strict=True)


def test_what_is_deleted_is_known_to_who_sees_the_segment_only() -> None:
    alive = np.array([True, False, True])
    seen = SegmentReader(SMALL, alive)
    assert seen.ids[seen.alive].tolist() == [7, 5]
    assert seen.created()[0] == MOMENT.timestamp()


def test_a_file_without_its_documents_is_told() -> None:
    arrays = segment_arrays(Inverter().invert([extract(one) for one in TICKETS]))
    del arrays["documents/text"]
    with pytest.raises(ArrayFileDamaged, match="no documents/text"):
        MappedSegment(ArrayFile(b"".join(laid_out(arrays))))
