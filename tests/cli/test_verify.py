"""`kbsearch verify`."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Command, fill


def test_a_sound_index_is_said_to_be_sound(ask: Command) -> None:
    result = ask("verify")
    assert result.exit_code == 0
    assert re.fullmatch(
        r"Every byte of the index is as it was written: 3 tickets in [\d.]+ \w+\.\n", result.stdout
    )


def damage(home: Path) -> str:
    """Change one bit of the newest segment and return the name of its file."""
    segments = (home / "index").rglob("*.arrays")
    newest = max(segments, key=lambda path: path.stat().st_mtime_ns)
    octets = bytearray(newest.read_bytes())
    octets[len(octets) // 2] ^= 1
    newest.write_bytes(octets)
    return newest.name


def test_a_bit_that_changed_is_found_and_the_next_step_is_named(home: Path, call: Command) -> None:
    fill(home)
    name = damage(home)
    result = call("verify")
    assert result.exit_code == 1
    assert name in result.stdout
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.startswith("Error: 1 thing is wrong with the index; ")
    assert result.stderr.endswith("run: kbsearch reindex\n")


@pytest.mark.usefixtures("empty_store")
def test_without_an_index_there_is_nothing_to_verify(call: Command) -> None:
    result = call("verify")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: There is no index yet; run: kbsearch reindex\n"


def test_stats_say_what_becomes_of_a_damaged_index(home: Path, call: Command) -> None:
    fill(home)
    damage(home)
    told = " ".join(call("stats").stdout.split())
    assert "is not as it was written; what it held is left out. To build" in told
    call("reindex", "--allow-shrink")
    call("reindex")
    damage(home)
    told = " ".join(call("stats").stdout.split())
    assert "is not as it was written; the spare answers in its place. To build" in told
