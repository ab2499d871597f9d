"""What the rows of a vendor hold."""

from kbsearch.intake.vendors.reading import read_row
from kbsearch.intake.vendors.vendor import recognised

Row = dict[str, object]


def read(row: Row, *kept: str) -> Row:
    """Read a row of whichever vendor it is of."""
    vendor = recognised(row)
    assert vendor is not None
    return read_row(vendor, row, kept)


def test_a_value_inside_an_object_gets_a_column_of_its_own() -> None:
    read_out = read({"key": "A-1", "fields": {"summary": "Jam", "status": {"name": "Done"}}})
    assert read_out == {"key": "A-1", "fields.summary": "Jam", "fields.status.name": "Done"}


def test_what_no_field_takes_stays_in_the_row() -> None:
    read_out = read({"key": "A-1", "votes": 3, "fields": {"summary": "Jam", "colour": "red"}})
    assert (read_out["votes"], read_out["fields.colour"]) == (3, "red")


def test_repeated_columns_are_one_value() -> None:
    row: Row = {
        "Issue key": "A-1",
        "Summary": "Jam",
        "Component/s": "Ink",
        "Component/s (2)": "Mat",
    }
    read_out = read(row)
    assert read_out["Component/s"] == "Ink, Mat"
    assert "Component/s (2)" not in read_out


def test_a_column_that_is_asked_for_by_name_stays() -> None:
    row: Row = {"Issue key": "A-1", "Summary": "Jam", "Comment": "01/Mar/26 9:00 AM;bo;Dry it"}
    assert "Comment" not in read(row)
    assert read(row, "comment")["Comment"] == row["Comment"]


def test_numbers_of_a_vendor_get_their_names() -> None:
    row: Row = {"id": 1, "subject": "Jam", "status": 5, "priority": 1, "source": 3}
    read_out = read(row)
    assert (read_out["status"], read_out["source"]) == ("Closed", "Phone")


def test_what_is_nothing_empties_its_field_and_what_is_left_out_does_not() -> None:
    read_out = read({"key": "A-1", "fields": {"summary": "Jam", "resolution": None}})
    assert read_out["fields.resolution.name"] == ""
    assert "fields.assignee.displayName" not in read_out


def test_a_list_that_is_written_otherwise_stays_in_the_row() -> None:
    row: Row = {"number": 1, "title": "Jam", "user": {"login": "bo"}, "author_association": "NONE"}
    assert read({**row, "labels": ["ink"]})["labels"] == ["ink"]
    assert read({**row, "labels": [{"name": "ink"}]})["labels.name"] == "ink"
