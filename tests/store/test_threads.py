"""The messages of tickets, read with many tickets at a time."""

from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import TicketFields
from kbsearch.store.store import Store


def ticket(number: int, *texts: str) -> TicketFields:
    """Return a ticket with these messages."""
    said = tuple(Message("Ann", Role.AGENT, None, True, text) for text in texts)
    return {"reference": f"KB-{number}", "subject": "VPN drops", "messages": said}


def texts(store: Store) -> dict[int, list[str]]:
    """Return the texts of the messages of all tickets, as they are streamed."""
    return {one.id: [message.text for message in one.messages] for one in store.tickets()}


def test_a_stream_has_every_ticket_with_its_own_messages(store: Store) -> None:
    rows = [ticket(1), ticket(2, "b", "a"), ticket(3, "c"), ticket(4), ticket(5, "d")]
    store.save_many(rows)
    store.delete("KB-3")
    assert texts(store) == {1: [], 2: ["b", "a"], 4: [], 5: ["d"]}


def test_a_stream_does_not_mix_up_the_messages_of_thousands_of_tickets(store: Store) -> None:
    store.save_many([ticket(n, *([str(n)] * (n % 3))) for n in range(1, 2_501)])
    assert texts(store) == {n: [str(n)] * (n % 3) for n in range(1, 2_501)}


def test_tickets_that_are_asked_for_together_have_their_own_messages(store: Store) -> None:
    store.save_many([ticket(1, "a"), ticket(2), ticket(3, "b")])
    found = store.fetch_whole([3, 1, 2, 9])
    assert {n: [m.text for m in one.messages] for n, one in found.items()} == texts(store)


def test_a_message_that_is_added_is_a_change_of_its_ticket(store: Store) -> None:
    store.save(ticket(1, "a"))
    saved = store.save(ticket(1, "a", "b"))
    assert saved.revision == 2
    assert texts(store) == {1: ["a", "b"]}
    assert store.save(ticket(1, "b")).revision == 2
