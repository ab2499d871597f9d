"""What a plan asks of the segments, it asks once."""

from kbsearch.engines.base import Field, Plan
from kbsearch.engines.searching import Collection
from tests.engines.desk import clause, phrase, reading
from tests.engines.papers import PaperSegment, paper


def test_what_is_deleted_is_not_counted() -> None:
    dead, kept = paper(1, "jam", alive=False), paper(2, "jam")
    collection = Collection([PaperSegment([dead, kept]), PaperSegment([paper(3, "jam")])])
    assert collection.documents == collection.matching(Field.TEXT, "jam") == 2


def test_a_phrase_is_looked_for_once_and_only_where_all_its_terms_are() -> None:
    both, one = PaperSegment([paper(1, "paper", "jam")]), PaperSegment([paper(2, "jam")])
    together = clause(reading("jam"), reading("paper", "jam"))
    Collection([both, one]).search(Plan((together, together), (phrase("paper jam"),)), limit=9)
    assert (both.asked, one.asked) == ([phrase("paper jam")], [])
