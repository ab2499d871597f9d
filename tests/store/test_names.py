"""Tickets whose names differ in what nobody sees, from any door and from before."""

from contextlib import closing

import pytest
from sqlalchemy import update

from kbsearch.errors import TicketNotFound
from kbsearch.records.ticket import TicketFields
from kbsearch.store.database import Database
from kbsearch.store.store import Outcome, Saved, Store
from kbsearch.store.tables import TicketRow


def rename(url: str, reference: str) -> None:
    """Give all tickets a reference that no door would let in today."""
    with closing(Database(url)) as database, database.writing() as connection:
        connection.execute(update(TicketRow).values(reference=reference))


def test_a_ticket_is_one_however_its_name_is_given(store: Store) -> None:
    first = store.save(
        {"reference": "Caf\u00e9 1", "source": "crm", "subject": "x", "tags": ("a",)}
    )
    again: TicketFields = {
        "reference": " Cafe\u0301  1\u200b",
        "source": " crm ",
        "tags": ("a", "", "a "),
    }
    assert store.save_many([again]) == [Saved(Outcome.UNCHANGED, first.id)]
    for reference in ("Caf\u00e9 1", "Cafe\u0301 1", "\tCaf\u00e9 1"):
        assert store.get(reference, " crm") == first


@pytest.mark.parametrize("reference", [" KB-1 ", "KB\u200b-1", "Cafe\u0301"])
def test_a_ticket_from_before_is_found_and_changed_under_its_old_name(
    store: Store, database_url: str, reference: str
) -> None:
    first = store.save({"reference": "KB-1", "subject": "x"})
    rename(database_url, reference)
    assert store.get(reference).id == first.id
    changed = store.save({"reference": reference, "cause": "y"})
    assert (changed.id, changed.reference, changed.revision) == (first.id, reference, 2)
    store.delete(reference)
    with pytest.raises(TicketNotFound):
        store.get(reference)


def test_the_name_as_typed_goes_before_any_other(store: Store, database_url: str) -> None:
    old = store.save({"reference": "KB-1", "subject": "x"})
    rename(database_url, " kb-1")
    upper, lower = (store.save({"reference": name, "subject": "y"}) for name in ("KB-1", "kb-1"))
    found = [store.get(name).id for name in (" kb-1", "kb-1", "KB-1", "KB-1 ")]
    assert found == [old.id, lower.id, upper.id, upper.id]
