"""The folder engine among other engines, processes and threads."""

import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.plan import TopDocs
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.errors import IndexOutdated, StoreUnavailable
from kbsearch.records.history import Mark
from kbsearch.records.ticket import StoredTicket
from tests.engines.desk import Listed, asking, gone, ids, listing, saved, ticket
from tests.engines.whoosh.outdated import make_outdated
from tests.patience import PATIENCE

VIEW = View.INTERNAL
READER = """
import sys
from pathlib import Path
from kbsearch.engines.base import View
from kbsearch.engines.whoosh.engine import WhooshEngine
from tests.engines.desk import asking, ids
engine, seen = WhooshEngine(Path(sys.argv[1])), 0
print("reading", flush=True)
while seen < 32:
    found = engine.snapshot(View.INTERNAL).search(asking("printer"), limit=99)
    assert found.total >= seen, (found.total, seen)
    assert len(ids(found)) == len(set(ids(found))) == found.total
    assert engine.snapshot(View.INTERNAL).lexicon.count("printer") >= found.total
    seen = found.total
print(seen)
"""
CRASH = """
import os, sys
from pathlib import Path
from kbsearch.engines.base import View
from kbsearch.engines.whoosh.engine import WhooshEngine
from tests.engines.desk import Listed, ticket
def tickets():
    yield ticket(9, "zeppelin")
    os._exit(9)
WhooshEngine(Path(sys.argv[1])).rebuild(View.INTERNAL, Listed(tickets(), 99))
"""
CHECKOUT = Path(__file__).parents[3]


@pytest.fixture
def other(root: Path, engine: WhooshEngine) -> WhooshEngine:
    """A second engine on the same folder, as another process has it; it has searched before."""
    other = WhooshEngine(root)
    assert other.snapshot(VIEW).search(asking("printer"), limit=9).total == 2
    return other


def test_another_engine_sees_a_rebuild_at_its_next_search(
    engine: WhooshEngine, other: WhooshEngine
) -> None:
    engine.rebuild(VIEW, Listed([ticket(9, "zeppelin")], 1))
    assert ids(other.snapshot(VIEW).search(listing(), limit=9)) == [9]
    assert other.snapshot(VIEW).lexicon.count("printer") == 0


def test_another_engine_sees_changes_at_its_next_search(
    engine: WhooshEngine, other: WhooshEngine
) -> None:
    engine.apply(VIEW, [*saved(ticket(3, "Printer smokes")), *gone(1)], after=0, mark=Mark(11))
    assert sorted(ids(other.snapshot(VIEW).search(asking("printer"), limit=9))) == [2, 3]
    assert other.snapshot(VIEW).lexicon.count("smokes") == 1


def test_two_engines_may_write_in_turn(engine: WhooshEngine, other: WhooshEngine) -> None:
    for number in range(3, 9):
        writer = engine if number % 2 else other
        writer.apply(VIEW, saved(ticket(number, "printer")), after=0, mark=Mark(10 + number))
    assert engine.snapshot(VIEW).search(asking("printer"), limit=9) == other.snapshot(VIEW).search(
        asking("printer"), limit=9
    )
    assert engine.snapshot(VIEW).state.tickets == 8


def test_a_snapshot_in_use_outlives_two_rebuilds(engine: WhooshEngine, other: WhooshEngine) -> None:
    words = other.snapshot(VIEW).lexicon
    for watermark in (11, 12, 13):
        engine.rebuild(VIEW, Listed([ticket(9, "zeppelin")], watermark))
    assert words.count_term("offlin") == 1


def test_many_changes_leave_few_segments(engine: WhooshEngine, folder: Path) -> None:
    for number in range(3, 63):
        engine.apply(
            VIEW, saved(ticket(number, f"printer {number}")), after=0, mark=Mark(10 + number)
        )
    assert len(engine.snapshot(VIEW).opened.segments) <= 8
    assert len(list((folder / "segments").iterdir())) == 1 + len(
        engine.snapshot(VIEW).opened.segments
    )
    assert engine.snapshot(VIEW).search(asking("printer"), limit=99).total == 62
    assert engine.verify(VIEW) == []


def test_an_index_of_another_analysis_is_refused(
    engine: WhooshEngine, other: WhooshEngine, folder: Path
) -> None:
    make_outdated(folder)
    with pytest.raises(IndexOutdated, match=r"another version of the analysis .*; run: kbsearch"):
        other.snapshot(VIEW).search(asking("printer"), limit=1)
    with pytest.raises(IndexOutdated):
        engine.apply(VIEW, saved(ticket(3, "more")), after=0, mark=Mark(99))
    engine.rebuild(VIEW, Listed([ticket(1, "printer")], 11))
    assert other.snapshot(VIEW).search(asking("printer"), limit=1).total == 1


def test_a_rebuild_that_fails_leaves_no_file(engine: WhooshEngine, folder: Path) -> None:
    def torn() -> Iterator[StoredTicket]:
        yield ticket(9, "zeppelin")
        raise StoreUnavailable("the database went away")

    before = sorted(folder.rglob("*"))
    with pytest.raises(StoreUnavailable):
        engine.rebuild(VIEW, Listed(torn(), 50))
    assert sorted(folder.rglob("*")) == before


def test_a_process_that_dies_in_a_rebuild_leaves_the_old_index(
    engine: WhooshEngine, root: Path
) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(root)], cwd=CHECKOUT, check=False)
    assert done.returncode == 9
    assert ids(engine.snapshot(VIEW).search(listing(), limit=9)) == [1, 2]
    assert engine.rebuild(VIEW, Listed([ticket(3, "printer")], 12)).tickets == 1


def test_a_search_goes_on_in_another_process_while_changes_come_in(
    engine: WhooshEngine, root: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(root)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number in range(3, 33):
            engine.apply(VIEW, saved(ticket(number, "printer")), after=0, mark=Mark(10 + number))
            if number == 17:
                rebuilt = [ticket(one, "printer") for one in range(1, number + 1)]
                engine.rebuild(VIEW, Listed(rebuilt, 10 + number))
        output, complaint = reader.communicate(timeout=PATIENCE)
    assert (output, complaint, reader.returncode) == ("32\n", "", 0)


def answers(engine: WhooshEngine, words: Sequence[str]) -> dict[str, TopDocs]:
    """Return what an engine says to each of these words, asked in their order."""
    return {word: engine.snapshot(VIEW).search(asking(word), limit=5) for word in words}


@pytest.fixture
def hurried() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_threads_that_share_an_engine_read_the_same(root: Path, hurried: None) -> None:
    """Whoosh's files have one place each at which they are read."""
    words = ["".join(letters) for letters in product("bdfgk", "aeiou", "lmnrst", "op")]
    chance = random.Random(7)
    texts = (ticket(number, " ".join(chance.choices(words, k=50))) for number in range(1, 800))
    WhooshEngine(root).rebuild(VIEW, Listed(texts, 1))
    expected = answers(WhooshEngine(root), words)
    for _ in range(3):
        shared = WhooshEngine(root)
        orders = [chance.sample(words, k=len(words)) for _ in range(6)]
        with ThreadPoolExecutor(6) as pool:
            for found in pool.map(answers, [shared] * 6, orders):
                assert found == expected


def test_a_view_lies_in_its_own_folder(engine: WhooshEngine, root: Path) -> None:
    assert [path.name for path in root.iterdir()] == [VIEW.value]
