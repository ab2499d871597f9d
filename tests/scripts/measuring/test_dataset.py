"""The tickets and the queries of a collection."""

from pathlib import Path

from measuring.dataset import Dataset
from tests.scripts.measuring.made import write_collection


def test_a_sample_has_the_wanted_tickets_and_the_first_of_the_others(tmp_path: Path) -> None:
    dataset = Dataset(write_collection(tmp_path, [f"body {number}" for number in range(9)], {}))
    (tmp_path / "sample").mkdir()
    found = list(dataset.sample({"t7"}, 3, tmp_path / "sample").tickets())
    assert [ticket.reference for ticket in found] == ["t0", "t1", "t7"]
    assert found[2].text == "body 7"


def test_queries_of_several_workloads_come_in_turn_and_once(tmp_path: Path) -> None:
    queries = {"clean": ["a", "b", "b", "c"], "misspelt": ["d", "a"]}
    dataset = Dataset(write_collection(tmp_path, [], queries))
    assert dataset.texts() == ["a", "d", "b", "c"]
    assert dataset.texts("clean", most=2) == ["a", "b"]
