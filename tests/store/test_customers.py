"""The tickets of a customer, by the number that they show."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from kbsearch.records.customer import LONGEST_NUMBER, CustomerTickets
from kbsearch.records.ticket import TicketFields
from kbsearch.store.customers import NUMBERS
from kbsearch.store.database import Database
from kbsearch.store.store import Store
from tests.masking import unmasked


def put(store: Store, reference: str, number: str, day: int = 1) -> None:
    """Save a ticket of a customer."""
    created = datetime(2026, 3, day, tzinfo=UTC)
    store.save(
        TicketFields(
            reference=reference,
            subject="VPN drops",
            customer_reference=number,
            created_at=created,
        )
    )


def found(store: Store, typed: str, limit: int = 10) -> tuple[tuple[str, ...], int, list[str]]:
    """Return the numbers, how many tickets there are, and the references of the newest."""
    customer = store.customer_tickets(typed, limit)
    assert customer is not None
    return customer.numbers, customer.total, [ticket.reference for ticket in customer.tickets]


def test_the_tickets_come_newest_first_and_no_more_than_were_asked_for(store: Store) -> None:
    for reference, day in (("KB-1", 5), ("KB-2", 9), ("KB-3", 7), ("KB-4", 1)):
        put(store, reference, "C-20806", day)
    put(store, "KB-5", "C-20807")
    assert found(store, "C-20806", 3) == (("C-20806",), 4, ["KB-2", "KB-3", "KB-1"])


def test_a_ticket_without_a_time_comes_last(store: Store) -> None:
    store.save({"reference": "KB-1", "subject": "VPN", "customer_reference": "C-20806"})
    put(store, "KB-2", "C-20806")
    assert found(store, "C-20806")[2] == ["KB-2", "KB-1"]


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("C-20806", "C-20806"),
        ("C-20806", " c20806 "),
        ("C-20806", "C 20806"),
        ("C 20806", "c-20806"),
        ("#20806", "20806"),
        ("K/4711.2", "k 4711 2"),
        ("acme_0012", "ACME-0012"),
        ("4711", "4711"),
        ("Ä-12", "ä 12"),
        ("KUNDE-Ñ7", "kunde ñ7"),
        ("客戶-12", "客戶12"),
    ],
)
def test_a_number_is_found_however_it_is_typed(store: Store, shown: str, typed: str) -> None:
    put(store, "KB-1", shown)
    assert found(store, typed) == ((shown,), 1, ["KB-1"])


def test_of_numbers_that_only_marks_tell_apart_both_may_be_meant(store: Store) -> None:
    put(store, "KB-1", "12-345", 1)
    put(store, "KB-2", "123-45", 2)
    assert found(store, "12345") == (("12-345", "123-45"), 2, ["KB-2", "KB-1"])


def test_a_number_that_is_typed_as_it_is_shown_is_meant_alone(store: Store) -> None:
    put(store, "KB-1", "A-12-345")
    put(store, "KB-2", "A-123-45")
    assert found(store, "a-123-45") == (("A-123-45",), 1, ["KB-2"])


@pytest.mark.parametrize(
    "typed",
    ["C-2080", "C-208066", "20806", "", " ", "-", "vpn", "a 1 b c", "1\x00", "1\ud800", "1" * 41],
)
def test_what_is_no_number_of_a_customer_finds_none(store: Store, typed: str) -> None:
    put(store, "KB-1", "C-20806")
    put(store, "KB-2", "1" * (LONGEST_NUMBER + 1))
    put(store, "KB-3", "")
    assert store.customer_tickets(typed, 10) is None


def test_a_deleted_ticket_is_not_listed(store: Store) -> None:
    put(store, "KB-1", "C-20806")
    put(store, "KB-2", "C-20806")
    store.delete("KB-1")
    assert found(store, "C-20806") == (("C-20806",), 1, ["KB-2"])
    store.delete("KB-2")
    assert store.customer_tickets("C-20806", 10) is None


def test_those_that_are_not_wanted_are_not_counted(store: Store) -> None:
    for number in range(1, 6):
        put(store, f"KB-{number}", "C-20806", number)
    customer = store.customer_tickets("C-20806", 1, lambda row: row.created_at.day < 4)
    assert customer is not None
    assert (customer.total, customer.tickets[0].reference) == (3, "KB-3")
    none_left = store.customer_tickets("C-20806", 1, lambda _: False)
    assert none_left == CustomerTickets(("C-20806",), 0, ())


def test_a_lookup_reads_the_index_of_customers_alone(sqlite_url: str) -> None:
    Store.open(sqlite_url, masking=unmasked).close()
    with closing(Database(sqlite_url)) as database, database.reading() as connection:
        query = f"EXPLAIN QUERY PLAN {NUMBERS.compile(connection)}"
        details = [row.detail for row in connection.exec_driver_sql(query, ("C-20806",))]
    assert details == ["SEARCH tickets USING COVERING INDEX tickets_customer (<expr>=?)"]
