"""Two answers to one query are compared by what a person would say of them."""

import pytest

from kbsearch.evaluation.difference import difference


def test_a_ticket_that_gives_way_to_a_new_one_has_not_moved() -> None:
    found = difference([1, 2, 3], [9, 1, 2])
    assert (found.came, found.went, found.moved) == (((9, 1),), ((3, 3),), ())


def test_of_a_ticket_that_rises_past_all_others_only_it_has_moved() -> None:
    assert difference([1, 2, 3, 4, 5], [5, 1, 2, 3, 4]).moved == ((5, 5, 1),)


@pytest.mark.parametrize("ids", [[], [1], [1, 2, 3]])
def test_the_same_answer_is_no_difference(ids: list[int]) -> None:
    assert not difference(ids, ids)


def test_a_query_that_found_nothing_and_now_does_differs() -> None:
    found = difference([], [1, 2])
    assert found
    assert found.came == ((1, 1), (2, 2))
