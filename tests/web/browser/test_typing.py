"""Results as somebody types."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.web.browser.conftest import (
    answered,
    hold,
    release,
    route_requests,
    type_query,
    wait_for_script,
)

NEVER_ABORT = "AbortController.prototype.abort = () => {};"


def test_results_appear_without_pressing_enter(page: Page) -> None:
    page.keyboard.type("headset")
    expect(page.get_by_role("article")).to_contain_text("Uninstall the device")
    expect(page.get_by_role("status")).to_contain_text("1 ticket")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_what_is_typed_stays_out_of_the_address(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    type_query(page, "headset")
    assert [url for url in [*asked, page.url] if "headset" in url] == []


def test_an_unfinished_word_finds_what_begins_so(page: Page) -> None:
    page.keyboard.type("heads")
    expect(page.get_by_role("article")).to_contain_text("No sound in the headset")


@pytest.mark.parametrize("abort", [True, False], ids=["aborted", "not aborted"])
def test_an_answer_that_comes_late_never_replaces_a_newer_one(
    context: BrowserContext, abort: bool
) -> None:
    if not abort:
        context.add_init_script(NEVER_ABORT)
    page, late = context.new_page(), list[Route]()

    def hold_the_first(route: Route) -> None:
        if late:
            route.continue_()
        else:
            late.append(route)

    page.goto("/")
    wait_for_script(page)
    route_requests(page, "**/hits", hold_the_first)
    with page.expect_request("**/hits"):
        page.keyboard.type("modem")
    page.get_by_role("searchbox").fill("headset")
    answered(page, "headset")  # once patience with the first has ended
    late[0].continue_()
    page.wait_for_timeout(500)  # time enough for the late answer to do harm
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("article")).to_contain_text("No sound in the headset")


def test_an_answer_that_comes_while_a_hit_has_the_keyboard_leaves_it_there(timed: Page) -> None:
    type_query(timed, "print")
    late = hold(timed)
    with timed.expect_request("**/hits"):
        timed.keyboard.insert_text("er")
    second = timed.get_by_role("article").get_by_role("link").nth(1)
    subject = second.inner_text()
    second.focus()
    release(timed, late)
    answered(timed, "printer")
    expect(timed.get_by_role("link", name=subject)).to_be_focused()


def test_an_emptied_box_forgets_the_answer_under_way(page: Page) -> None:
    late = hold(page)
    with page.expect_request("**/hits"):
        page.keyboard.type("modem")
    page.keyboard.press("Escape")
    release(page, late)
    page.wait_for_timeout(300)
    expect(page.get_by_role("article")).to_have_count(0)
    expect(page.get_by_text("5 tickets, 4 with a resolution")).to_be_visible()


def test_a_failure_is_a_sentence_and_the_last_results_stay_marked_as_old(page: Page) -> None:
    type_query(page, "headset")
    route_requests(page, "**/hits", lambda route: route.abort())
    page.keyboard.type(" modem")
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    expect(page.get_by_role("alert")).to_contain_text("older results, for “headset”")
    expect(page.get_by_role("article")).to_have_count(1)
    page.unroute("**/hits")
    page.keyboard.type(" red")
    expect(page.get_by_role("article").filter(has_text="Modem light")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_sentence_of_the_server_is_shown_as_it_is(page: Page) -> None:
    page.get_by_role("searchbox").fill("x" * 30_000)
    expect(page.get_by_role("alert")).to_contain_text("30,000 characters")


def test_a_filter_searches_at_once(page: Page) -> None:
    type_query(page, "printer")
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_label("Kind", exact=True).focus()
    page.get_by_label("Kind", exact=True).select_option("article")
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_label("Kind", exact=True)).to_be_focused()


def test_nothing_found_offers_every_ticket_and_a_new_one(page: Page) -> None:
    page.get_by_label("Product", exact=True).select_option("Modem 3")
    page.get_by_role("searchbox").fill("headset")
    page.get_by_role("link", name="search all tickets").click()
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("searchbox").fill("zzqxv")
    page.get_by_role("link", name="Save it as a new ticket").click()
    expect(page.get_by_label("Subject")).to_have_value("zzqxv")


def test_a_completion_ends_the_word_and_the_keyboard_stays_in_the_box(page: Page) -> None:
    type_query(page, "color prin")
    page.get_by_role("group", name="Go on with").get_by_role("button", name="printer").click()
    expect(page.get_by_role("searchbox")).to_have_value("color printer ")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("jams")
    answered(page, "color printer jams")
    expect(page.get_by_role("article").first).to_contain_text("Reseat the tray.")


def test_alt_and_right_take_the_first_completion_at_the_end_of_the_text(page: Page) -> None:
    type_query(page, "no sound in the heads")
    expect(page.get_by_role("group", name="Go on with")).to_be_visible()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.get_by_role("searchbox")).to_have_value("no sound in the headset ")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.get_by_role("searchbox")).to_have_value("no sound in the headset ")
