"""A knowledge base for Python programs."""

import doctest
import subprocess
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from threading import Timer

import pytest

import kbsearch
from kbsearch.errors import ReferenceTaken, TicketInvalid
from kbsearch.locks import lock

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def test_the_page_says_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.attempted > 15
    assert found.failed == 0, capsys.readouterr().out


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBSEARCH_HOME", str(tmp_path / "home"))
    with kbsearch.open() as kb:
        kb.add(reference="T-1", subject="Kettle leaks")
        with pytest.raises(ReferenceTaken):
            kb.add(reference="T-1", subject="Kettle boils")
    with kbsearch.open(tmp_path / "home") as kb:
        assert kb.search("kettle").total == 1


def rebuild_lock(folder: Path) -> Path:
    path = folder / "home" / "index" / "internal" / "rebuild.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_an_import_waits_for_a_rebuild_of_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("id,subject\n1,Kettle leaks\n")
    monkeypatch.setattr("kbsearch.engines.whoosh.engine._PATIENCE", 0.05)
    with kbsearch.open(tmp_path / "home") as kb, ExitStack() as other:
        assert other.enter_context(lock(rebuild_lock(tmp_path), patience=0))
        Timer(1.0, other.pop_all().close).start()
        report = kb.import_files([table])
        assert (report.new, kb.search("kettle").total) == (1, 1)
        assert any("Another process rebuilt the index" in note for note in report.notes)


def test_an_import_whose_index_stays_busy_ends_well_with_its_rows_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("id,subject\n1,Kettle leaks\n")
    monkeypatch.setattr("kbsearch.engines.whoosh.engine._PATIENCE", 0.05)
    monkeypatch.setattr("kbsearch.services.indexing.WAIT", 0.0)
    with kbsearch.open(tmp_path / "home") as kb:
        with lock(rebuild_lock(tmp_path), patience=0):
            report = kb.import_files([table])
        assert kb.ticket("1").subject == "Kettle leaks"
    assert report.notes[-1] == "The rows are saved; the index takes them in with the next change."


def test_a_ticket_without_a_reference_gets_one(tmp_path: Path) -> None:
    with kbsearch.open(tmp_path / "home") as kb:
        added = kb.add(subject="Kettle leaks", tags=["kitchen"])
        assert kb.ticket(added.reference).tags == ("kitchen",)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"nonsense": 1}, "nonsense: there is no such field; there are reference, source"),
        ({"tags": "a,b"}, "tags: a list of texts is needed, not str"),
        ({"subject": None}, "subject: a text is needed, not NoneType"),
        ({"created_at": "2026-01-01"}, "created_at: a datetime with its time zone is needed"),
        ({"created_at": datetime(2026, 1, 1)}, "created_at: "),
        ({"kind": "nonsense"}, "kind: "),
    ],
)
def test_what_is_no_field_of_a_ticket_is_named(
    tmp_path: Path, fields: dict[str, object], sentence: str
) -> None:
    with kbsearch.open(tmp_path / "home") as kb, pytest.raises(TicketInvalid, match=sentence):
        kb.add("T-1", **fields)


def test_the_package_has_the_names_it_lists() -> None:
    assert all(hasattr(kbsearch, name) for name in kbsearch.__all__)
    with pytest.raises(AttributeError, match="no attribute 'opened'"):
        _ = kbsearch.opened


def test_importing_the_package_loads_nothing_else() -> None:
    script = "import sys, kbsearch; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert {"sqlalchemy", "numpy", "pydantic"}.isdisjoint(loaded.stdout.split())
