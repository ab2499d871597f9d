"""What Whoosh is given of a ticket."""

from datetime import UTC, datetime

import pytest
from whoosh import index

from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.base import Field, View
from kbsearch.engines.document import NO_TIME, WEIGHTS, index_tokens, sections
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.engines.whoosh.folder import IndexFolder
from kbsearch.engines.whoosh.schema import (
    column_value,
    document,
    make_schema,
    seconds,
)
from tests.engines.desk import ticket

FIRST = ticket(1, "The printer jams", resolution="Reseat the tray of the WF-M5799")


def test_terms_are_weighted_by_their_section_and_so_are_lengths() -> None:
    field = make_schema()[Field.TEXT.value]
    text = document(ticket(1, "tray tray", subject="tray printer"))[Field.TEXT]
    subject, problem = WEIGHTS["subject"], WEIGHTS["problem"]
    found = {term.decode(): (length, weight) for term, length, weight, _ in field.index(text)}
    assert found["tray"] == pytest.approx((subject + 2 * problem, subject + 2 * problem))
    assert found["printer"] == pytest.approx((subject, subject))


def test_the_length_of_a_ticket_is_kept_in_its_segment(
    engine: WhooshEngine, folder: IndexFolder
) -> None:
    engine.rebuild(View.INTERNAL, [FIRST], watermark=11)
    opened = index.open_dir(str(folder.current()), schema=make_schema())
    with opened.reader() as reader:
        words = list(index_tokens(sections(FIRST)))
        codes = [token for token in words if token.kind is TokenKind.CODE]
        for field, held in ((Field.TEXT, words), (Field.CODE, codes)):
            length = sum(token.weight for token in held)
            assert length <= reader.doc_field_length(0, field.value) < length + 1


def test_values_are_compared_without_regard_to_case() -> None:
    assert column_value("Straße") == column_value("STRASSE")


def test_a_time_is_whole_seconds_and_none_is_before_all() -> None:
    assert seconds(datetime(1970, 1, 1, 0, 1, 0, 999, tzinfo=UTC)) == 60
    assert seconds(None) == NO_TIME < seconds(datetime(1, 1, 1, tzinfo=UTC))
