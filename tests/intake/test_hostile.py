"""The short form of scripts/hostile-files: a hostile file harms no good one, and is named."""

from pathlib import Path

import pytest

from tests.intake.hostile import make
from tests.intake.hostile_mix import mix, write_good

SHORT = (
    *("accents.csv", "tag.csv", "words.eml", "cut.xls"),
    *("deep-row.json", "laughs.xml", "external.xml", "nested.eml", "cut.xlsx", "far.xlsx"),
    *("slip.zip", "nested.zip", "link.zip", "binary.csv", "surrogates.jsonl", "digits.json"),
    *("link.csv", "pipe.csv", "socket.jsonl", "folder.csv"),
)


@pytest.mark.parametrize("name", SHORT)
def test_a_hostile_file_is_named_and_costs_no_good_ticket(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    references = write_good(folder, 5)
    assert mix(make(name, folder), references).fault == ""
