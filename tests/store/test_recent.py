"""The last queries that people typed are kept, each once, and no more of them than wanted."""

import pytest

from kbsearch.store.recent import RecentQueries
from kbsearch.store.store import Store


@pytest.fixture
def recent(store: Store) -> RecentQueries:
    return keeper(store, 3)


def keeper(store: Store, limit: int) -> RecentQueries:
    """Return what keeps so many queries; the word `secret` is masked."""
    return store.recent_queries(limit=limit, redact=lambda text: text.replace("secret", "[x]"))


def ask(recent: RecentQueries, *texts: str) -> None:
    for text in texts:
        recent.remember(text)
    recent.flush()


def test_nothing_is_written_before_a_flush(recent: RecentQueries) -> None:
    recent.remember("blank pages")
    assert recent.latest() == []
    recent.flush()
    assert recent.latest() == ["blank pages"]


def test_a_query_that_is_asked_again_is_kept_once_as_the_last(recent: RecentQueries) -> None:
    ask(recent, "wifi", "printer", "wifi")
    ask(recent, "printer", "modem")
    assert recent.latest() == ["modem", "printer", "wifi"]


def test_the_oldest_go_when_there_are_too_many(recent: RecentQueries) -> None:
    ask(recent, "one", "two")
    ask(recent, "three", "four")
    assert recent.latest() == ["four", "three", "two"]


def test_what_is_written_was_redacted(recent: RecentQueries) -> None:
    ask(recent, "  the secret \n password ")
    assert recent.latest() == ["the [x] password"]


def test_texts_that_no_database_holds_are_left_out(recent: RecentQueries) -> None:
    ask(recent, "half \ud800", "nul \x00", "   ", "whole")
    assert recent.latest() == ["whole"]


def test_a_lower_limit_trims_what_is_there_already(store: Store, recent: RecentQueries) -> None:
    ask(recent, "one", "two", "three")
    fewer = keeper(store, 1)
    fewer.flush()
    assert (fewer.latest(), recent.latest()) == (["three"], ["three"])


def test_with_no_limit_left_nothing_is_kept(store: Store, recent: RecentQueries) -> None:
    ask(recent, "one")
    none = keeper(store, 0)
    ask(none, "two")
    assert recent.latest() == []
