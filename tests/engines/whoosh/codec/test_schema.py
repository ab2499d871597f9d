"""The fields of the Whoosh index, and what is kept with their postings."""

import pytest

from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.indexing.document import index_tokens, sections
from kbsearch.engines.whoosh.codec.schema import PlacedPostings, make_schema
from kbsearch.inverted.field import Field
from tests.engines.desk import ticket
from tests.engines.whoosh.write_paths import written, written_whole

FIRST = ticket(1, "The printer jams", resolution="Reseat the tray of the WF-M5799")


def test_the_length_of_a_ticket_is_kept_in_its_segment() -> None:
    words = list(index_tokens(sections(FIRST)))
    codes = [token for token in words if token.kind is TokenKind.CODE]
    with written([FIRST]).reader() as reader:
        for field, held in ((Field.TEXT, words), (Field.CODE, codes)):
            length = sum(token.weight for token in held)
            assert reader.doc_field_length(0, field.value) == pytest.approx(length)


def test_a_posting_keeps_the_positions_of_its_term() -> None:
    places = [token.position for token in index_tokens(sections(FIRST)) if token.surface == "the"]
    with written_whole([FIRST]).reader() as reader:
        postings = reader.postings(Field.TEXT.value, "the")
        assert postings.value_as("positions") == places
        assert postings.value_as("frequency") == len(places) > 1


def test_postings_of_several_terms_are_joined_position_by_position() -> None:
    kept = PlacedPostings()
    one, other = b"\x41", b"\x01\x42"  # positions 1, and 1 and 3
    assert kept.decode_positions(kept.combine([one, other])) == [1, 3]


def test_a_text_that_is_searched_for_is_cut_as_tickets_are() -> None:
    field = make_schema()[Field.TEXT.value]
    assert list(field.process_text("Colours printing")) == ["color", "print"]
