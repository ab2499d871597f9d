"""The tickets that other systems get."""

import gzip
from pathlib import Path

from quality_measure.tickets import read_tickets, write_sample


def test_a_sample_has_the_wanted_tickets_and_the_first_of_the_others(tmp_path: Path) -> None:
    source, sample = tmp_path / "all.gz", tmp_path / "some.gz"
    lines = [f'{{"id": "t{number}", "subject": "S", "body": "{number}"}}\n' for number in range(9)]
    source.write_bytes(gzip.compress("".join(lines).encode()))
    write_sample(source, {"t7"}, 3, sample)
    found = read_tickets(sample)
    assert found.references == ["t0", "t1", "t7"]
    assert found.texts[2] == "S 7"
