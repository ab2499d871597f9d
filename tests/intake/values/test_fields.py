"""What becomes of the cells of a row."""

import pytest

from kbsearch.errors import TicketInvalid
from kbsearch.intake.values.facts import ColumnFacts, FileFacts
from kbsearch.intake.values.fields import CellReader
from kbsearch.intake.values.notes import CellNotes
from kbsearch.records.ticket import Audience, Kind, TicketFields


def read(notes: CellNotes | None = None, /, **values: object) -> TicketFields:
    """Return the fields of a row in line 7 whose columns are called as its fields."""
    cells = CellReader(FileFacts({"subject": ColumnFacts(word_marks=False)}), notes or CellNotes())
    return cells.fields(7, values, {name: (name,) for name in values})


def test_numbers_and_truths_are_texts() -> None:
    fields = read(reference=7, product=1.5, category=True)
    assert (fields["reference"], fields["product"], fields["category"]) == ("7", "1.5", "true")


def test_a_list_where_one_name_belongs_is_its_names() -> None:
    fields = read(reference="1", category=["Audio", {"id": 2, "name": "Mic"}])
    assert fields["category"] == "Audio, Mic"


def test_kind_and_audience_are_chosen_by_name() -> None:
    fields = read(reference=1, kind="Article", audience=" partner ")
    assert (fields["kind"], fields["audience"]) == (Kind.ARTICLE, Audience.PARTNER)


def test_what_no_ticket_is_without_is_left_out_when_empty() -> None:
    assert read(reference="1", kind="", source=None, product="") == {
        "reference": "1",
        "product": "",
    }


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("kind", "question", 'has "question", which is neither ticket nor article'),
        ("created_at", "soon", 'has "soon", which is no time'),
        ("created_at", "half \ud800", 'has "half ?", which is no time'),
        ("created_at", "12/31/1969", "is not between 1970 and 2100"),
        ("created_at", {"date": "2026-01-01"}, "holds an object; write it as one text"),
        ("problem", [["one"], "two"], "holds a list; write it as one text"),
        ("product", "x" * 201, "has 201 characters, the limit is 200"),
        ("product", "half \ud800", "holds half a character"),
        ("tags", [["vpn"]], "holds lists or objects without a name"),
    ],
)
def test_a_side_field_that_cannot_be_read_is_left_out_and_noted(
    field: str, value: object, reason: str
) -> None:
    notes = CellNotes()
    assert read(notes, **{"reference": "1", field: value}) == {"reference": "1"}
    (sentence,) = notes.sentences()
    assert sentence.startswith(f"{field} was left as it was in one row, line 7: ")
    assert reason in sentence


def test_a_key_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(TicketInvalid, match="reference: has 201 characters"):
        read(reference="x" * 201)


@pytest.mark.parametrize("mark", ["NULL", "n/a", "nan", "None", "-", r"\N", "(null)", float("nan")])
def test_marks_for_nothing_are_nothing(mark: object) -> None:
    fields = read(reference="1", resolution=mark, product=mark, created_at=mark, tags=mark)
    assert (fields["resolution"], fields["product"], fields["tags"]) == ("", "", ())
    assert fields["created_at"] is None


@pytest.mark.parametrize("mark", ["0000-00-00 00:00:00", "1900-01-01", "31/12/9999", "never", "0"])
def test_dates_that_mean_none_are_none(mark: str) -> None:
    assert read(reference="1", resolved_at=mark)["resolved_at"] is None


def test_a_mark_within_a_text_and_a_lone_subject_stay() -> None:
    fields = read(reference="1", subject="None", resolution="Say N/A in the form", product="0")
    assert (fields["subject"], fields["product"]) == ("None", "0")
    assert fields["resolution"] == "Say N/A in the form"


def test_guards_of_cells_are_taken_off() -> None:
    fields = read(reference='="0077"', problem="'+49 30 on the label", cause="'tis old")
    assert (fields["reference"], fields["problem"]) == ("0077", "+49 30 on the label")
    assert fields["cause"] == "'tis old"


def test_an_object_with_a_name_is_its_name() -> None:
    fields = read(reference="1", status={"id": 3, "name": "Waiting"}, agents=[{"login": "ann"}])
    assert (fields["status"], fields["agents"]) == ("Waiting", ("ann",))


def test_a_status_has_one_name_and_a_number_the_one_that_is_given() -> None:
    notes = CellNotes()
    assert read(notes, reference="1", status="__ Solved")["status"] == "Solved"
    assert read(notes, reference="1", status=5)["status"] == "5"
    cells = CellReader(FileFacts(), notes, {("status", "5"): "Closed"})
    fields = cells.fields(2, {"reference": "1", "state": 5}, {"status": ("state",)})
    assert fields["status"] == "Closed"
    assert [sentence for sentence in notes.sentences() if "status:5=NAME" in sentence]


def test_a_short_value_has_its_letters_and_signs() -> None:
    cells = CellReader(FileFacts({"product": ColumnFacts(escaped=True)}), CellNotes())
    values = {"product": "R&amp;D > Caf\u00c3\u00a9", "id": "1"}
    fields = cells.fields(2, values, {"reference": ("id",), "product": ("product",)})
    assert fields["product"] == "R&D > Caf\u00e9"
