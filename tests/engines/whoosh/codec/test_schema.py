"""What Whoosh is given of a ticket."""

import pytest

from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.indexing.document import (
    FILTERED,
    WEIGHTS,
    column_value,
    extract,
    index_tokens,
    sections,
)
from kbsearch.engines.whoosh.codec.formats import WeightedPositions
from kbsearch.engines.whoosh.codec.schema import document, make_schema
from kbsearch.inverted.documents import HEAVIEST
from kbsearch.inverted.field import Field
from tests.engines.desk import MOMENT, ticket
from tests.engines.whoosh.write_paths import written

FIRST = ticket(1, "The printer jams", resolution="Reseat the tray of the WF-M5799")


def test_terms_are_weighted_by_their_section_and_so_are_lengths() -> None:
    field = make_schema()[Field.TEXT.value]
    text = document(ticket(1, "tray tray", subject="tray printer"))[Field.TEXT]
    subject, problem = WEIGHTS["subject"], WEIGHTS["problem"]
    found = {term.decode(): (length, weight) for term, length, weight, _ in field.index(text)}
    assert found["tray"] == pytest.approx((subject + 2 * problem, subject + 2 * problem))
    assert found["printer"] == pytest.approx((subject, subject))


def test_a_weight_has_an_end_and_a_length_has_none() -> None:
    field = make_schema()[Field.TEXT.value]
    [(_, length, weight, _)] = [
        one
        for one in field.index(document(ticket(1, "tray " * 90))[Field.TEXT])
        if one[0] == b"tray"
    ]
    assert weight == HEAVIEST / 10
    assert length == pytest.approx(90)


def test_the_length_of_a_ticket_is_kept_in_its_segment() -> None:
    words = list(index_tokens(sections(FIRST)))
    codes = [token for token in words if token.kind is TokenKind.CODE]
    with written([FIRST]).reader() as reader:
        for field, held in ((Field.TEXT, words), (Field.CODE, codes)):
            length = sum(token.weight for token in held)
            assert reader.doc_field_length(0, field.value) == pytest.approx(length)


def test_a_posting_keeps_the_positions_of_its_term() -> None:
    field = make_schema()[Field.TEXT.value]
    values = {term: value for term, _, _, value in field.index(document(FIRST)[Field.TEXT])}
    places = [token.position for token in index_tokens(sections(FIRST)) if token.surface == "the"]
    assert WeightedPositions().decode_positions(values[b"the"]) == places
    assert WeightedPositions().decode_frequency(values[b"the"]) == len(places) > 1


def test_postings_of_several_terms_are_joined_position_by_position() -> None:
    kept = WeightedPositions()
    one, other = b"\x41", b"\x01\x42"  # positions 1, and 1 and 3
    assert kept.decode_positions(kept.combine([one, other])) == [1, 3]


def test_what_is_filtered_by_stands_in_columns() -> None:
    given = document(ticket(9, "jam", product="Straße", tags=("VPN", "Mac"), created_at=MOMENT))
    assert (given["number"], given["created"]) == (9, MOMENT.timestamp())
    assert given["product"] == column_value("STRASSE")
    assert given["tags"] == b"vpn\x1fmac"
    values = map(column_value, extract(FIRST).values)
    assert [document(FIRST)[name] for name in FILTERED] == list(values)
