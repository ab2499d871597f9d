"""What is sent as JSON is what the schemas describe."""

import json
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from kbsearch.api.answers import json_answer
from kbsearch.api.schemas import SearchOut
from kbsearch.messages.catalogue import Code
from kbsearch.records.customer import CustomerTickets
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import Kind, StoredTicket
from kbsearch.runtime.per_process import services
from kbsearch.search.results import (
    Hit,
    NearCode,
    Reason,
    SearchRequest,
    SearchResult,
    Signal,
    Snippet,
)

TICKET = StoredTicket(id=1, revision=1, reference="T-1", subject="Drucker für Müller 🖨")
ARTICLE = StoredTicket(
    id=2,
    revision=3,
    reference="A-1",
    kind=Kind.ARTICLE,
    tags=("usb", "driver"),
    customer_reference="C-20806",
    created_at=datetime(2026, 3, 7, 8, 30, 0, 5, tzinfo=UTC),
    resolved_at=datetime(2026, 3, 8, tzinfo=UTC),
)
REASON = Reason(
    ReadingKind.SOUND,
    "rooter",
    "router",
    (Code.SOUNDS_LIKE, "rooter", "router"),
    2.25,
    ("subject", "tags"),
)
SIGNAL = Signal("failed", (Code.DID_NOT_HELP,), -0.5)
HITS = (
    Hit(TICKET, 1.75, Snippet("the router", ((4, 10),)), None, (REASON,), (SIGNAL,)),
    Hit(ARTICLE, 0.1 + 0.2, Snippet(""), Snippet("Oil </it>.", ((0, 3), (4, 8))), ()),
)

HINTS = ((Code.LOOK_ALIKE, "0", "O"),)
NEAR = NearCode("e104", "E1O4", ((2, 3),), HINTS, total=7, tickets=(TICKET, ARTICLE))
ANSWERS = {
    "nothing": SearchResult("x", (), 0, 0.0123456),
    "hits": SearchResult(
        "rooter", HITS, 9, 0.01, ((Code.FILTER_EMPTY, "tag"),), partial=True, did_you_mean="router"
    ),
    "near codes": SearchResult("e104", (), 0, 0.01, near_codes=(NEAR,)),
    "a customer": SearchResult(
        "c20806", (), 0, 0.01, customer=CustomerTickets(("C-20806",), 1, (ARTICLE,))
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_what_its_schema_makes_of_it(desk: FlaskClient, name: str) -> None:
    assert_described(desk, ANSWERS[name])


@pytest.mark.parametrize("q", ["colour printer jams", "0x8007OOO5", "hedset product:headset"])
def test_a_search_is_what_its_schema_makes_of_it(desk: FlaskClient, q: str) -> None:
    with desk.application.app_context():
        found = services().searching.search(SearchRequest(q))
    assert_described(desk, found)


def assert_described(desk: FlaskClient, answer: SearchResult) -> None:
    """Compare what is sent with what the schema makes of an answer, in its order, too."""
    with desk.application.app_context():
        sent = json.loads(json_answer(answer).get_data())
    assert json.dumps(sent) == json.dumps(SearchOut().dump(answer))
