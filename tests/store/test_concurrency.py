"""Several writers and readers at a time."""

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from multiprocessing import get_context

import pytest

from kbsearch.store.log import Change
from kbsearch.store.store import Store
from tests.masking import unmasked

WRITERS = 3
SAVES = 30


def save_some(url: str, writer: int) -> None:
    """Save tickets of one's own, and one that all writers share."""
    with closing(Store.open(url, masking=unmasked)) as store:
        for number in range(SAVES):
            store.save({"reference": f"{writer}-{number}", "subject": "VPN drops"})
            store.save({"reference": "shared", "subject": f"By {writer}, number {number}"})


@pytest.fixture(params=["threads", "processes"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    pool: Executor = (
        ThreadPoolExecutor(WRITERS)
        if request.param == "threads"
        else ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn"))
    )
    with pool:
        yield pool


def test_writers_lose_nothing_and_readers_see_each_change_in_order(
    store: Store, database_url: str, executor: Executor
) -> None:
    writers = [executor.submit(save_some, database_url, number) for number in range(WRITERS)]
    seen: list[Change] = []
    while not all(writer.done() for writer in writers):
        seen += store.changes(seen[-1].sequence if seen else 0, limit=7)
    for writer in writers:
        writer.result()
    seen += store.changes(seen[-1].sequence if seen else 0)
    assert [change.sequence for change in seen] == list(range(1, 2 * WRITERS * SAVES + 1))
    assert [ticket.id for ticket in store.tickets()] == list(range(1, WRITERS * SAVES + 2))
    assert store.get("shared").revision == WRITERS * SAVES


def test_threads_may_share_one_store(store: Store) -> None:
    def save(number: int) -> int:
        return store.save({"reference": str(number), "subject": "VPN drops"}).id

    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(save, range(40)))
    assert sorted(ids) == list(range(1, 41))
