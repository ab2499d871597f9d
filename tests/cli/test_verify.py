"""`kbsearch verify`."""

import json
import re
from contextlib import closing
from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.source import Update
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.records.ticket import TicketFields
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
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
    assert "is not as it was written; what it held is left out. To rebuild" in told
    call("reindex", "--allow-shrink")
    call("reindex")
    damage(home)
    told = " ".join(call("stats").stdout.split())
    assert "is not as it was written; the spare answers in its place. To rebuild" in told


def test_stats_name_damage_by_its_code_to_a_program(home: Path, call: Command) -> None:
    fill(home)
    name = damage(home)
    [found] = json.loads(call("stats", "--json").stdout)["index"]["damage"]
    assert (found["code"], Path(found["parameters"]["path"]).name) == ("file_damaged", name)
    assert found["parameters"]["wrong"]["code"] == "file_changed"
    assert found["sentence"].endswith("is not as it was written")


def exchange(home: Path) -> None:
    """Give the data folder another database, with as many changes."""
    (home / "kbsearch.db").unlink()
    kb = KnowledgeBase.open(Settings(home=home, database_url=""))
    kb.parts.store.save_many([TicketFields(reference=f"X-{n}", subject="Kettle") for n in range(5)])
    kb.close()


def test_the_index_of_another_database_is_wrong(home: Path, call: Command) -> None:
    fill(home)
    exchange(home)
    result = call("verify")
    assert result.exit_code == 1
    assert "yet: The index belongs to another database; run: kbsearch reindex" in result.stderr


def test_a_ticket_that_the_index_lacks_is_wrong(home: Path, call: Command) -> None:
    fill(home)
    with closing(KnowledgeBase.open(Settings(home=home, database_url=""))) as kb:
        WhooshEngine(home / "index").apply_ahead(
            View.INTERNAL, [Update(kb.local.tickets.get("T-1").id, None)]
        )
    result = call("verify")
    assert result.exit_code == 1
    assert result.stdout == "The index lacks 1 ticket (T-1).\n"
    assert result.stderr.startswith("Error: 1 thing is wrong with the index; ")


def test_what_is_not_taken_in_yet_is_mentioned(home: Path, call: Command) -> None:
    fill(home)
    with closing(KnowledgeBase.open(Settings(home=home, database_url=""))) as kb:
        kb.parts.store.save({"reference": "T-9", "subject": "Kettle"})
    result = call("verify")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 change not taken in yet, and not compared.\nEvery byte of")


def test_a_reindex_says_that_the_index_was_that_of_another_database(
    home: Path, call: Command
) -> None:
    fill(home)
    exchange(home)
    said = call("reindex").stdout
    assert said.startswith("The index belongs to another database. It was rebuilt.\n")
    assert "5 tickets indexed" in said


def test_an_import_says_that_the_index_was_that_of_another_database(
    home: Path, call: Command, tmp_path: Path
) -> None:
    fill(home)
    exchange(home)
    rows = tmp_path / "rows.csv"
    rows.write_text("reference,subject\nX-9,Toaster\n", "utf-8")
    said = call("import", str(rows)).stdout
    assert "The index belongs to another database. It was rebuilt.\n" in said
    assert said.endswith("The index is up to date with 6 tickets.\n")
    assert "X-9" in call("search", "toaster").stdout
