"""Searching by the API."""

import pytest
from flask.testing import FlaskClient

from kbsearch.api.schemas import SearchOut
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import shape
from kbsearch.records.ticket import StoredTicket, TicketFields
from kbsearch.search.results import RESULTS_LIMIT, Hit, SearchResult, Signal, Snippet
from kbsearch.settings import Settings
from tests.web.desk import fill, running


def test_a_search_by_address_finds_the_ticket(desk: FlaskClient) -> None:
    found = desk.get("/api/v1/search?q=headset").get_json()
    assert found["query"] == "headset"
    assert found["total"] == len(found["hits"])
    assert found["took_ms"] >= 0
    best = found["hits"][0]["ticket"]
    assert best["reference"] == "KB-1042"
    assert best["created_at"] == "2026-03-07T00:00:00+00:00"


def test_a_search_that_looked_at_everything_is_not_partial(desk: FlaskClient) -> None:
    found = desk.get("/api/v1/search?q=headset").get_json()
    assert (found["partial"], found["notes"]) == (False, [])


def test_both_ways_to_ask_give_the_same_hits(desk: FlaskClient) -> None:
    by_address = desk.get("/api/v1/search?q=printer&product=Printers&limit=1").get_json()
    asked = {"q": "printer", "product": ["Printers"], "limit": 1}
    by_post = desk.post("/api/v1/search", json=asked).get_json()
    assert by_post["hits"] == by_address["hits"]


def test_marks_are_offsets_of_what_matched(desk: FlaskClient) -> None:
    [hit] = desk.get("/api/v1/search?q=storm").get_json()["hits"]
    text = hit["problem"]["text"]
    assert [text[start:end] for start, end in hit["problem"]["marks"]] == ["storm"]


def test_a_hit_says_why(desk: FlaskClient) -> None:
    hits = desk.get("/api/v1/search?q=colour").get_json()["hits"]
    [reason] = hits[0]["reasons"]
    assert reason["kind"] == "variant"
    assert (reason["word"], reason["found"]) == ("colour", "color")


def test_no_resolution_is_null(desk: FlaskClient) -> None:
    [hit] = desk.get("/api/v1/search?q=modem").get_json()["hits"]
    assert hit["resolution"] is None


def test_a_code_that_only_comes_near_is_no_hit(desk: FlaskClient) -> None:
    found = desk.get("/api/v1/search?q=0x8007OOO5").get_json()
    assert (found["total"], found["hits"]) == (0, [])
    [near] = found["near_codes"]
    [hint] = near["hints"]
    assert (near["found"], near["total"]) == ("0x80070005", 1)
    assert (hint["code"], hint["sentence"]) == ("look_alike", "0 and O look alike")
    assert [near["found"][start:end] for start, end in near["marks"]] == ["000"]
    assert [ticket["reference"] for ticket in near["tickets"]] == ["KB-1042"]


def test_the_score_is_the_sum_of_all_shares(desk: FlaskClient) -> None:
    for hit in desk.get("/api/v1/search?q=colour+printer+jams").get_json()["hits"]:
        parts = [part["share"] for part in hit["reasons"] + hit["signals"]]
        assert hit["score"] == pytest.approx(sum(parts))


def test_what_was_meant_and_what_moved_a_hit_are_told() -> None:
    hit = Hit(
        StoredTicket(id=1, revision=1, reference="T-1", subject="Modem"),
        *(0.5, Snippet(""), None, ()),
        signals=(Signal("outcome", (Code.WORKED, 7, 8), 0.5),),
    )
    told = SearchOut().dump(SearchResult("printr", (hit,), 1, 0.01, did_you_mean="printer"))
    assert told["did_you_mean"] == "printer"
    assert told["hits"][0]["signals"] == [
        {**shape((Code.WORKED, 7, 8)), "name": "outcome", "share": 0.5}
    ]


def test_what_did_not_help_in_a_call_is_lower_in_the_same_call(settings: Settings) -> None:
    tickets = [TicketFields(reference=f"T-{n}", subject="Modem", resolution="x") for n in (1, 2)]
    with running(fill(settings.home, *tickets)) as app:
        client = app.test_client()
        client.post("/api/v1/tickets/T-1/outcome", json={"solved": False, "call": "4711"})
        hits = client.post("/api/v1/search", json={"q": "modem", "call": "4711"}).get_json()["hits"]
    assert [hit["ticket"]["reference"] for hit in hits] == ["T-2", "T-1"]


@pytest.mark.parametrize(("length", "status"), [(64, 200), (65, 400)])
def test_the_id_of_a_call_has_a_limit(desk: FlaskClient, length: int, status: int) -> None:
    answer = desk.post("/api/v1/search", json={"q": "modem", "call": "x" * length})
    assert answer.status_code == status
    if status == 400:
        assert answer.get_json()["error"] == {
            "message": "call: has more than 64 characters; send the id alone.",
            "field": "call",
        }


def test_filters_narrow_the_search(desk: FlaskClient) -> None:
    asked = {"q": "printer", "kind": ["article"], "created_before": "2027-01-01"}
    hits = desk.post("/api/v1/search", json=asked | {"created_before": None}).get_json()["hits"]
    assert [hit["ticket"]["reference"] for hit in hits] == ["A-1"]
    late = {"q": "printer", "created_from": "2030-01-01T00:00:00Z"}
    assert desk.post("/api/v1/search", json=late).get_json()["total"] == 0


