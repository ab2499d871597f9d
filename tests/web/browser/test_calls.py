"""A call on the page: what was tried, what solved it, undone, kept, and begun again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from kbsearch.records.outcome import TrackRecord
from kbsearch.records.ticket import TicketFields
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.web.browser.conftest import (
    answered,
    hold,
    release,
    route_requests,
    type_query,
    wait_for_script,
)
from tests.web.desk import HEADSET, MODEM, PRINTER, fill
from tests.web.server import Running, serving

TRAY = TicketFields(
    reference="KB-0900",
    subject="Printer jams in the tray",
    problem="The printer jams.",
    resolution="Clean the rollers.",
    product="Printers",
    customer_reference="C-20806",
)


@pytest.fixture
def desk(settings: Settings) -> Settings:
    """A data folder that the test may write in."""
    return fill(settings.home, HEADSET, PRINTER, MODEM, TRAY)


@pytest.fixture
def running(desk: Settings) -> Iterator[Running]:
    """A server over that folder."""
    with serving(desk.home) as running:
        yield running


@pytest.fixture
def context(browser: Browser, running: Running) -> Iterator[BrowserContext]:
    """A browser of that server."""
    context = browser.new_context(base_url=running.address)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def found(page: Page) -> Page:
    """The search page with two hits."""
    type_query(page, "printer jams")
    expect(page.get_by_role("article")).to_have_count(2)
    return page


def record(desk: Settings, reference: str) -> TrackRecord:
    """Return what the store knows of a ticket."""
    kb = KnowledgeBase.open(desk)
    try:
        return kb.local.outcomes.track_record(kb.local.tickets.get(reference))
    finally:
        kb.close()


def hit(page: Page, subject: str) -> Locator:
    """Return the hit with this subject."""
    return page.get_by_role("article", name=subject)


def strip(page: Page) -> Locator:
    """Return the strip of the call."""
    return page.get_by_role("region", name="This call")


def say(article: Locator, button: str) -> None:
    """Press a button of a hit or a ticket and wait until it is noted."""
    article.get_by_role("button", name=re.compile(f"^{button}")).click()
    expect(article.get_by_role("button", name=re.compile("^Undo"))).to_be_visible()


def test_a_call_with_two_tried_and_one_solved_undone_reloaded_and_ended(
    found: Page, desk: Settings
) -> None:
    expect(strip(found)).to_be_hidden()
    say(hit(found, "Color printer jams"), "Did not help")
    expect(strip(found)).to_contain_text("This call: 1 tried, 1 did not help")
    say(hit(found, "Printer jams in the tray"), "Solved it")
    expect(strip(found)).to_contain_text("Solved This call: 2 tried, 1 did not help")
    assert record(desk, "KB-0877") == TrackRecord(0, 1)

    found.reload()
    wait_for_script(found)
    expect(strip(found)).to_contain_text("Solved This call: 2 tried, 1 did not help")
    answered(found, "printer jams")
    expect(found.get_by_role("article").first).to_contain_text("Clean the rollers.")
    failed = hit(found, "Color printer jams")
    expect(failed.get_by_role("group")).to_have_text("Did not help Undo", use_inner_text=True)

    failed.get_by_role("button", name="Undo: Color printer jams").click()
    expect(strip(found)).to_contain_text("Solved This call: 1 tried")
    expect(failed.get_by_role("button", name="Solved it: Color printer jams")).to_be_focused()
    assert record(desk, "KB-0877") == TrackRecord(0, 0)

    found.get_by_label("Product").select_option("Printers")
    strip(found).get_by_role("button", name="New call").click()
    expect(strip(found)).to_be_hidden()
    expect(found.get_by_role("searchbox")).to_have_value("")
    expect(found.get_by_label("Product")).to_have_value("")
    expect(found.get_by_role("searchbox")).to_be_focused()
    type_query(found, "printer jams")
    expect(hit(found, "Printer jams in the tray").get_by_role("button", name="Undo")).to_be_hidden()
    assert record(desk, "KB-0900") == TrackRecord(1, 1)


def test_what_did_not_help_moves_with_the_next_search_and_not_before(found: Page) -> None:
    first = found.get_by_role("article").first
    subject = first.get_by_role("heading").inner_text()
    before = first.bounding_box()
    say(first, "Did not help")
    assert first.get_by_role("heading").inner_text() == subject
    assert first.bounding_box() == before
    found.keyboard.press("Escape")
    type_query(found, "printer jams")
    expect(found.get_by_role("article").last.get_by_role("heading")).to_have_text(subject)
    found.keyboard.press("Escape")
    strip(found).get_by_role("button", name="New call").click()
    type_query(found, "printer jams")
    expect(found.get_by_role("article").first.get_by_role("heading")).to_have_text(subject)


def test_the_strip_lists_what_was_tried_and_leads_there_and_back(found: Page) -> None:
    say(hit(found, "Color printer jams"), "Did not help")
    strip(found).get_by_text("This call").click()
    strip(found).get_by_role("link", name="Color printer jams").click()
    expect(found.get_by_role("heading", level=1)).to_have_text("Color printer jams")
    wait_for_script(found)
    expect(strip(found)).to_contain_text("This call: 1 tried, 1 did not help")
    found.keyboard.press("y")
    expect(strip(found)).to_contain_text("Solved This call: 1 tried")
    found.keyboard.press("Escape")
    answered(found, "printer jams")
    expect(strip(found)).to_contain_text("Solved This call: 1 tried")


def test_keys_say_it_of_the_marked_hit_and_undo_it(found: Page) -> None:
    found.keyboard.press("ArrowDown")
    found.keyboard.press("y")
    expect(found.get_by_role("status")).to_have_text("Solved it. This call: 1 tried")
    found.keyboard.press("ArrowDown")
    found.keyboard.press("n")
    expect(found.get_by_role("status")).to_have_text(
        "Did not help. This call: 2 tried, 1 did not help"
    )
    found.keyboard.press("u")
    expect(found.get_by_role("status")).to_have_text("Undone. This call: 1 tried")
    expect(found.get_by_role("searchbox")).to_have_value("printer jams")


def test_with_alt_the_keys_say_it_of_the_first_hit_at_any_time(found: Page) -> None:
    found.keyboard.press("Alt+n")
    expect(strip(found)).to_contain_text("This call: 1 tried, 1 did not help")


def test_new_call_on_a_ticket_leads_to_an_empty_search(page: Page) -> None:
    page.goto("/tickets/KB-0877")
    wait_for_script(page)
    page.keyboard.press("n")
    strip(page).get_by_role("button", name="New call").click()
    expect(page.get_by_role("searchbox")).to_have_value("")
    wait_for_script(page)
    expect(strip(page)).to_be_hidden()


def test_a_double_click_says_it_once(found: Page, desk: Settings) -> None:
    held = hold(found, "**/outcome")
    solved = hit(found, "Color printer jams").get_by_role("button", name="Solved it")
    solved.dblclick()
    release(found, held)
    expect(strip(found)).to_contain_text("This call: 1 tried")
    assert len(held) == 1
    assert record(desk, "KB-0877") == TrackRecord(1, 1)


def test_what_the_server_does_not_note_is_said_at_the_button_and_can_be_tried_again(
    found: Page,
) -> None:
    article = hit(found, "Color printer jams")
    route_requests(found, "**/outcome", lambda route: route.abort())
    article.get_by_role("button", name="Solved it").click()
    expect(article.get_by_role("alert")).to_have_text(
        "Not noted. The server does not answer; try again."
    )
    expect(article.get_by_role("button", name="Undo")).to_be_hidden()
    expect(strip(found)).to_be_hidden()
    found.unroute("**/outcome")
    say(article, "Solved it")
    expect(article.get_by_role("alert")).to_be_hidden()


def test_a_call_outlives_the_server(found: Page, running: Running, desk: Settings) -> None:
    say(hit(found, "Color printer jams"), "Did not help")
    running.stop()
    with serving(desk.home, port=running.port):
        found.reload()
        wait_for_script(found)
        expect(strip(found)).to_contain_text("This call: 1 tried, 1 did not help")


def test_two_tabs_are_two_calls(context: BrowserContext, found: Page) -> None:
    say(hit(found, "Color printer jams"), "Did not help")
    other = context.new_page()
    other.goto("/")
    wait_for_script(other)
    type_query(other, "printer jams")
    expect(strip(other)).to_be_hidden()
    say(hit(other, "Color printer jams"), "Solved it")
    expect(strip(other)).to_contain_text("Solved This call: 1 tried")
    expect(strip(found)).to_contain_text("This call: 1 tried, 1 did not help")


def test_a_duplicated_tab_begins_a_call_of_its_own(context: BrowserContext, found: Page) -> None:
    say(hit(found, "Color printer jams"), "Did not help")
    context.add_init_script("window.copied = sessionStorage.length")  # before the page's scripts
    with context.expect_page() as opened:
        found.evaluate("window.open('/')")  # a tab of the same session has a copy of its storage
    copy = opened.value
    wait_for_script(copy)
    assert copy.evaluate("window.copied") > 0
    expect(strip(copy)).to_be_hidden()
    type_query(copy, "printer jams")
    say(hit(copy, "Color printer jams"), "Solved it")
    found.reload()
    wait_for_script(found)
    expect(strip(found)).to_contain_text("This call: 1 tried, 1 did not help")


def test_the_customer_of_a_ticket_is_searched_without_an_address(page: Page) -> None:
    page.goto("/tickets/KB-0900")
    wait_for_script(page)
    page.get_by_role("button", name="All tickets of customer C-20806").click()
    expect(page.get_by_role("heading", name="Tickets of customer C-20806")).to_be_visible()
    assert "20806" not in page.url
    expect(page.get_by_role("searchbox")).to_have_value("C-20806")


def test_escape_leads_from_a_similar_ticket_back_by_the_way_it_was_reached(found: Page) -> None:
    hit(found, "Color printer jams").get_by_role("link").click()
    wait_for_script(found)
    found.get_by_role("region", name="Similar solved tickets").get_by_role("link").click()
    expect(found.get_by_role("heading", level=1)).to_have_text("Printer jams in the tray")
    wait_for_script(found)
    found.keyboard.press("Escape")
    expect(found.get_by_role("heading", level=1)).to_have_text("Color printer jams")
    wait_for_script(found)
    found.keyboard.press("Escape")
    answered(found, "printer jams")
