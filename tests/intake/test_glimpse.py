"""The first rows of a file, before anything is written."""

from kbsearch.intake.importer import Importer
from kbsearch.progress import silent
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.import_preview import ColumnPreview, ImportPreview
from tests.intake.conftest import Desk


def preview(desk: Desk, content: str, **mapping: str) -> ImportPreview:
    options = ImportOptions(mapping=mapping, dry_run=True)
    importer = Importer(desk.store, options, rejects_folder=desk.rejects_folder, progress=silent)
    return importer.preview([desk.write("calls.csv", content)])


def test_columns_are_shown_with_their_fields_and_first_values(desk: Desk) -> None:
    found = preview(desk, "id,subject,Shelf\n1,No paper,A\n2,No toner,\n3,No light,B\n")

    (file,) = found.files
    assert file.columns == (
        ColumnPreview("id", "reference", ("1", "2", "3")),
        ColumnPreview("subject", "subject", ("No paper", "No toner", "No light")),
        ColumnPreview("Shelf", "", ("A", "B")),
    )


def test_tickets_are_shown_as_they_will_be_stored_and_are_not(desk: Desk) -> None:
    found = preview(desk, "id,problem,created\n1,<p>No <b>paper</b></p>,14.02.2026\n")

    (row,) = found.files[0].rows
    assert row["problem"] == "No paper"
    assert str(row["created_at"]) == "2026-02-14 00:00:00+00:00"
    assert (found.report.new, desk.tickets()) == (1, {})


def test_of_a_long_file_the_first_rows_are_shown_and_all_are_counted(desk: Desk) -> None:
    rows = "".join(f"{number},No paper {number}\n" for number in range(2_500))

    found = preview(desk, f"id,subject\n{rows}")

    assert len(found.files[0].rows) == 5
    assert found.report.new == 2_500


def test_a_file_whose_columns_say_nothing_is_shown_too(desk: Desk) -> None:
    found = preview(desk, "Nr,Worum\n1,Kein Papier\n")

    assert found.files[0].columns == (
        ColumnPreview("Nr", "", ("1",)),
        ColumnPreview("Worum", "", ("Kein Papier",)),
    )
    assert "has no column that can be searched" in found.report.problems[0]


def test_a_mapping_is_shown_as_it_is_taken(desk: Desk) -> None:
    found = preview(desk, "Nr,Worum\n1,Kein Papier\n", reference="Nr", subject="Worum")

    assert [column.field for column in found.files[0].columns] == ["reference", "subject"]
    assert found.report.problems == ()


def test_a_field_that_is_to_take_no_column_takes_none(desk: Desk) -> None:
    found = preview(desk, "id,subject,product\n1,No paper,unknown\n", product="")

    assert [column.field for column in found.files[0].columns] == ["reference", "subject", ""]
    assert "product" not in found.files[0].rows[0]


def test_values_of_later_rows_are_shown_however_many_columns_there_are(desk: Desk) -> None:
    names = ",".join(f"shelf {number}" for number in range(300))

    found = preview(desk, f"id,subject,{names}\n1,No paper\n2,No toner\n")

    assert found.files[0].columns[1].samples == ("No paper", "No toner")
