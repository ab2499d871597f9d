"""What is kept, of one collection and of several."""

from dataclasses import replace

import numpy as np

from measuring.relevance.pooling import keep_ratio, places
from measuring.relevance.resampling import Estimate, ratio_of_sums
from measuring.relevance.rivals import Rival
from measuring.relevance.scores import kept, score
from measuring.relevance.workloads import LabelledQuery
from tests.scripts.measuring.made import measured, some_scores


def test_rankings_are_scored_by_the_labels_of_their_query() -> None:
    queries = [LabelledQuery("q1", "a", "a", {"t1": 1}), LabelledQuery("q2", "b", "b", {"t2": 2})]
    found = score(queries, [["t0", "t1"], ["t1"]])
    assert found.mrr.tolist() == [0.5, 0.0]
    assert found.success.tolist() == [1.0, 0.0]


def test_nothing_is_gained_by_doing_badly_before() -> None:
    noisy, plain = np.array([1.0, 0.0, 0.0, 0.0]), np.array([1.0, 0.0, 0.0, 0.0])
    assert ratio_of_sums([kept(noisy, plain, 0.0)]) == Estimate(1.0, 1.0, 1.0)
    found = ratio_of_sums([kept(noisy, plain, 0.5)])
    assert found is not None
    assert found.value == 0.5


def test_collections_are_pooled_by_their_successes() -> None:
    small = measured("small", some_scores(0, 0), some_scores(1, 0))
    large = measured("large", some_scores(1, 1, 1, 0), some_scores(1, 1, 1, 0), most_before=1.0)
    pooled = keep_ratio([small, large])
    assert pooled is not None
    assert pooled.value == 3 / (1 + 4)
    assert [name for name, _ in places([small, large])] == [
        "soundalike small",
        "soundalike large",
        "soundalike, all",
    ]


def test_a_rival_that_gets_every_second_query_is_compared_on_those() -> None:
    found = measured("mail", some_scores(1, 1, 1, 1), some_scores(1, 1, 1, 1))
    rival = Rival(some_scores(1, 0), found.ours.every(2), every=2)
    compared = replace(found, rivals={"it": rival})
    keep = keep_ratio([compared], "it")
    assert keep is not None
    assert keep.value == 0.5
    assert keep_ratio([compared], "it", [np.array([True, True, False, True])]) == Estimate(1, 1, 1)
