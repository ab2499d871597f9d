"""What programs read."""

from kbsearch.cli.shapes import answer_shape
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import shape as told
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import Hit, NearCode, Reason, SearchResult, Signal, Snippet

TICKET = StoredTicket(id=1, revision=1, reference="T-1", subject="Printer jams")
HIT = Hit(
    ticket=TICKET,
    score=2.5,
    problem=Snippet(""),
    resolution=None,
    reasons=(Reason(ReadingKind.EXACT, "printer", "printer", (Code.HAS, "printer"), 3.0),),
    signals=(Signal("failed", (Code.DID_NOT_HELP,), -0.5),),
)
HINT = (Code.LOOK_ALIKE, "0", "O")
NEAR = NearCode("e104", "E1O4", ((2, 3),), (HINT,), total=7, tickets=(TICKET,))
ANSWER = SearchResult("printr", (HIT,), 1, 0.01, did_you_mean="printer", near_codes=(NEAR,))


def test_what_was_meant_is_beside_what_was_typed() -> None:
    shape = answer_shape(ANSWER)
    assert (shape["query"], shape["did_you_mean"]) == ("printr", "printer")


def test_a_hit_has_the_signals_that_its_score_is_made_of() -> None:
    shape = answer_shape(ANSWER)
    assert isinstance(shape["hits"], list)
    [hit] = shape["hits"]
    assert hit["signals"] == [{**told((Code.DID_NOT_HELP,)), "name": "failed", "share": -0.5}]
    assert hit["score"] == sum(part["share"] for part in hit["reasons"] + hit["signals"])


def test_a_near_code_has_what_differs_and_the_newest_tickets() -> None:
    shape = answer_shape(ANSWER)
    assert isinstance(shape["near_codes"], list)
    [near] = shape["near_codes"]
    assert [ticket["reference"] for ticket in near.pop("tickets")] == ["T-1"]
    assert near == {
        "typed": "e104",
        "found": "E1O4",
        "marks": ((2, 3),),
        "hints": [told(HINT)],
        "total": 7,
    }
