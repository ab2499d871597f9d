"""`kbsearch similar`."""

import json

import pytest

from tests.cli.conftest import Command


def references(output: str) -> list[str]:
    return [hit["ticket"]["reference"] for hit in json.loads(output)["hits"]]


def test_the_solved_tickets_like_one_look_like_hits(ask: Command) -> None:
    result = ask("similar", "T-1")
    assert result.stdout.startswith("  1. Resolution  Open the printer settings and choose duplex.")
    assert "     Why         it has printer" in result.stdout
    assert "\n1 hit in " in result.stdout


def test_a_note_is_compared_by_its_words(ask: Command) -> None:
    note = "color printer jams and outlook wants a password"
    assert references(ask("similar", "--json", "--text", note).stdout) == ["T-1", "A-1"]
    unsolved = ask("similar", "--json", "--all", "--limit", "2", "--text", note)
    assert references(unsolved.stdout) == ["T-1", "T-2"]


def test_a_note_comes_by_standard_input(ask: Command) -> None:
    result = ask("similar", "--json", "-", typed="The printer jams.\n")
    assert references(result.stdout) == ["T-1", "A-1"]
    assert json.loads(result.stdout)["query"] == "The printer jams.\n"


def test_nothing_alike_is_said_with_the_next_step(ask: Command) -> None:
    result = ask("similar", "--text", "outlook password")
    assert (result.exit_code, result.stdout) == (
        0,
        "No solved ticket is like it; add --all to see those without a resolution.\n",
    )


def test_explaining_shows_what_each_word_gave(ask: Command) -> None:
    assert "printer (exact)" in ask("similar", "--explain", "T-1").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "There is nothing to compare with; name a ticket, or send a text."),
        (("T-1", "--text", "printer"), "A ticket and a text are two questions; send one of them."),
        (("-",), "There is nothing to compare with"),
        (("--text", "of the"), "No word of the text tells one problem from another"),
        (("T-99",), 'There is no ticket "T-99"; check the reference.'),
    ],
)
def test_a_question_without_an_answer_is_refused(
    ask: Command, arguments: tuple[str, ...], sentence: str
) -> None:
    result = ask("similar", *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_note_that_is_no_text_is_refused(ask: Command) -> None:
    result = ask("similar", "-", typed=b"caf\xe9")
    assert (result.exit_code, "not UTF-8" in result.stderr) == (2, True)
