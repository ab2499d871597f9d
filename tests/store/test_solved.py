"""What calls say of tickets tells which queries a ticket solves."""

from kbsearch.records.outcome import OutcomeReport
from kbsearch.store.store import Store


def say(store: Store, reference: str, query: str, *, solved: bool, call: str = "") -> None:
    ticket = store.save({"reference": reference, "subject": "VPN drops"})
    store.record_outcome(ticket.id, OutcomeReport(solved, call, query))


def test_a_query_and_the_ticket_that_solved_it_are_told_once(store: Store) -> None:
    say(store, "T-2", "vpn drops", solved=True)
    say(store, "T-1", "vpn drops", solved=True)
    say(store, "T-2", "vpn drops", solved=True)
    assert store.solved_queries() == [("vpn drops", "T-2", "desk"), ("vpn drops", "T-1", "desk")]


def test_what_helped_no_more_often_than_not_is_left_out(store: Store) -> None:
    say(store, "T-1", "vpn drops", solved=True)
    say(store, "T-1", "vpn drops", solved=False)
    assert store.solved_queries() == []


def test_a_call_that_named_no_query_is_left_out(store: Store) -> None:
    say(store, "T-1", "", solved=True)
    assert store.solved_queries() == []


def test_a_ticket_that_was_deleted_is_left_out(store: Store) -> None:
    say(store, "T-1", "vpn drops", solved=True)
    store.delete("T-1")
    assert store.solved_queries() == []
