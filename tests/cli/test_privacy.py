"""`kbsearch privacy`."""

from contextlib import closing
from pathlib import Path

import pytest

from kbsearch.records.ticket import TicketFields
from kbsearch.store.store import Store
from tests.cli.conftest import Command
from tests.masking import unmasked


@pytest.fixture
def old(call: Command, home: Path) -> Command:
    """A knowledge base of two tickets that came before there were rules."""
    home.mkdir()
    with closing(Store.open(f"sqlite:///{home / 'kbsearch.db'}", masking=unmasked)) as store:
        store.save(
            TicketFields(reference="T-1", subject="Till", problem="card 4242 4242 4242 4242")
        )
        store.save(TicketFields(reference="T-2", subject="Till drawer"))
    return call


def test_it_says_how_many_tickets_are_not_masked(old: Command) -> None:
    said = old("privacy", "status").stdout
    assert said == (
        "0 of 2 tickets are masked by the rules of today.\n"
        "2 tickets came before any rules, and show all.\n"
        "To mask them, run: kbsearch privacy remask\n"
    )


def test_a_preview_shows_what_is_found_with_its_mark(old: Command) -> None:
    said = old("privacy", "preview").stdout.splitlines()
    assert said[0] == "2 tickets would be masked; 2 were read."
    assert said[1].split() == ["1", "card"]
    assert said[2] == "  card <4242 4242 4242 4242>  ->  [card ending 4242]"


def test_masking_wants_the_number_and_a_scan_proves_it(old: Command) -> None:
    refused = old("privacy", "remask")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "add --yes 2" in refused.stderr
    scan = old("privacy", "scan")
    assert scan.exit_code == 1
    assert "kbsearch.db, byte " in scan.stdout
    assert "4242" not in scan.stdout
    done = old("privacy", "remask", "--yes", "2")
    assert done.stdout == "2 tickets masked. 1 of them look otherwise now.\n"
    assert old("privacy", "scan").exit_code == 0
    assert old("privacy", "status").stdout == "2 of 2 tickets are masked by the rules of today.\n"


def test_rejected_rows_and_what_is_said_of_them_are_masked(call: Command, tmp_path: Path) -> None:
    rows = tmp_path / "calls.csv"
    rows.write_text("id,subject,opened\n,Mara paid by 4242 4242 4242 4242,1\nT-1,Till,2\n", "utf-8")
    said = call("import", str(rows))
    (rejects,) = (tmp_path / "home" / "rejects").iterdir()
    assert "paid by [card ending 4242]" in rejects.read_text("utf-8")
    assert "4242 4242" not in said.stdout + said.stderr


def test_a_preview_of_an_import_is_masked(call: Command, tmp_path: Path) -> None:
    rows = tmp_path / "calls.csv"
    rows.write_text("id,subject,requester\nT-1,Mara paid by 4242 4242 4242 4242,Mara\n", "utf-8")
    said = call("import", "--preview", str(rows)).stdout
    assert "4242 4242" not in said
    assert "[name] paid by [card ending 4242]" in " ".join(said.split())


def test_an_original_is_shown_for_a_reason_that_the_audit_log_keeps(
    old: Command, tmp_path: Path
) -> None:
    rows = tmp_path / "calls.csv"
    rows.write_text("id,subject,problem\nT-3,Till,call +1 415 555 2671\n", "utf-8")
    old("import", str(rows))
    said = old("privacy", "reveal", "T-3", "--reason", "a call back to mara@shop.example")
    assert "call +1 415 555 2671" in said.stdout
    shown = old("audit", "show", "--limit", "1").stdout
    assert "reveal  desk:T-3  reason a call back to [e-mail], texts ['problem']" in shown


def test_no_reason_shows_nothing(old: Command) -> None:
    refused = old("privacy", "reveal", "T-1", "--reason", "4711")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "Say in words what the original is needed for" in refused.stderr


def test_a_ticket_that_says_nothing_personal_has_no_originals(old: Command) -> None:
    said = old("privacy", "reveal", "T-2", "--reason", "to see it")
    assert said.stdout == "Nothing of this ticket was masked.\n"
