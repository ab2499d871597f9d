"""`kbsearch import`."""

import json
import shlex
from contextlib import ExitStack
from pathlib import Path
from threading import Timer

import pytest

from kbsearch.locks import lock
from tests.cli.conftest import Command, Process

ROWS = "reference,subject,resolution\nC-1,No sound,Unmute it\nC-2,No picture,\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "calls.csv"
    path.write_text(ROWS)
    return path


def counts(output: str) -> dict[str, str]:
    rows = [line.split() for line in output.splitlines() if len(line.split()) == 2]
    return {name: number for name, number in rows if number.isdecimal()}


def test_an_import_counts_what_became_of_the_rows(call: Command, table: Path) -> None:
    result = call("import", str(table))
    assert result.exit_code == 0
    assert counts(result.stdout) == {
        "Read": "2",
        "New": "2",
        "Changed": "0",
        "Unchanged": "0",
        "Rejected": "0",
    }
    assert "run: kbsearch reindex" in result.stdout


def test_importing_again_changes_only_what_differs(call: Command, table: Path) -> None:
    call("import", str(table))
    table.write_text(ROWS.replace("No picture", "Black screen"))
    found = counts(call("import", str(table)).stdout)
    assert (found["New"], found["Changed"], found["Unchanged"]) == ("0", "1", "1")


@pytest.mark.usefixtures("empty_store")
def test_an_index_takes_in_what_was_imported(call: Command, table: Path) -> None:
    call("reindex")
    result = call("import", str(table))
    assert "The index is up to date with 2 tickets." in result.stdout
    found = json.loads(call("search", "--json", "sound").stdout)
    assert [hit["ticket"]["reference"] for hit in found["hits"]] == ["C-1"]


def test_a_dry_run_saves_nothing(call: Command, table: Path) -> None:
    result = call("import", str(table), "--dry-run")
    assert counts(result.stdout)["New"] == "2"
    assert "nothing was saved" in result.stdout
    assert call("stats").exit_code == 1  # not even a store


def test_columns_are_named_by_hand_where_their_names_do_not_tell(
    call: Command, tmp_path: Path
) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("reference,subject,Wunderheilung\nC-1,No sound,Unmute it\n")
    call("import", str(path), "--map", "resolution=Wunderheilung", "--source", "phone")
    ticket = json.loads(call("show", "C-1", "--json").stdout)
    assert (ticket["resolution"], ticket["source"]) == ("Unmute it", "phone")


def test_a_rejected_row_is_told_and_does_not_stop_the_others(call: Command, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(ROWS + "C-3,,\n")
    result = call("import", str(path))
    assert result.exit_code == 3
    assert counts(result.stdout)["Rejected"] == "1"
    rejects = Path(result.stdout.partition("the reasons are in ")[2].partition("\n")[0])
    assert "C-3" in rejects.read_text()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("fix=Column", "'fix' is no field"),
        ("resolution", "names no column"),
        ("resolution=", "names no column"),
    ],
)
def test_a_mapping_that_names_nothing_is_refused(
    call: Command, table: Path, value: str, message: str
) -> None:
    result = call("import", str(table), "--map", value)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_field_has_one_column(call: Command, table: Path) -> None:
    result = call("import", str(table), "--map", "subject=a", "--map", "subject=b")
    assert result.exit_code == 2
    assert "given twice" in result.stderr


