"""Words near a spelling rule that the rule must not reach."""

from itertools import groupby
from operator import itemgetter

import pytest

from kbsearch.analysis.terms import term
from tests.analysis.rows import cases

BY_RULE = {
    near: [(one, other) for _, one, other in rows]
    for near, rows in groupby(cases("variants_apart"), key=itemgetter(0))
}


@pytest.mark.parametrize("near", BY_RULE)
def test_words_near_a_spelling_rule_stay_apart(near: str) -> None:
    assert [(one, other) for one, other in BY_RULE[near] if term(one) == term(other)] == []


def test_a_rule_has_its_pairs_in_one_place_and_none_twice() -> None:
    pairs = [frozenset(pair) for pairs in BY_RULE.values() for pair in pairs]
    assert len(pairs) == len(set(pairs)) == len(cases("variants_apart"))
