"""Several processes make what one would make, and go when they should."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count, islice
from multiprocessing import active_children

import pytest

from kbsearch.engines.indexing.document import extract
from kbsearch.engines.indexing.inverter import Inverter
from kbsearch.engines.indexing.parallel import inverted_runs, joined_to_runs
from kbsearch.errors import AnalysisStopped
from kbsearch.inverted.field import Field
from kbsearch.progress import Stage
from kbsearch.records.ticket import StoredTicket
from tests.engines.desk import ticket
from tests.inverted.test_merge import plain
from tests.patience import PATIENCE

ENDLESS = """
from itertools import count, islice
from kbsearch.engines.indexing.parallel import inverted_runs
from kbsearch.progress import Stage
from kbsearch.records.ticket import StoredTicket

def tell(stage, done, total):
    print(done, flush=True)

endless = (StoredTicket(id=at, revision=1, reference=str(at), problem="It jams") for at in count())
print(list(inverted_runs(endless, progress=tell)))
"""


def jams() -> Iterator[StoredTicket]:
    """Yield tickets for ever."""
    return (ticket(at, f"printer {at % 7} jams") for at in count(1))


def small(tickets: int) -> list[StoredTicket]:
    """Return so many tickets; more than a few thousand are worth a second process."""
    return list(islice(jams(), tickets))


@pytest.fixture
def endless() -> Iterator[subprocess.Popen[str]]:
    """A process without a main module that builds for ever, once its own processes are at work."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", ENDLESS]
    with subprocess.Popen(
        command, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_several_processes_make_what_one_does() -> None:
    given = small(9_000)
    (run,) = inverted_runs(given)
    assert plain(run) == plain(Inverter().invert([extract(one) for one in given]))
    assert active_children() == []


def test_a_few_tickets_are_inverted_here() -> None:
    for run in inverted_runs(small(10)):
        assert active_children() == []
        assert run.ids.tolist() == list(range(1, 11))


def test_no_tickets_make_no_run() -> None:
    assert list(inverted_runs([])) == []


def test_progress_is_told_as_tickets_are_analysed() -> None:
    told: list[tuple[Stage, int, int | None]] = []
    list(inverted_runs(small(9_000), total=9_000, progress=lambda *step: told.append(step)))
    assert told[-1] == (Stage.ANALYSING, 9_000, 9_000)
    assert [done for _, done, _ in told] == sorted({done for _, done, _ in told})
    assert len(told) > 1


@pytest.mark.parametrize(
    ("limits", "sizes"), [((5, 10**9), [4, 4, 2]), ((4, 10**9), [4, 4, 2]), ((10, 10**9), [10])]
)
def test_a_run_holds_no_more_documents_than_a_segment(
    limits: tuple[int, int], sizes: list[int]
) -> None:
    lots = (Inverter().invert([extract(one) for one in small(2)]) for _ in range(5))
    assert [run.ids.size for run in joined_to_runs(lots, *limits)] == sizes


def test_a_run_holds_no_more_postings_than_memory_bears() -> None:
    lot = Inverter().invert([extract(one) for one in small(2)])
    postings = sum(lot.fields[field].documents.size for field in Field)
    runs = joined_to_runs([lot] * 3, 100, 2 * postings)
    assert [run.ids.size for run in runs] == [4, 2]


def test_a_process_that_is_killed_is_told_in_a_sentence() -> None:
    def deadly() -> Iterator[StoredTicket]:
        for one in jams():
            yield one
            if one.id == 10_000:
                os.kill(active_children()[0].pid or 0, signal.SIGKILL)

    with pytest.raises(AnalysisStopped, match="was ended, perhaps because memory ran out"):
        list(inverted_runs(deadly()))
    assert active_children() == []


def test_what_goes_wrong_in_a_process_is_told_by_ours() -> None:
    given = [*small(5_000), ticket(2**70, "an id that no array holds")]
    with pytest.raises(OverflowError):
        list(inverted_runs(given))


def test_whoever_stops_asking_stops_the_processes() -> None:
    def stop(stage: Stage, done: int, total: int | None) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        next(inverted_runs(jams(), progress=stop))
    assert active_children() == []


def test_an_interrupt_ends_all_processes_with_one_traceback(
    endless: subprocess.Popen[str],
) -> None:
    os.killpg(endless.pid, signal.SIGINT)
    _, told = endless.communicate(timeout=PATIENCE)  # ends when the last of them closes its stderr
    assert told.count("Traceback") == 1
    assert told.rstrip().endswith("KeyboardInterrupt")


def test_processes_do_not_outlive_the_one_that_was_killed(endless: subprocess.Popen[str]) -> None:
    endless.kill()
    endless.communicate(timeout=PATIENCE)
