"""Commands that change one file of the data folder take turns, so that no change is lost."""

from pathlib import Path

import pytest

from kbsearch.locks import lock
from kbsearch.services import turns
from tests.cli.conftest import Command, fill

CHANGING = [
    ("gate", "add", "printer", "T-1"),
    ("gate", "collect"),
    ("synonyms", "add", "kettle", "boiler"),
    ("synonyms", "remove", "kettle", "boiler"),
    ("synonyms", "publish"),
]


@pytest.mark.parametrize("command", CHANGING, ids=" ".join)
def test_who_waits_in_vain_for_another_command_is_told(
    home: Path, call: Command, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home)
    monkeypatch.setattr(turns, "_PATIENCE", 0)
    with lock(home / "editing.lock", patience=0):
        result = call(*command)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: Another command is changing the synonyms or the pairs")
