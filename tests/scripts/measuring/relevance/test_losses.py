"""How a loss is printed."""

from kbsearch.engines.plan import Clause, Reading
from kbsearch.records.reading_kind import ReadingKind
from measuring.relevance.changes import parse_changes
from measuring.relevance.losses import lost, rank_of
from measuring.relevance.workloads import LabelledQuery, Workload


def reading(word: str) -> Reading:
    """Return a reading of a misspelt word."""
    return Reading(ReadingKind.SPELLING, (word,), 0.8, word)


QUERY = LabelledQuery("q1", "any sise", "any size", {"t1": 1}, parse_changes("size>sise:codespell"))
NOISY = Workload("mail", "soundalike", (QUERY,))


def test_a_loss_shows_how_its_wrong_words_were_read() -> None:
    sound = Reading(ReadingKind.SOUND, ("size",), 0.2, "size")
    clauses = [Clause("any", (reading("any"),)), Clause("sise", (reading("side"), sound))]
    assert list(lost(NOISY, QUERY, 2, None, clauses)) == [
        "mail soundalike q1: nowhere, was 2",
        "  typed  any sise",
        "  meant  size, not sise (edits: 1, codespell)",
        "  sise: side spelling 0.80, size sound 0.20",
    ]


def test_words_that_no_clause_is_of_show_all_clauses() -> None:
    *_, last = lost(NOISY, QUERY, 2, 30, [Clause("other", (reading("other"),))])
    assert last == "  other: other spelling 0.80"


def test_the_rank_is_that_of_the_first_relevant_ticket() -> None:
    assert rank_of(QUERY, ["t0", "t1"]) == 2
    assert rank_of(QUERY, ["t0"]) is None
