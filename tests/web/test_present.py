"""How values stand on a page."""

import pytest

from kbsearch.messages.catalogue import Code
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import Hit, Reason, SearchResult, Snippet
from kbsearch.web.present import exact_words, marked, summary, tolerant_reasons, took


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
        ("<b>", ((0, 3),), "[&lt;b&gt;]"),
        ("a<b>c", ((2, 3),), "a&lt;[b]&gt;c"),
    ],
)
def test_what_matched_in_a_snippet_is_marked_and_the_rest_escaped(
    text: str, marks: tuple[tuple[int, int], ...], expected: str
) -> None:
    shown = str(marked(Snippet(text, marks)))
    assert shown == expected.replace("[", "<mark>").replace("]", "</mark>")


@pytest.mark.parametrize(
    ("total", "shown", "said"),
    [
        (0, 0, "0 tickets"),
        (1, 1, "1 ticket"),
        (2, 2, "2 tickets"),
        (12, 10, "10 best of 12"),
        (100, 10, "10 best of 100"),
        (157_082, 10, "10 best of many"),
    ],
)
def test_the_tally_counts_tickets_as_far_as_the_number_helps(
    total: int, shown: int, said: str
) -> None:
    hit = Hit(StoredTicket(id=1, revision=1, reference="T-1"), 1.0, Snippet(""), None, ())
    assert summary(SearchResult("modem", (hit,) * shown, total, 0.01)) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.0123, "Answered in 12 ms"), (0.0001, "Answered in under 1 ms")]
)
def test_how_long_an_answer_took_is_told_apart(seconds: float, said: str) -> None:
    assert took(SearchResult("modem", (), 0, seconds)) == said


def test_a_reference_that_has_the_number_is_said_and_a_small_word_is_not() -> None:
    reasons = (
        Reason(ReadingKind.EXACT, "wont", "not", (Code.SAYS_SAME, "not", "wont")),
        Reason(ReadingKind.EXACT, "jam", "jam", (Code.HAS, "jam")),
        Reason(ReadingKind.EXACT, "404", "404", (Code.REFERENCE_HAS, "404")),
    )
    found = StoredTicket(id=1, revision=1, reference="X-404", subject="It jams")
    hit = Hit(found, 1.0, Snippet(""), None, reasons)
    assert exact_words(hit) == ["jam"]
    assert [reason.word for reason in tolerant_reasons(hit)] == ["404"]
