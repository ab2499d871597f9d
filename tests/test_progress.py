"""What long work tells of itself."""

from pathlib import Path

import pytest

from kbsearch.progress import Pace, Stage
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.ticket import TicketFields
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings


class Heard:
    """A progress that remembers what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[Stage, int, int | None]] = []

    def __call__(self, stage: Stage, done: int, total: int | None) -> None:
        """Remember it."""
        self.told.append((stage, done, total))


def test_a_rebuild_tells_its_stages_in_order(settings: Settings) -> None:
    kb = KnowledgeBase.open(settings)
    kb.parts.store.save_many([TicketFields(reference=f"T-{n}", subject="Modem") for n in range(3)])
    heard = Heard()
    kb.parts.index.reindex(heard)
    kb.close()
    assert (Stage.ANALYSING, 3, 3) in heard.told
    assert list(dict.fromkeys(stage for stage, _, _ in heard.told)) == [
        Stage.ANALYSING,
        Stage.WRITING,
        Stage.SWAPPING,
    ]


def test_an_import_tells_the_bytes_read(settings: Settings, tmp_path: Path) -> None:
    rows = tmp_path / "tickets.csv"
    rows.write_text("reference,subject\nT-1,Modem\n", encoding="utf-8")
    kb = KnowledgeBase.open(settings)
    heard = Heard()
    kb.local.importing.run([rows], ImportOptions(), progress=heard)
    kb.close()
    assert heard.told[-1] == (Stage.READING, rows.stat().st_size, rows.stat().st_size)


def test_a_steady_pace_tells_when_all_will_be_done() -> None:
    pace = Pace(start=50.0)
    for second in range(1, 21):
        pace.step(100 * second, now=50.0 + second)
    assert pace.rate == pytest.approx(100)
    assert pace.left(total=5_000) == pytest.approx(30)


def test_what_lately_happened_counts_more_than_what_was_long_ago() -> None:
    pace = Pace(start=0.0)
    pace.step(0, now=30.0)
    for second in range(1, 31):
        pace.step(100 * second, now=30.0 + second)
    assert 90 < pace.rate < 100


def test_nobody_can_tell_before_something_was_done() -> None:
    pace = Pace(start=0.0)
    pace.step(40, now=0.1)
    assert (pace.rate, pace.left(total=100)) == (0.0, None)
    pace.step(40, now=0.1)
    pace.step(0, now=10.0)
    assert (pace.rate, pace.left(total=100)) == (0.0, None)


def test_more_than_all_leaves_nothing() -> None:
    pace = Pace(start=0.0)
    pace.step(120, now=10.0)
    assert pace.left(total=100) == 0.0
