"""What long work tells of itself."""

from pathlib import Path

from kbsearch.progress import Stage
from kbsearch.service import KnowledgeBase
from kbsearch.settings import Settings
from kbsearch.tickets import TicketFields


class Heard:
    """A progress that remembers what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[Stage, int, int | None]] = []

    def __call__(self, stage: Stage, done: int, total: int | None) -> None:
        """Remember it."""
        self.told.append((stage, done, total))


def test_a_rebuild_tells_its_stages_in_order(settings: Settings) -> None:
    kb = KnowledgeBase.open(settings)
    kb.store.save_many([TicketFields(reference=f"T-{n}", subject="Modem") for n in range(3)])
    heard = Heard()
    kb.reindex(heard)
    kb.close()
    assert heard.told[:3] == [(Stage.ANALYSING, done, 3) for done in (1, 2, 3)]
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
    kb.import_paths([rows], mapping={}, source="desk", progress=heard)
    kb.close()
    assert heard.told[-1] == (Stage.READING, rows.stat().st_size, rows.stat().st_size)
