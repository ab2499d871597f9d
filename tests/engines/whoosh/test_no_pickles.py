"""No file of an index holds a pickle: reading one would run whatever somebody put into it."""

import pickle
import pickletools
from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.inverted.array_file import ArrayFile
from kbsearch.records.history import Mark
from tests.engines.desk import Listed, gone, saved, ticket, tickets

VIEW = View.INTERNAL
_SHORTEST = 6
"""Bytes: numbers may happen to look like a shorter pickle, such as that of None."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All files of an index that was built, added to, merged, rebuilt and rolled back."""
    root = tmp_path_factory.mktemp("index")
    engine = WhooshEngine(root)
    engine.rebuild(VIEW, Listed(tickets(300, seed=2), 1))
    for number in range(301, 312):
        engine.apply(VIEW, saved(ticket(number, "printer")), after=0, mark=Mark(number))
    engine.apply(VIEW, gone(*range(1, 200)), after=0, mark=Mark(400))
    engine.rebuild(VIEW, Listed(tickets(50, seed=3), 401))
    engine.rollback(VIEW, Listed([], 500))
    return [path for path in root.rglob("*") if path.is_file()]


def pickles(data: bytes) -> list[int]:
    """Return where in some bytes a whole pickle of protocol 2 or later begins."""
    starts = [place for place in range(len(data) - 1) if data[place] == 0x80]
    return [place for place in starts if 2 <= data[place + 1] <= 5 and _is_pickle(data[place:])]


def _is_pickle(data: bytes) -> bool:
    try:
        *_, (last, _, place) = pickletools.genops(data)
    except (ValueError, UnicodeDecodeError):
        return False
    return last.name == "STOP" and place is not None and place + 1 >= _SHORTEST


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_a_pickle_among_other_bytes_is_noticed(protocol: int) -> None:
    held = pickle.dumps({"printer": (1, 2.5)}, protocol)
    assert pickles(b"\x80\x02\x00 some bytes " + held + b" and more") == [15]


def test_no_file_of_an_index_holds_a_pickle(files: list[Path]) -> None:
    kinds = {path.suffix for path in files}
    assert kinds >= {".arrays", ".lexicon", ".del", ".json", ""}
    assert {path.name: found for path in files if (found := pickles(path.read_bytes()))} == {}


def test_segments_and_lexicons_are_arrays_of_numbers_from_end_to_end(files: list[Path]) -> None:
    for path in files:
        if path.suffix in {".arrays", ".lexicon"}:
            held = ArrayFile(path.read_bytes())
            assert {held.array(name).dtype.kind for name in held.names} <= set("uifb")
