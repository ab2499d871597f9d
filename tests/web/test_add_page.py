"""Adding a ticket."""

from flask.testing import FlaskClient

from kbsearch.records.ticket import TEXT_LIMIT


def test_a_saved_ticket_can_be_found_at_once(fresh: FlaskClient) -> None:
    form = {"subject": "Router hums", "resolution": "Turn it around.", "product": "Router 9"}
    saved = fresh.post("/add", data=form)
    assert saved.status_code == 303
    page = fresh.get(saved.headers["Location"]).text
    assert "Saved and searchable." in page
    assert "Router hums" in page
    assert "Turn it around." in fresh.get("/?q=router").text


def test_the_form_offers_what_is_known(desk: FlaskClient) -> None:
    page = desk.get("/add").text
    assert '<option value="Printers">' in page
    assert '<option value="Printing">' in page


def test_the_form_can_be_prefilled(desk: FlaskClient) -> None:
    assert 'value="red &#34;light&#34;"' in desk.get('/add?subject=red+"light"').text


def test_an_empty_ticket_is_refused_at_its_field(fresh: FlaskClient) -> None:
    answer = fresh.post("/add", data={"product": "Router 9", "tags": "a, b"})
    assert answer.status_code == 400
    assert "Not saved" in answer.text
    assert 'aria-invalid="true" aria-describedby="subject-wrong"' in answer.text
    assert 'value="Router 9"' in answer.text
    assert 'value="a, b"' in answer.text


def test_a_field_that_is_too_long_is_named_and_nothing_typed_is_lost(fresh: FlaskClient) -> None:
    long = "ü" * (TEXT_LIMIT + 1)
    answer = fresh.post("/add", data={"problem": long, "cause": "\n  kept"})
    assert answer.status_code == 400
    assert "1,000,001 characters" in answer.text
    assert long in answer.text
    assert 'aria-describedby="problem-wrong"' in answer.text
    assert ">\n\n  kept</textarea>" in answer.text


def test_white_space_inside_a_text_is_kept(fresh: FlaskClient) -> None:
    saved = fresh.post("/add", data={"subject": "Modem", "resolution": "a\r\n\tb\r\n\r\nc"})
    assert "a\n\tb\n\nc" in fresh.get(saved.headers["Location"]).text


def test_two_tickets_of_one_text_are_two_tickets(fresh: FlaskClient) -> None:
    places = {fresh.post("/add", data={"subject": "Modem"}).headers["Location"] for _ in range(2)}
    assert len(places) == 2


def test_more_tags_than_a_ticket_may_have_are_refused_in_a_sentence(fresh: FlaskClient) -> None:
    tags = ",".join(str(number) for number in range(101))
    answer = fresh.post("/add", data={"subject": "Router hums", "tags": tags})
    assert answer.status_code == 400
    assert "has 101 tags, the limit is 100; leave some out" in answer.text
    assert f'value="{tags}"' in answer.text