def test_a_search_that_is_not_tolerant_takes_words_as_they_stand(desk: FlaskClient) -> None:
    assert desk.get("/api/v1/search?q=hedset").get_json()["total"] > 0
    assert desk.get("/api/v1/search?q=hedset&tolerant=false").get_json()["total"] == 0


@pytest.mark.parametrize("limit", ["0", "-1", str(RESULTS_LIMIT + 1), "ten", "1.5", ""])
def test_a_limit_out_of_range_is_refused(desk: FlaskClient, limit: str) -> None:
    answer = desk.get(f"/api/v1/search?q=modem&limit={limit}")
    assert answer.status_code == 400
    error = answer.get_json()["error"]
    assert error["field"] == "limit"
    assert error["message"].startswith("limit: ")


@pytest.mark.parametrize("limit", [1, RESULTS_LIMIT])
def test_the_ends_of_the_range_are_taken(desk: FlaskClient, limit: int) -> None:
    assert desk.get(f"/api/v1/search?q=modem&limit={limit}").status_code == 200


@pytest.mark.parametrize("q", ["", "   ", "-modem", "!?"])
def test_a_query_that_looks_for_nothing_is_refused_in_a_sentence(desk: FlaskClient, q: str) -> None:
    answer = desk.post("/api/v1/search", json={"q": q})
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"].endswith(".")


def test_a_query_of_100000_characters_is_refused_in_a_sentence(desk: FlaskClient) -> None:
    answer = desk.post("/api/v1/search", json={"q": "x" * 100_000})
    assert answer.status_code == 400
    assert "100,000 characters" in answer.get_json()["error"]["message"]


def test_a_missing_query_and_a_misspelt_parameter_are_named(desk: FlaskClient) -> None:
    missing = desk.get("/api/v1/search").get_json()["error"]
    assert missing == {"message": "q: is missing; send what to search for.", "field": "q"}
    misspelt = desk.get("/api/v1/search?q=modem&prodcut=x").get_json()["error"]
    assert misspelt["field"] == "prodcut"


def test_a_search_without_an_index_is_the_operators_to_mend(fresh: FlaskClient) -> None:
    answer = fresh.get("/api/v1/search?q=modem")
    assert answer.status_code == 503
    assert "kbsearch reindex" in answer.get_json()["error"]["message"]


def test_a_customer_number_brings_the_tickets_of_its_customer(settings: Settings) -> None:
    tickets = [
        TicketFields(reference=f"T-{one}", subject="Modem", customer_reference="C-20806")
        for one in range(3)
    ]
    with running(fill(settings.home, *tickets)) as app:
        client = app.test_client()
        customer = client.post("/api/v1/search", json={"q": "c20806", "limit": 1}).get_json()[
            "customer"
        ]
        assert client.get("/api/v1/search?q=modem").get_json()["customer"] is None
    assert (customer["numbers"], customer["total"]) == (["C-20806"], 3)
    [ticket] = customer["tickets"]
    assert (ticket["reference"], ticket["customer_reference"]) == ("T-2", "C-20806")


@pytest.mark.parametrize(
    ("path", "fields", "field"),
    [
        ("search", {"q": "a", "limit": 1.5}, "limit"),
        ("search", {"q": "a", "limit": "10"}, "limit"),
        ("search", {"q": "a", "limit": True}, "limit"),
        ("search", {"q": "a", "typing": "true"}, "typing"),
        ("search", {"q": "a", "tolerant": 1}, "tolerant"),
        ("similar", {"text": "a", "limit": "1e1"}, "limit"),
        ("similar", {"text": "a", "all": "yes"}, "all"),
        ("tickets/KB-1042/outcome", {"solved": "true"}, "solved"),
        ("tickets/KB-1042/outcome", {"solved": 0}, "solved"),
    ],
)
def test_json_is_taken_by_its_types(
    desk: FlaskClient, path: str, fields: dict[str, object], field: str
) -> None:
    answer = desk.post(f"/api/v1/{path}", json=fields)
    assert answer.status_code == 400
    assert answer.get_json()["error"]["field"] == field


@pytest.mark.parametrize("rest", ["limit=1.5", "limit=1_0", "limit=%D9%A1", "limit=", "typing=2"])
def test_an_address_is_taken_by_what_its_text_says(desk: FlaskClient, rest: str) -> None:
    assert desk.get(f"/api/v1/search?q=modem&{rest}").status_code == 400


@pytest.mark.parametrize("limit", [10, 10.0])
def test_ten_is_a_whole_number_however_it_is_written(desk: FlaskClient, limit: float) -> None:
    assert desk.post("/api/v1/search", json={"q": "modem", "limit": limit}).status_code == 200


def test_operators_say_which_tickets_are_found(desk: FlaskClient) -> None:
    def references(query: str) -> list[str]:
        found = desk.get("/api/v1/search", query_string={"q": query}).get_json()
        return sorted(hit["ticket"]["reference"] for hit in found["hits"])

    assert references("printer AND jams") == ["KB-0877"]
    assert references('jams OR product:"Modem 3" -storm') == ["KB-0877"]
    assert references("scanner || headset") == ["..", "KB-1042"]


def test_a_query_that_only_leaves_out_is_refused(desk: FlaskClient) -> None:
    answer = desk.get("/api/v1/search", query_string={"q": "NOT printer"})
    assert answer.status_code == 400
    assert "only says what to leave out" in answer.text
