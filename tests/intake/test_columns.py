"""Which column is which field."""

import pytest

from kbsearch.analysis.tables import table
from kbsearch.intake.columns import Columns, is_known, normal
from kbsearch.records.ticket import IMPORTED


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Title", "subject"),
        ("SUMMARY", "subject"),
        ("short_description", "subject"),
        ("Description", "problem"),
        ("body", "problem"),
        ("Answer", "resolution"),
        ("Close notes", "resolution"),
        ("Ticket ID", "reference"),
        ("Issue key", "reference"),
        ("created-at", "created_at"),
        ("Topic", "category"),
        ("customerReference", "customer_reference"),
    ],
)
def test_usual_names_are_known(name: str, field: str) -> None:
    assert Columns({}).assign([name]).taken == {field: name}


def test_every_row_of_the_table_is_a_field_and_no_name_comes_twice() -> None:
    rows = table("columns.tsv")
    assert {field for field, _ in rows} == {*IMPORTED, "messages"}
    names = [normal(name) for _, name in rows]
    assert len(names) == len(set(names))


def test_the_higher_name_wins_whatever_the_order() -> None:
    assignment = Columns({}).assign(["id", "body", "description", "ticket id"])
    assert assignment.taken == {"reference": "ticket id", "problem": "description"}
    assert assignment.rivals == {"id": "ticket id", "body": "description"}


def test_a_name_with_an_underscore_in_front_is_ours_unless_it_is_asked_for() -> None:
    assert Columns({}).assign(["_id"]).taken == {}
    assert Columns({"reference": "_id"}).assign(["_id"]).taken == {"reference": "_id"}


def test_the_exact_column_of_a_mapping_wins_over_one_that_is_written_alike() -> None:
    assert Columns({"cause": "why"}).assign(["Why?", "why"]).taken["cause"] == "why"
    assert Columns({"cause": "why"}).assign(["Why?"]).taken["cause"] == "Why?"


def test_an_endless_name_is_not_known() -> None:
    assert not is_known("subject" + " " * 1000)


def test_a_mapped_field_takes_no_other_column() -> None:
    assignment = Columns({"cause": "why"}).assign(["root cause"])
    assert assignment.taken == {}
    assert assignment.rivals == {"root cause": "why"}
