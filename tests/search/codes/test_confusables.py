"""What a code may be mistaken for, and the table behind it."""

import pytest

from kbsearch.search.codes.confusables import confusable, double_slips, misread, slips
from tests.index.tables import cells, read

ROWS = read("look_alikes.tsv")


def test_every_row_has_an_example_in_which_its_pair_is_confused() -> None:
    for row in ROWS:
        one, other = row["pair"].split(" ")
        wrong, right = row["example"].split(" for ")
        ways = {
            wrong[:place] + there + wrong[place + len(here) :]
            for here, there in ((one, other), (other, one))
            for place in range(len(wrong))
            if wrong.startswith(here, place)
        }
        assert right in ways, row


def test_the_table_is_sorted_and_names_each_pair_once() -> None:
    rows = cells("look_alikes.tsv")[1:]
    assert rows == sorted(rows)
    assert len({frozenset(row[0].split(" ")) for row in rows}) == len(rows)
    assert {row["how"] for row in ROWS} == {"look", "sound"}


@pytest.mark.parametrize(("code", "other"), [("kb5s", "kb55"), ("modem1", "modern1")])
def test_looking_alike_goes_both_ways(code: str, other: str) -> None:
    assert other in confusable(code)
    assert code in confusable(other)


def test_no_code_is_mistaken_for_itself() -> None:
    assert "0x80o0" not in confusable("0x80o0")
    assert "0x80o0" not in misread("0x80o0")


def test_a_code_that_is_misread_all_over_is_among_them() -> None:
    assert "ob0070b05" not in slips("080070805")
    assert "oboo7obo5" in confusable("080070805")


def test_only_as_many_codes_are_tried_as_can_be_looked_up() -> None:
    longest = "0123456789abcdef" * 4
    assert len(confusable(longest)) <= 600
    assert len(misread(longest)) <= 200
    assert sum(1 for _ in slips(longest)) < 5_000
    assert sum(1 for _ in double_slips(longest)) < 2_000


def test_a_plain_number_has_no_double_slips() -> None:
    assert list(double_slips("5034441")) == []
