"""The gate fails on a drop, on nothing else, and no row of small drops goes unseen."""

from datetime import UTC, datetime

import pytest

from kbsearch.errors import FileUnreadable
from kbsearch.evaluation.gate import (
    Pair,
    PairRanks,
    Ranks,
    compare,
    pair_lines,
    parse_pairs,
    parse_run,
    run_text,
    standard,
)

PAIRS = [Pair(f"query {number}", f"T-{number}") for number in range(200)]
HEAD = "query\treference\tsource"


def ranks(*places: int | None) -> Ranks:
    """Return a run of 200 pairs that begins with these places; all others are first."""
    return dict.fromkeys(PAIRS, 1) | dict(zip(PAIRS, places, strict=False))


def run(held: Ranks) -> PairRanks:
    return PairRanks(datetime(2026, 3, 1, tzinfo=UTC), "abc", held)


@pytest.mark.parametrize(
    ("before", "now", "passed"),
    [
        (ranks(), ranks(), True),
        (ranks(None, None, None), ranks(), True),
        (ranks(), ranks(None, None), True),
        (ranks(), ranks(None, None, None), False),
        (ranks(), ranks(2, 2, 2, 2), True),
        (ranks(), ranks(2, 2, 2, 2, 2), False),
        (ranks(10, 10, 10), ranks(None, None, None), False),
        (ranks(None, None, None), ranks(2, 2, 2, 3, 3, 3), True),
    ],
    ids=[
        "the same",
        "higher",
        "0.01 fewer in the first ten",
        "over 0.01 fewer in the first ten",
        "an MRR that is 0.01 lower",
        "an MRR that is over 0.01 lower",
        "an MRR that hardly shows that three are gone",
        "more found than sunk",
    ],
)
def test_it_passes_unless_a_figure_is_over_a_hundredth_lower(
    before: Ranks, now: Ranks, passed: bool
) -> None:
    assert compare(before, now).passed is passed


def test_it_names_the_pairs_that_left_and_entered_the_first_ten_and_three() -> None:
    compared = compare(ranks(1, None, 2, 7), ranks(None, 10, 4, 3))
    moves = (compared.lost, compared.found, compared.sunk, compared.risen)
    assert [[move.pair.reference for move in kind] for kind in moves] == [
        ["T-0"],
        ["T-1"],
        ["T-2"],
        ["T-3"],
    ]


def test_only_pairs_of_both_runs_are_compared() -> None:
    old, new = Pair("gone", "T-8"), Pair("new", "T-9")
    compared = compare({PAIRS[0]: 2, old: 1}, {PAIRS[0]: 2, new: None})
    assert (compared.before, compared.passed) == (compared.now, True)
    assert compared.now.pairs == 1


def test_without_a_shared_pair_it_passes() -> None:
    assert compare({}, {PAIRS[0]: None}).passed


def test_a_run_that_is_a_little_lower_sets_no_lower_standard() -> None:
    first, second = run(ranks()), run(ranks(None, None))
    assert compare(first.ranks, second.ranks).passed
    kept = standard(first, second)
    assert not compare(kept.ranks, ranks(None, None, None)).passed


def test_new_pairs_of_a_run_that_is_a_little_lower_count_from_then_on() -> None:
    new = Pair("new", "T-9")
    kept = standard(run(ranks()), run({**ranks(None), new: 1}))
    assert (kept.ranks[new], kept.ranks[PAIRS[0]]) == (1, 1)


def test_a_run_that_is_as_good_is_the_new_standard() -> None:
    better = run(ranks(1))
    assert standard(run(ranks(2)), better) is better


def test_a_run_survives_its_file() -> None:
    held = run({Pair('say "hé"', "T 1", "desk"): None, PAIRS[1]: 3})
    assert parse_run(run_text(held), "gate.last.json") == held


@pytest.mark.parametrize("text", ["", "[]", '{"pairs": []}', "{", '{"at": 1, "pairs": [{}]}'])
def test_a_run_that_kbsearch_did_not_write_is_refused(text: str) -> None:
    with pytest.raises(FileUnreadable, match=r"^gate\.last\.json is not what kbsearch wrote; "):
        parse_run(text, "gate.last.json")


def test_pairs_survive_their_file() -> None:
    pairs = [Pair("blank pages", "T-1"), Pair("paper jam", "12", "helpdesk")]
    assert parse_pairs(pair_lines(pairs), "gate.tsv") == {pairs[0]: 2, pairs[1]: 3}


def test_a_file_of_a_spreadsheet_can_be_read() -> None:
    lines = ["query\treference\tsource\r", "blank pages\tT-1\t\r", "\r", ""]
    assert parse_pairs(lines, "gate.tsv") == {Pair("blank pages", "T-1"): 2}


@pytest.mark.parametrize("lines", [[], [""], ["", " "], [HEAD]])
def test_a_file_without_a_line_has_no_pairs(lines: list[str]) -> None:
    assert parse_pairs(lines, "gate.tsv") == {}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["a\tT-1"], "line 1: does not name the columns; write query, reference, source"),
        ([HEAD, "blank pages"], "line 2: is no pair; write the query, a tab and the"),
        ([HEAD, "", "\tT-1"], "line 3: is no pair; "),
        ([HEAD, "a\tb\tc\td"], "line 2: is no pair; "),
        ([HEAD, "a\tT-1", "b\tT-1", "a \tT-1"], "line 4: says the same as line 2; remove one"),
    ],
    ids=["no names", "no tab", "no query", "too much", "twice"],
)
def test_a_line_that_is_no_pair_is_named(lines: list[str], told: str) -> None:
    with pytest.raises(FileUnreadable) as error:
        parse_pairs(lines, "gate.tsv")
    assert str(error.value).startswith(f"gate.tsv, {told}")
