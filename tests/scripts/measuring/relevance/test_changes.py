"""What was changed in a query, as its file tells it."""

import pytest

from measuring.relevance.changes import WordChange, parse_changes


def test_two_changes_each_keep_their_sources() -> None:
    first, second = parse_changes("daily>daly:birkbeck+norvig;sync>sink:homophone:cmudict")
    assert first == WordChange("daily", "daly", ("birkbeck", "norvig"))
    assert second == WordChange("sync", "sink", ("cmudict",))


@pytest.mark.parametrize("text", ["", "size", "size>sise", ">sise:a", "size>:a"])
def test_a_change_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is not `word>replacement:source`"):
        parse_changes(text)


def test_a_swap_of_neighbours_is_one_edit() -> None:
    assert WordChange("opens", "oepns", ("a",)).edits == 1
