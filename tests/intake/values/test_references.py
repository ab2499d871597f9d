"""References as spreadsheets and lists write numbers."""

import pytest

from kbsearch.errors import TicketInvalid
from kbsearch.intake.values.references import ReferenceEvidence, reference_of


def stored(*written: str) -> list[str]:
    """Return the references of a column as they are stored."""
    evidence = ReferenceEvidence()
    for line, text in enumerate(written, start=2):
        evidence.add(line, text)
    return [reference_of(text, evidence.column()) for text in written]


def test_blanks_between_thousands_go_where_all_references_have_them() -> None:
    assert stored("999", "1 204", "12\u00a0345\u202f678") == ["999", "1204", "12345678"]
    assert stored("1 204", "Hall 3 204") == ["1 204", "Hall 3 204"]


def test_decimals_of_a_program_go_where_all_references_have_them() -> None:
    assert stored("7.0", "12.0") == ["7", "12"]
    assert stored("7.0", "7.1") == ["7.0", "7.1"]


def test_an_exponent_goes_where_all_digits_are_there() -> None:
    assert stored("1.23456E+5", "1.2E+11") == ["123456", "1.2E+11"]


def test_references_that_a_spreadsheet_made_one_are_refused() -> None:
    with pytest.raises(TicketInvalid, match=r'"1.2E\+11" stands in 2 rows'):
        stored("1.2E+11", "1.2E+11")
