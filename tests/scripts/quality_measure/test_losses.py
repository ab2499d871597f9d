"""How a loss is printed."""

from kbsearch.engines.plan import Clause, Reading
from kbsearch.inverted.field import Field
from kbsearch.records.reading_kind import ReadingKind
from quality_measure.changes import parse_changes
from quality_measure.losses import Loss, rank_of, wrong
from quality_measure.workloads import Query


def reading(word: str) -> Reading:
    """Return a reading of a misspelt word."""
    return Reading(ReadingKind.SPELLING, (word,), 0.8, word, "")


def test_a_loss_tells_how_its_wrong_words_were_read() -> None:
    query = Query(
        "q1", "any sise", "any size", {"t1": 1}, parse_changes("size>sise:respelling:codespell")
    )
    clauses = (
        Clause("any", (reading("any"),)),
        Clause(
            "sise",
            (reading("side"), Reading(ReadingKind.SOUND, ("SS",), 0.2, "sise", "", Field.SOUND)),
        ),
    )
    loss = Loss("mail soundalike", query, 2, None, wrong(query, clauses))
    assert list(loss.lines()) == [
        "mail soundalike q1: nowhere, was 2",
        "  typed  any sise",
        "  meant  size, not sise (edits: 1, codespell)",
        "  sise: side spelling 0.80, SS sound 0.20",
    ]


def test_words_that_no_clause_is_of_show_all_clauses() -> None:
    query = Query("q1", "sise", "size", {"t1": 1}, parse_changes("size>sise:a"))
    clauses = (Clause("other", (reading("other"),)),)
    assert wrong(query, clauses) == clauses
    assert rank_of(query, ["t0", "t1"]) == 2
    assert rank_of(query, ["t0"]) is None