def test_a_missing_file_is_named(process: Process, tmp_path: Path) -> None:
    done = process("import", str(tmp_path / "gone.csv"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert "gone.csv does not exist" in done.stderr


def test_a_rejected_row_comes_with_the_command_that_takes_it_in_when_it_is_mended(
    call: Command, tmp_path: Path
) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("Ref,subject,created\n,No sound,03/04/2026\n")
    options = ("--source", "help desk", "--map", "reference=Ref", "--date-order", "day-first")
    said = call("import", str(path), *options).stdout
    line = next(line for line in said.splitlines() if line.startswith("Mend them"))
    _, *again = shlex.split(line.partition("run: ")[2])
    rejects = Path(again[1])
    rejects.write_text(rejects.read_text("utf-8").replace('"Ref": ""', '"Ref": "C-1"'), "utf-8")
    assert counts(call(*again).stdout)["New"] == "1"
    assert "2026-04-03" in call("show", "C-1").stdout


FEBRUARY = "id,subject,resolution,status,updated\n9,Fax busy,,Open,2026-02-01T10:00:00Z\n"
MARCH = "id,subject,resolution,status,updated\n9,Fax busy,New card,Closed,2026-03-10T10:00:00Z\n"


def test_an_older_export_changes_nothing_unless_somebody_says_so(
    call: Command, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(FEBRUARY)
    new.write_text(MARCH)
    assert "Older" not in call("import", str(new)).stdout
    for options in (["--dry-run"], []):
        result = call("import", str(old), *options)
        assert (counts(result.stdout)["Older"], counts(result.stdout)["Changed"]) == ("1", "0")
        assert "1 row is older than what is stored" in result.stdout
    assert json.loads(call("show", "9", "--json").stdout)["resolution"] == "New card"
    assert counts(call("import", str(old), "--force-older").stdout)["Changed"] == "1"
    assert json.loads(call("show", "9", "--json").stdout)["status"] == "Open"


def test_an_import_that_takes_in_nothing_at_all_fails(call: Command, tmp_path: Path) -> None:
    table = tmp_path / "tickets.csv"
    table.write_text("id,subject\n,No number\n,None either\n", encoding="utf-8")
    result = call("import", str(table))
    assert (result.exit_code, counts(result.stdout)["Rejected"]) == (2, "2")
    assert "No row could be taken in; " in result.stderr


def test_a_file_of_headings_alone_is_told_and_no_fault(call: Command, tmp_path: Path) -> None:
    table = tmp_path / "tickets.csv"
    table.write_text("id,subject\n", encoding="utf-8")
    result = call("import", str(table))
    assert (result.exit_code, counts(result.stdout)["Read"]) == (0, "0")
    assert "Note: there was no row to take in" in result.stdout


def test_an_import_of_many_rejected_rows_exits_with_3_and_says_why(
    call: Command, tmp_path: Path
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("id,subject\n1,Fax\n2,a,b\n3,a,b\n,Lamp\n")
    result = call("import", str(table))
    assert (result.exit_code, counts(result.stdout)["Rejected"]) == (3, "3")
    said = [line.split(" x ")[1] for line in result.stdout.splitlines() if " x " in line]
    assert said == ["row: has … cells, the header has …", "reference: is empty"]


def test_a_few_rejected_rows_are_no_failure(call: Command, tmp_path: Path) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("id,subject\n" + "".join(f"{n},Fax\n" for n in range(40)) + "41,a,b\n")
    assert call("import", str(table)).exit_code == 0


def test_records_that_hold_nothing_are_counted(call: Command, tmp_path: Path) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("id,subject\n1,Fax\n,\n\n2,Lamp\n")
    found = counts(call("import", str(table)).stdout)
    assert (found["Read"], found["Blank"]) == ("2", "2")


def test_an_encoding_can_be_named(call: Command, tmp_path: Path) -> None:
    table = tmp_path / "calls.csv"
    table.write_bytes("id,subject\n1,Büro\n".encode("cp850"))
    call("import", str(table), "--encoding", "cp850")
    assert json.loads(call("show", "1", "--json").stdout)["subject"] == "Büro"


@pytest.mark.parametrize("name", ["klingon", "base64"])
def test_what_is_no_encoding_of_text_is_refused(call: Command, table: Path, name: str) -> None:
    result = call("import", str(table), "--encoding", name)
    assert result.exit_code == 2
    assert "is no encoding of text" in result.stderr


def test_an_import_waits_for_a_rebuild_and_says_so(
    call: Command, home: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("import", str(table))
    call("reindex")
    (home / "kbsearch.db").unlink()  # an index of another store is rebuilt
    monkeypatch.setattr("kbsearch.engines.whoosh.engine._PATIENCE", 0.05)
    with ExitStack() as other:
        other.enter_context(lock(home / "index" / "internal" / "rebuild.lock", patience=0))
        Timer(1.0, other.pop_all().close).start()
        result = call("import", str(table))
    assert result.exit_code == 0
    assert result.stdout.count("Another process rebuilds the index: waiting.") == 1
    assert "The index is up to date with 2 tickets." in result.stdout


def test_a_preview_shows_columns_and_first_tickets_and_saves_none(
    call: Command, tmp_path: Path
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("id,subject,Shelf\n1,No paper,A 3\n")

    result = call("import", "--preview", str(table))

    assert result.exit_code == 0
    assert "Shelf    nothing    A 3" in result.stdout
    assert "subject: No paper" in result.stdout
    assert "nothing was saved" in result.stdout
    assert call("show", "1").exit_code != 0


def test_a_preview_of_a_file_that_says_nothing_shows_its_columns(
    call: Command, tmp_path: Path
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("Nr,Worum\n1,Kein Papier\n")

    result = call("import", "--preview", str(table))

    assert result.exit_code == 2
    assert "Worum  nothing  Kein Papier" in result.stdout
    assert "has no column that can be searched" in result.stderr


def test_a_saved_mapping_is_used_again_and_what_is_said_goes_before(
    call: Command, tmp_path: Path
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("Nr,Worum\n1,Kein Papier\n")
    maps = ("--map", "reference=Nr", "--map", "subject=Worum")
    call("import", str(table), *maps, "--source", "helpdesk", "--save-mapping", "german")

    again = call("import", str(table), "--mapping", "german")
    other = call("import", str(table), "--mapping", "german", "--source", "other")

    assert counts(again.stdout)["Unchanged"] == "1"
    assert counts(other.stdout)["New"] == "1"


def test_a_mapping_that_is_not_saved_is_refused(call: Command, table: Path) -> None:
    result = call("import", str(table), "--mapping", "german")

    assert result.exit_code == 2
    assert 'No mapping is saved as "german"' in result.stderr


def test_a_number_of_a_status_is_told_and_can_be_named(call: Command, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("id,subject,status\n1,Toner low,4\n")
    assert "--map-value status:4=NAME" in call("import", str(path)).stdout
    call("import", str(path), "--map-value", "status:4=Closed")
    assert "Closed" in call("show", "1").stdout
    refused = call("import", str(path), "--map-value", "status=Closed")
    assert "status:5=Closed" in refused.stderr
