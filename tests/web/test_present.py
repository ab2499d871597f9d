"""How values stand on a page."""

import pytest

from kbsearch.search.results import SearchResult, Snippet
from kbsearch.web.present import pieces, summary


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("", (), ""),
        ("plain", (), "plain"),
        ("all", ((0, 3),), "[all]"),
        ("a b c", ((4, 5), (0, 1)), "[a] b [c]"),
        ("abcdef", ((0, 3), (2, 5)), "[abc][de]f"),
        ("abcdef", ((0, 5), (1, 2)), "[abcde]f"),
        ("ab", ((1, 99),), "a[b]"),
        ("𝄞 modem", ((2, 7),), "𝄞 [modem]"),
        ("<b>", ((0, 3),), "[<b>]"),
    ],
)
def test_a_snippet_is_split_at_its_marks(
    text: str, marks: tuple[tuple[int, int], ...], expected: str
) -> None:
    runs = pieces(Snippet(text, marks))
    assert "".join(f"[{run.text}]" if run.marked else run.text for run in runs) == expected


@pytest.mark.parametrize(
    ("total", "took", "said"),
    [
        (0, 0.003, "0 tickets, 3 ms"),
        (1, 0.0123, "1 ticket, 12 ms"),
        (2, 0.0001, "2 tickets, under 1 ms"),
    ],
)
def test_the_tally_counts_tickets_and_milliseconds(total: int, took: float, said: str) -> None:
    assert summary(SearchResult("modem", (), total, took)) == said
