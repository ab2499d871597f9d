"""The change log, and that it says what happened to the tickets and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kbsearch.errors import TicketInvalid
from kbsearch.privacy.key_file import KeyFile
from kbsearch.records.masking import MaskedTicket
from kbsearch.records.ticket import Ticket, TicketFields
from kbsearch.store.database import Database
from kbsearch.store.log import Change
from kbsearch.store.store import Store
from kbsearch.store.tables import ChangeRow
from tests.masking import Unmasked
from tests.statements import statements

VPN: TicketFields = {"reference": "KB-1", "subject": "VPN drops"}
MAIL: TicketFields = {"reference": "KB-2", "subject": "Mail bounces"}


@pytest.fixture
def guarded(database_url: str, tmp_path: Path) -> Iterator[Store]:
    """A store whose masking hides a number, and fails at what it cannot judge."""
    store = Store.open(
        database_url, masking=Hiding(), keys=KeyFile(tmp_path / "keys" / "keys.json")
    )
    yield store
    store.close()


class Hiding(Unmasked):
    """Hides a number."""

    def mask(self, ticket: Ticket) -> MaskedTicket:
        """Return the ticket without the number."""
        if "unreadable" in ticket.problem:
            raise RuntimeError("the detector broke")
        if "4242" in ticket.reference:
            raise TicketInvalid("reference", "holds a number; give the ticket another reference")
        mended = {name: getattr(ticket, name).replace("4242", "[card]") for name in MASKED}
        originals = {
            name: getattr(ticket, name) for name in MASKED if "4242" in getattr(ticket, name)
        }
        return MaskedTicket(replace(ticket, **mended), originals)


MASKED = ("subject", "problem")


def logged(url: str) -> list[tuple[int, int, int, str]]:
    database = Database(url)
    columns = ChangeRow.__table__.c
    with database.reading() as connection:
        rows = connection.execute(ChangeRow.__table__.select().order_by(columns.sequence)).all()
    database.close()
    return [(row.sequence, row.ticket_id, row.revision, row.action) for row in rows]


def test_each_change_is_one_row_of_the_log(store: Store, database_url: str) -> None:
    store.save_many([VPN, MAIL, VPN, {**VPN, "cause": "old driver"}])
    store.delete("KB-2")
    store.undelete_many(["KB-2"])
    assert logged(database_url) == [
        (1, 1, 1, "added"),
        (2, 2, 1, "added"),
        (3, 1, 2, "changed"),
        (4, 2, 2, "deleted"),
        (5, 2, 3, "returned"),
    ]


def test_changes_are_read_in_order_behind_a_watermark(store: Store) -> None:
    store.save_many([{"reference": str(number), "subject": "x"} for number in range(5)])
    assert store.changes(2) == [Change(3, 3), Change(4, 4), Change(5, 5)]
    assert store.changes(0, limit=2) == [Change(1, 1), Change(2, 2)]
    assert store.changes(store.watermark()) == []


def test_every_text_is_redacted_before_it_is_written(guarded: Store) -> None:
    fields: TicketFields = {**VPN, "problem": "card 4242"}
    assert guarded.save(fields).problem == "card [card]"
    assert guarded.get("KB-1").problem == "card [card]"


def test_a_redacted_ticket_that_is_saved_again_is_unchanged(guarded: Store) -> None:
    first = guarded.save({**VPN, "problem": "card 4242"})
    assert guarded.save({**VPN, "problem": "card 4242"}) == first
    assert guarded.save(VPN) == first


def test_a_failing_redact_leaves_neither_ticket_nor_change(guarded: Store) -> None:
    guarded.save(MAIL)
    with pytest.raises(RuntimeError, match="detector broke"):
        guarded.save_many([VPN, {**MAIL, "cause": "x"}, {**MAIL, "problem": "unreadable"}])
    assert [ticket.reference for ticket in guarded.tickets()] == ["KB-2"]
    assert (guarded.get("KB-2").cause, guarded.watermark()) == ("", 1)


def test_a_reference_that_holds_personal_data_is_refused(guarded: Store) -> None:
    with pytest.raises(TicketInvalid, match="holds a number; give the ticket another"):
        guarded.save({**VPN, "reference": "4242"})
    assert guarded.count() == 0


def test_an_undone_batch_leaves_no_gap_in_the_log(guarded: Store) -> None:
    with pytest.raises(RuntimeError):
        guarded.save_many([VPN, {**MAIL, "problem": "unreadable"}])
    assert guarded.save(VPN).id == 1
    assert guarded.changes(0) == [Change(1, 1)]


def test_a_change_of_a_ticket_does_not_set_its_id(store: Store) -> None:
    with statements() as sent:
        store.save(VPN)
        store.save({**VPN, "cause": "old driver"})
        store.delete("KB-1")
    changed = [one.partition(" WHERE ")[0] for one in sent if "UPDATE tickets" in one]
    assert len(changed) == 2
    assert not [one for one in changed if " id=" in one]
