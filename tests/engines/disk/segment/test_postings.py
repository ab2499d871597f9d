"""Lists of postings in a file, and out of it again."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbsearch.engines.disk.segment.postings import Lists, PostingLists, list_arrays, without_places
from kbsearch.inverted.array_file import ArrayFile, laid_out
from kbsearch.inverted.positions import encode

FAR = 3 << 16
"""More documents than three blocks have."""
FREQUENT = [dict.fromkeys(range(5, FAR, step), 13) for step in (3, 1000)]
LISTS = st.lists(
    st.dictionaries(st.integers(0, FAR), st.integers(1, 255), min_size=1, max_size=9)
    | st.sampled_from(FREQUENT),
    min_size=1,
    max_size=4,
)


def lists_of(held: list[dict[int, int]]) -> Lists:
    """Return lists of documents with their weights in tenths."""
    ordered = [sorted(one.items()) for one in held]
    documents, weights = zip(*(posting for one in ordered for posting in one), strict=True)
    starts = np.cumsum([0, *map(len, ordered)])
    return without_places(starts, np.array(documents, np.int32), np.array(weights, np.uint8))


def written(lists: Lists) -> PostingLists:
    """Return lists as they are read."""
    return PostingLists(ArrayFile(b"".join(laid_out(list_arrays("text", lists)))), "text")


@settings(max_examples=25)
@given(LISTS)
def test_every_list_comes_back(held: list[dict[int, int]]) -> None:
    lists = written(lists_of(held))
    for number, one in enumerate(held):
        assert lists.count(number) == len(one)
        assert lists.documents(number).tolist() == sorted(one)
        tenths = np.array([one[document] for document in sorted(one)])
        assert lists.weights(number).tolist() == (tenths / 10).astype(np.float32).tolist()


@settings(max_examples=25)
@given(LISTS)
def test_all_lists_come_back_at_once(held: list[dict[int, int]]) -> None:
    given_lists = lists_of(held)
    for one, other in zip(written(given_lists).all(), given_lists, strict=True):
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()


def test_weights_that_are_no_tenths_are_kept_as_floats() -> None:
    starts, documents = np.array([0, 1, 3]), np.array([4, 0, 4], np.int32)
    weights = np.array([0.33, 7.0, 1000.0], np.float32)
    lists = written(without_places(starts, documents, weights))
    assert lists.weights(0).tolist() == weights[:1].tolist()
    assert lists.weights(1).tolist() == weights[1:].tolist()


def test_what_most_documents_hold_takes_a_bit_of_each() -> None:
    lists = lists_of([dict.fromkeys(range(8000), 10), {7: 10}])
    arrays = list_arrays("text", lists)
    assert len(arrays["bitmaps/text"]) == 1000
    assert len(arrays["documents/text"]) == 0


@pytest.mark.parametrize("number", [0, 1, 2])
def test_places_come_back_posting_by_posting(number: int) -> None:
    held = [[[1, 2], [300]], [[5]], [[0], [70_000, 70_001]]]
    codes = [[encode(posting) for posting in one] for one in held]
    ends = np.cumsum([0, *(len(b"".join(one)) for one in codes)])
    places = np.frombuffer(b"".join(code for one in codes for code in one), np.uint8)
    lists = lists_of([dict.fromkeys(range(len(one)), 10) for one in held])
    read = written(lists._replace(places=places, place_starts=ends))
    assert read.values(number) == codes[number]
    assert read.places(number).tobytes() == b"".join(codes[number])
