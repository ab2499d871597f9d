"""`kbsearch search`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command, Process, fill


def references(output: str) -> list[str]:
    return [hit["ticket"]["reference"] for hit in json.loads(output)["hits"]]


def test_words_in_a_row_need_no_quotes(ask: Command) -> None:
    result = ask("search", "color", "printer", "jams")
    assert result.exit_code == 0
    assert result.stdout.startswith("  1. Resolution  Reseat the paper tray and clean the rollers.")
    assert "     Ticket      T-1 · Printers · resolved" in result.stdout
    assert "\x1b" not in result.stdout


def test_a_hit_without_a_resolution_says_so(ask: Command) -> None:
    assert "Not solved" in ask("search", "0x80070005").stdout


def test_the_other_spelling_is_found_and_explained(ask: Command) -> None:
    result = ask("search", "--json", "colour")
    hit = json.loads(result.stdout)["hits"][0]
    assert hit["ticket"]["reference"] == "T-1"
    assert [(reason["word"], reason["found"]) for reason in hit["reasons"]] == [("colour", "color")]


def test_plain_finds_only_what_was_typed(ask: Command) -> None:
    assert references(ask("search", "--json", "duplx").stdout) == ["A-1"]
    assert references(ask("search", "--json", "--plain", "duplx").stdout) == []
    assert references(ask("search", "--json", "--plain", "duplex").stdout) == ["A-1"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--product", "printers"), ["A-1", "T-1"]),
        (("--product", "Printers", "--kind", "article"), ["A-1"]),
        (("--kind", "ticket", "--status", "resolved"), ["T-1"]),
        (("--tag", "paper"), ["T-1"]),
        (("--from", "2026-01-05", "--before", "2026-02-05"), ["T-1"]),
        (("--product", "Outlook"), []),
    ],
    ids=" ".join,
)
def test_filters_leave_out_what_does_not_fit(
    ask: Command, options: tuple[str, ...], expected: list[str]
) -> None:
    result = ask("search", "--json", *options, "printer")
    assert sorted(references(result.stdout)) == expected


def test_json_holds_what_the_help_promises(ask: Command) -> None:
    answer = json.loads(ask("search", "--json", "--limit", "1", "printer").stdout)
    names = {"query", "total", "took_ms", "notes", "partial", "did_you_mean", "hits"}
    names |= {"near_codes", "customer", "solved", "older_fixes"}
    assert set(answer) == names
    assert (answer["query"], answer["total"], len(answer["hits"])) == ("printer", 2, 1)
    hit = answer["hits"][0]
    assert set(hit) == {*("rank", "score", "resolution", "problem", "reasons", "signals", "ticket")}
    start, end = hit["problem"]["marks"][0]
    assert hit["problem"]["text"][start:end].lower().startswith("print")


def test_finding_nothing_is_no_error_and_says_what_to_try(ask: Command) -> None:
    result = ask("search", "0x8007FFFF")
    assert result.exit_code == 0
    assert result.stdout.startswith('No ticket has "0x8007FFFF".\n\nNothing found in ')


def test_an_explanation_shows_the_score(ask: Command) -> None:
    text = ask("search", "--explain", "colour printer").stdout
    assert "     Score " in text
    assert "colour -> color (variant)" in text
    assert "  in all\n" in text


def test_a_code_that_nobody_has_is_answered_by_those_that_come_near_it(ask: Command) -> None:
    text = ask("search", "0x80070050").stdout
    assert text.startswith("Nothing found in ")
    assert "\nSimilar codes (not the one you typed):\n" in text
    assert "     Code        0x80070005\n" + " " * 25 + "^^\n" in text
    assert "T-2 · Outlook asks for the password" in text


def test_near_codes_are_no_hits_for_a_program_either(ask: Command) -> None:
    answer = json.loads(ask("search", "--json", "0x8007OOO5").stdout)
    assert answer["hits"] == []
    [near] = answer["near_codes"]
    [hint] = near["hints"]
    assert (near["found"], hint["sentence"]) == ("0x80070005", "0 and O look alike")
    assert [near["found"][start:end] for start, end in near["marks"]] == ["000"]
    assert [ticket["reference"] for ticket in near["tickets"]] == ["T-2"]


def test_what_did_not_help_in_a_call_is_lower_in_the_same_call(home: Path, call: Command) -> None:
    fill(home)
    call("outcome", "T-1", "--did-not-help", "--call", "4711")
    assert references(call("search", "--json", "color", "printer").stdout) == ["T-1", "A-1"]
    answer = call("search", "--json", "--call", "4711", "color", "printer").stdout
    assert references(answer) == ["A-1", "T-1"]
    signals = json.loads(answer)["hits"][1]["signals"]
    assert "it did not help in this call" in [signal["sentence"] for signal in signals]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([""], id="empty"),
        pytest.param(["   "], id="blank"),
        pytest.param(["x" * 100_000], id="too long"),
        pytest.param(["--limit", "0", "printer"], id="no hits wanted"),
        pytest.param(["--limit", "201", "printer"], id="too many wanted"),
        pytest.param(["--from", "yesterday", "printer"], id="no date"),
        pytest.param(["--kind", "note", "printer"], id="no such kind"),
        pytest.param(["--call", "x" * 65, "printer"], id="too long a call"),
        pytest.param([], id="nothing"),
    ],
)
def test_a_wrong_question_exits_with_two_and_a_sentence(ask: Command, arguments: list[str]) -> None:
    result = ask("search", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


@pytest.mark.usefixtures("empty_store")
def test_searching_without_an_index_says_how_to_build_one(process: Process) -> None:
    done = process("search", "printer")
    assert (done.returncode, done.stdout) == (1, "")
    assert "kbsearch reindex" in done.stderr


def test_letters_that_the_terminal_lacks_do_not_stop_the_answer(process: Process) -> None:
    process("add", "--subject", "Drücker klemmt")
    process("reindex")
    done = process("search", "klemmt", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "Dr\\xfccker klemmt" in done.stdout


@pytest.mark.parametrize("option", ["--product", "--status", "--category", "--tag"])
def test_a_filter_takes_a_hundred_values(ask: Command, option: str) -> None:
    values = [text for number in range(101) for text in (option, str(number))]
    assert ask("search", *values[2:], "printer").exit_code == 0
    result = ask("search", *values, "printer")
    assert result.exit_code == 2
    assert f"{option[2:]}: has 101 values, the limit is 100; leave some out." in result.stderr


@pytest.mark.parametrize("arguments", [["--kind"], ["--limit"], ["--from"], []], ids=str)
def test_what_cannot_be_used_is_not_repeated_in_full(ask: Command, arguments: list[str]) -> None:
    for long in ("x" * 100_000, "--" + "x" * 100_000):
        result = ask(*(["search", *arguments] if arguments else []), long)
        assert result.exit_code == 2
        assert len(result.stderr) < 1_000


def test_operators_say_which_tickets_are_found(ask: Command) -> None:
    assert references(ask("search", "--json", "printer AND jams").stdout) == ["T-1"]
    assert references(ask("search", "--json", "printer NOT jams").stdout) == ["A-1"]
    assert references(ask("search", "--json", "printer", "OR", "outlook", "-jams").stdout) == [
        "T-2",
        "A-1",
    ]


def test_a_malformed_query_is_searched_and_says_what_is_wrong(ask: Command) -> None:
    result = ask("search", "printer AND (jams")
    assert result.exit_code == 0
    assert 'The bracket in "AND ( jams" has no closing bracket' in " ".join(result.stdout.split())


def test_small_words_alone_are_answered_by_a_sentence(ask: Command) -> None:
    result = ask("search", "isn`t going")
    assert result.exit_code == 0
    assert result.stdout == "Add a word for the thing that fails.\n\nNothing was searched.\n"
    found = json.loads(ask("search", "--json", "wont").stdout)
    assert (found["hits"], found["total"]) == ([], 0)
    assert [note["code"] for note in found["notes"]] == ["add_word"]


def test_a_word_that_is_unwanted_in_plain_words_comes_with_the_query(ask: Command) -> None:
    stdout = ask("search", "printer", "but", "not", "jams").stdout
    assert stdout.startswith('To leave out "jams", search for: printer -jams\n')
