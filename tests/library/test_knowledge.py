"""A knowledge base for Python programs."""

import doctest
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

import kbsearch
from kbsearch.errors import ReferenceTaken, TicketInvalid

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
