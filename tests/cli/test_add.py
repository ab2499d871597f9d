"""`kbsearch add`."""

import json
import re
import stat
from pathlib import Path

import pytest

from kbsearch.errors import IndexBusy
from kbsearch.indexer.indexer import Indexer
from tests.cli.conftest import Command


def editor(folder: Path, writes: str) -> str:
    """Return a command that puts text below the heading `Subject`, as an editor would."""
    script = folder / "editor.py"
    script.write_text(
        "import os, pathlib, re, sys\n"
        "form = pathlib.Path(sys.argv[1])\n"
        f"text = re.sub('(--- Subject.*)', lambda head: head[1] + {writes!r}, form.read_text())\n"
        "form.write_text(text)\n"
        "os.utime(form, (1, 1))\n"
    )
    return f"python3 {script}"


def test_a_ticket_given_by_options_can_be_found_at_once(call: Command) -> None:
    call("reindex")
    result = call("add", "--subject", "No sound", "--resolution", "Unmute it", "--tags", "a, b")
    reference = re.fullmatch(r"Added (\S+); it can be found now\.\n", result.stdout)
    assert reference is not None
    found = json.loads(call("search", "--json", "sound").stdout)["hits"][0]["ticket"]
    assert (found["reference"], found["status"]) == (reference[1], "solved")
    assert found["tags"] == ["a", "b"]


def test_without_options_the_editor_opens(call: Command, tmp_path: Path) -> None:
    call("reindex")
    result = call("add", EDITOR=editor(tmp_path, "\nNo sound\n"))
    assert result.stdout.startswith("Added KB-")
    found = json.loads(call("search", "--json", "sound").stdout)["hits"][0]["ticket"]
    assert (found["subject"], found["status"]) == ("No sound", "open")


@pytest.mark.parametrize("writes", ["", "\n  \n"], ids=["unchanged", "blank"])
def test_when_nothing_is_written_nothing_is_added(
    call: Command, tmp_path: Path, writes: str
) -> None:
    result = call("add", EDITOR=editor(tmp_path, writes))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Nothing was written, so nothing was added.\n"


def test_closing_the_editor_without_saving_adds_nothing(call: Command) -> None:
    result = call("add", EDITOR="true")
    assert (result.exit_code, result.stderr) == (1, "Nothing was written, so nothing was added.\n")


def test_what_cannot_be_saved_is_kept_in_a_file(call: Command, tmp_path: Path, home: Path) -> None:
    home.mkdir()
    result = call("add", EDITOR=editor(tmp_path, "\n" + "too long " * 120_000))
    assert result.exit_code == 2
    assert "subject: has 1,079,999 characters" in result.stderr
    kept = Path(result.stderr.partition("What you wrote is kept in ")[2].partition("\n")[0])
    assert "too long too long" in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_options_that_make_no_ticket_are_refused(call: Command) -> None:
    result = call("add", "--product", "Printers")
    assert result.exit_code == 2
    assert "subject: write a subject, a problem or a resolution" in result.stderr


def test_more_tags_than_a_ticket_may_have_are_refused(call: Command) -> None:
    tags = ",".join(str(number) for number in range(101))
    result = call("add", "--subject", "No sound", "--tags", tags)
    assert result.exit_code == 2
    assert "tags: has 101 tags, the limit is 100; leave some out" in result.stderr


def test_what_is_saved_is_no_failure_when_it_cannot_be_found_yet(
    call: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise IndexBusy("Another process writes the index")

    monkeypatch.setattr(Indexer, "_take_in", busy)
    result = call("add", "--subject", "Toaster")
    assert (result.exit_code, result.stdout[:9]) == (0, "Added KB-")
    assert "can be found now" not in result.stdout
    assert result.stderr == (
        "Note: It is saved and cannot be found yet. Another process writes the index.\n"
    )


def test_a_status_that_no_desk_uses_is_refused_with_those_that_there_are(call: Command) -> None:
    result = call("add", "--subject", "No tone", "--status", "mango")
    assert result.exit_code == 2
    assert 'status: "mango" is none of: open, pending, solved, closed' in result.stderr
    assert call("add", "--subject", "No tone", "--status", "Closed").exit_code == 0


def test_a_blank_subject_is_refused(call: Command) -> None:
    result = call("add", "--subject", "  ", "--problem", "No tone")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "subject: is empty; write something, or leave the option out" in result.stderr
