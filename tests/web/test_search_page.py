"""The search page as the server sends it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask.testing import FlaskClient

from kbsearch.records.ticket import TicketFields
from kbsearch.settings import Settings
from tests.web.desk import fill, running


def test_the_empty_page_says_how_much_there_is_to_search(desk: FlaskClient) -> None:
    answer = desk.get("/")
    assert answer.status_code == 200
    assert "5 tickets, 4 with a resolution" in answer.text
    assert "answers this computer only" in answer.text


def test_an_empty_query_is_no_failure_on_the_page(desk: FlaskClient) -> None:
    assert desk.get("/?q=+&product=Printers").status_code == 200


def test_a_hit_shows_its_resolution_before_its_subject(desk: FlaskClient) -> None:
    page = desk.get("/?q=headset").text
    assert 0 < page.index("Uninstall the device") < page.index("No sound in the")


def test_a_hit_without_a_resolution_says_so(desk: FlaskClient) -> None:
    assert "not solved yet" in desk.get("/?q=modem").text


def test_a_hit_says_why_it_is_there(desk: FlaskClient) -> None:
    page = desk.get("/?q=colour+printer").text
    assert "British spelling" in page
    assert re.search(r"<b>exact</b>\s+printer", page)


def test_what_matched_is_marked(desk: FlaskClient) -> None:
    assert "<mark>modem</mark>" in desk.get("/?q=modem").text


def test_a_hit_names_product_status_reference_and_date(desk: FlaskClient) -> None:
    page = desk.get("/?q=headset").text
    for fact in ("Headset 40", "resolved", "KB-1042", "7 Mar 2026"):
        assert fact in page


def test_a_filter_narrows_the_search_and_stays_chosen(desk: FlaskClient) -> None:
    page = desk.get("/?q=printer&kind=article").text
    assert "How to print on both sides" in page
    assert "Color printer jams" not in page
    assert '<option value="article" selected>' in page


def test_a_filter_that_no_ticket_has_stays_visible(desk: FlaskClient) -> None:
    page = desk.get("/?q=printer&product=Toasters").text
    assert '<option value="Toasters" selected>Toasters (0)</option>' in page
    assert "search all tickets" in page


def test_nothing_found_says_what_was_tried_and_what_to_do(desk: FlaskClient) -> None:
    page = desk.get("/?q=zzqxv").text
    assert "Nothing found for “zzqxv”" in page
    assert "other spellings" in page
    assert 'href="/add?subject=zzqxv"' in page


def test_a_code_that_nobody_has_is_answered_by_those_that_come_near_it(desk: FlaskClient) -> None:
    page = desk.get("/?q=0x8007OOO5").text
    assert 0 < page.index("Did the caller say one of these?") < page.index("Save it as")
    assert "<code>0x8007<mark>000</mark>5</code>" in page
    assert "0 and O look alike" in page
    assert ">No sound in the headset after an update</a> <span>KB-1042</span>" in page


def test_near_codes_stand_below_the_hits_of_the_other_words(desk: FlaskClient) -> None:
    page = desk.get("/?q=modem+0x8007OOO5").text
    assert page.count("<article") == 1
    assert 0 < page.index("Modem light stays red") < page.index("Similar codes")


def test_a_query_without_near_codes_and_corrections_says_nothing_of_them(
    desk: FlaskClient,
) -> None:
    page = desk.get("/?q=modem").text
    assert "Similar codes" not in page
    assert "Searched for" not in page


def test_notes_about_the_query_are_shown(desk: FlaskClient) -> None:
    assert "There is no filter colour:" in desk.get("/?q=colour:red+modem").text


def test_the_answer_alone_is_what_the_whole_page_shows(desk: FlaskClient) -> None:
    took = re.compile(r"(\d+|under 1) ms")
    alone = took.sub("", desk.post("/hits", data={"q": "headset"}).text)
    whole = took.sub("", desk.get("/?q=headset").text)
    assert alone in whole


def test_while_typing_the_last_word_may_be_unfinished(desk: FlaskClient) -> None:
    assert "Modem light" in desk.post("/hits", data={"q": "mode", "typing": "1"}).text


def test_more_hits_are_offered_when_there_are_more(settings: Settings) -> None:
    tickets = [TicketFields(reference=f"T-{n}", subject=f"Modem number {n}") for n in range(12)]
    with running(fill(settings.home, *tickets)) as app:
        page = app.test_client().get("/?q=modem").text
        assert page.count("<article") == 10
        more = app.test_client().get("/?q=modem&limit=50").text
    assert "Show up to 50" in page
    assert more.count("<article") == 12
    assert "Show up to" not in more


def test_a_reference_that_a_path_cannot_hold_still_has_a_link_that_works(
    desk: FlaskClient,
) -> None:
    link = re.search(r'<a href="(/tickets\?reference=[^"]+)"', desk.get("/?q=scanner").text)
    assert link is not None
    answer = desk.get(link[1].replace("&amp;", "&"))
    assert "A scanner that hums" in answer.text


def test_hits_are_dated_by_their_resolution(settings: Settings) -> None:
    ticket = TicketFields(
        reference="T-1",
        subject="Old modem",
        created_at=datetime(2024, 1, 1, tzinfo=UTC),
        resolved_at=datetime(2024, 2, 29, tzinfo=UTC),
    )
    with running(fill(settings.home, ticket)) as app:
        assert "29 Feb 2024" in app.test_client().get("/?q=modem").text


@contextmanager
def of_customers(settings: Settings, *numbers: str) -> Iterator[FlaskClient]:
    """A client of the pages over tickets with these customer numbers."""
    tickets = [
        TicketFields(reference=f"T-{place}", subject="Modem", customer_reference=number)
        for place, number in enumerate(numbers)
    ]
    with running(fill(settings.home, *tickets)) as app:
        yield app.test_client()


def test_a_customer_number_lists_the_tickets_of_its_customer(settings: Settings) -> None:
    with of_customers(settings, *["C-20806"] * 12) as client:
        page = client.post("/hits", data={"q": "c20806"}).text
    assert "Tickets of customer C-20806</h2>" in page
    assert page.count("<li>") == 10
    assert "The newest 10 of 12" in page
    assert 'data-tally="12 tickets of this customer"' in page
    assert "Nothing found" not in page
    assert "q=c20806" not in page  # no address holds it


def test_numbers_that_may_both_be_meant_stand_at_their_tickets(settings: Settings) -> None:
    with of_customers(settings, "12-345", "123-45") as client:
        page = client.post("/hits", data={"q": "12345"}).text
    assert "Tickets of customer 12-345 or 123-45</h2>" in page
    assert "<span>12-345</span>" in page
    assert "<span>123-45</span>" in page


def test_the_answer_to_a_word_that_is_begun_offers_its_ends(desk: FlaskClient) -> None:
    page = desk.post("/hits", data={"q": "color prin", "typing": "1"}).text
    assert 'data-go-on="color printer ">printer</button>' in page
    assert "completions" not in desk.post("/hits", data={"q": "color prin"}).text
    assert "data-go-on" not in desk.post("/hits", data={"q": "printer ", "typing": "1"}).text


def test_operators_say_which_tickets_are_found(desk: FlaskClient) -> None:
    page = desk.get("/", query_string={"q": 'headset OR (status:resolved NOT "jams")'}).text
    assert "No sound in the" in page
    assert "Color printer jams" not in page


def test_a_malformed_query_is_searched_and_says_what_is_wrong(desk: FlaskClient) -> None:
    page = desk.get("/", query_string={"q": "headset AND"}).text
    assert "No sound in the" in page
    assert "There is nothing after AND" in page
