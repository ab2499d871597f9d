"""Several lots of documents become one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.indexing.document import extract
from kbsearch.engines.indexing.inverter import Inverter
from kbsearch.inverted.documents import InvertedDocuments
from kbsearch.inverted.field import Field
from kbsearch.inverted.merge import Part, join
from tests.engines.desk import ticket, tickets

EXTRACTS = [extract(one) for one in tickets(40, seed=5)]


def plain(documents: InvertedDocuments) -> dict[str, object]:
    """Return all arrays as lists, by name."""
    found: dict[str, object] = {
        "ids": documents.ids.tolist(),
        "created": documents.created.tolist(),
        "columns": documents.columns,
        "lengths": [documents.lengths[field].tolist() for field in Field],
    }
    for name, field in documents.fields.items():
        found[name] = field.terms
        for what in ("starts", "documents", "tenths", "places", "place_starts"):
            found[f"{name} {what}"] = getattr(field, what).tolist()
    return found


def whole(documents: InvertedDocuments) -> Part:
    return documents, np.ones(documents.ids.size, np.bool_)


@given(st.lists(st.integers(0, 40), max_size=4).map(sorted))
def test_parts_join_to_what_all_at_once_give(cuts: list[int]) -> None:
    bounds = zip([0, *cuts], [*cuts, 40], strict=True)
    parts = [Inverter().invert(EXTRACTS[begin:end]) for begin, end in bounds]
    joined, expected = join([whole(part) for part in parts]), Inverter().invert(EXTRACTS)
    assert plain(joined) == plain(expected)
    assert joined.words.words == expected.words.words
    assert joined.words.counts.tolist() == expected.words.counts.tolist()


@given(st.sets(st.integers(0, 39)), st.integers(0, 40))
def test_dead_documents_leave_nothing_behind(dead: set[int], cut: int) -> None:
    alive = np.array([document not in dead for document in range(40)])
    parts = [
        (Inverter().invert(EXTRACTS[:cut]), alive[:cut]),
        (Inverter().invert(EXTRACTS[cut:]), alive[cut:]),
    ]
    living = [one for one, lives in zip(EXTRACTS, alive, strict=True) if lives]
    assert plain(join(parts)) == plain(Inverter().invert(living))


def test_the_words_of_dead_documents_stay_counted() -> None:
    given = [extract(ticket(1, "tray")), extract(ticket(2, "tray"))]
    words = join([(Inverter().invert(given), np.array([True, False]))]).words
    assert words.counts[words.words.index("tray")] == 2


def test_joining_leaves_the_parts_as_they_were() -> None:
    part = Inverter().invert(EXTRACTS)
    before = plain(part)
    join([(part, np.arange(40) % 3 > 0), whole(part)])
    assert plain(part) == before
