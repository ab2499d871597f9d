"""Which solved tickets are shown before all others."""

from kbsearch.engines.plan import ScoredDoc
from kbsearch.messages.catalogue import Code
from kbsearch.search.fixes import MOST_FIXES, Fixes, best_fixes
from kbsearch.search.results import Signal
from kbsearch.search.signals import FAILED, RankedHit


def hit(number: int, *shares: float) -> RankedHit:
    return RankedHit(ScoredDoc(number, sum(shares), shares), (), sum(shares))


def numbers(fixes: Fixes) -> tuple[list[int], list[int]]:
    first, older = ([one.scored.ticket_id for one in each] for each in fixes)
    return first, older


def test_a_solved_ticket_with_the_words_of_the_query_is_shown_first() -> None:
    assert numbers(best_fixes([hit(1, 4.0, 4.0)], [hit(2, 4.0, 3.0)])) == ([2], [])


def test_one_that_lacks_the_word_that_tells_most_is_not() -> None:
    assert numbers(best_fixes([hit(1, 6.0, 1.0)], [hit(2, 0.0, 1.0)])) == ([], [])


def test_a_word_that_no_ticket_has_is_not_missed() -> None:
    assert numbers(best_fixes([hit(1, 4.0, 0.0)], [hit(2, 3.5, 0.0)])) == ([2], [])


def test_one_that_falls_a_little_short_may_fit() -> None:
    assert numbers(best_fixes([hit(1, 4.0, 4.0)], [hit(2, 4.0, 1.0)])) == ([], [2])


def test_no_more_are_shown_first_than_a_rep_reads() -> None:
    solved = [hit(number, 4.0) for number in range(15)]
    first, older = numbers(best_fixes([hit(20, 4.0)], solved))
    assert first == [0, 1, 2]
    assert len(first) == MOST_FIXES
    assert older == [*range(3, 13)]


def test_what_did_not_help_in_this_call_is_not_shown_first() -> None:
    failed = hit(1, 4.0)._replace(signals=(Signal(FAILED, (Code.DID_NOT_HELP,), -4.0),))
    assert numbers(best_fixes([failed], [failed, hit(2, 3.5)])) == ([2], [])


def test_an_answer_without_words_has_no_fixes() -> None:
    assert best_fixes([hit(1), hit(2)], []) == Fixes()
    assert best_fixes([], []) == Fixes()
