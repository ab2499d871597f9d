"""One request at a time, and what the page says while it waits or fails."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.browser.conftest import answered, hold, release, route_requests, type_query
from tests.web.browser.test_keyboard import expect_marked


def sent(route: Route) -> str:
    """Return the query that a request asks."""
    body = route.request.post_data or ""
    return body.split('name="q"\r\n\r\n')[1].split("\r\n")[0]


def test_one_request_is_under_way_and_the_newest_text_goes_next(page: Page) -> None:
    held = hold(page)
    with page.expect_request("**/hits"):
        page.keyboard.type("modem red")
    assert [sent(route) for route in held] == ["m"]
    with page.expect_request("**/hits"):
        release(page, held)
    answered(page, "m")
    assert [sent(route) for route in held] == ["m", "modem red"]
    release(page, held, 1)
    answered(page, "modem red")
    assert len(held) == 2


def test_an_answer_to_a_text_that_is_gone_is_not_shown(page: Page) -> None:
    held = hold(page)
    with page.expect_request("**/hits"):
        page.keyboard.type("m")
    page.get_by_role("searchbox").fill("headset")
    with page.expect_request("**/hits"):
        release(page, held)
    expect(page.get_by_role("article")).to_have_count(0)
    release(page, held, 1)
    answered(page, "headset")


def test_hits_that_wait_for_newer_ones_are_grey_and_say_so(timed: Page) -> None:
    type_query(timed, "headset")
    held = hold(timed)
    with timed.expect_request("**/hits"):
        timed.keyboard.type("s")
    timed.clock.run_for(240)
    expect(timed.locator(".old")).to_have_count(0)
    timed.clock.run_for(20)
    expect(timed.locator(".old .hit")).to_have_count(1)
    expect(timed.locator("#tally")).to_have_text("Searching…")
    release(timed, held)
    answered(timed, "headsets")
    expect(timed.locator(".old")).to_have_count(0)


def test_a_request_without_an_answer_ends_and_is_made_again(timed: Page) -> None:
    held = hold(timed)
    with timed.expect_request("**/hits"):
        timed.keyboard.insert_text("headset")
    timed.clock.run_for(5_100)
    expect(timed.get_by_role("alert")).to_contain_text("does not answer")
    expect(timed.get_by_role("alert")).to_contain_text("tries again by itself")
    with timed.expect_request("**/hits"):
        timed.clock.run_for(2_100)
    release(timed, held, 1)
    expect(timed.get_by_role("article")).to_have_count(1)
    expect(timed.locator("#tally")).to_have_text("Working again. 1 ticket")
    expect(timed.get_by_role("alert")).to_be_hidden()


def test_retries_come_less_often_but_come(timed: Page) -> None:
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(sent(route))
        route.abort()

    route_requests(timed, "**/hits", refuse)
    timed.keyboard.insert_text("headset")
    expect(timed.get_by_role("alert")).to_be_visible()
    for seconds in (2, 3, 5, 7, 10, 10):
        with timed.expect_request("**/hits"):
            timed.clock.run_for(seconds * 1_000)
        expect(timed.get_by_role("alert")).to_contain_text("tries again")
    timed.unroute("**/hits")
    timed.clock.run_for(10_000)
    expect(timed.locator("#tally")).to_have_text("Working again. 1 ticket")
    assert asked == ["headset"] * 7


def test_a_sentence_about_the_query_is_not_asked_for_again(timed: Page) -> None:
    asked: list[str] = []
    timed.on("request", lambda request: asked.append(request.url))
    timed.get_by_role("searchbox").fill("x" * 30_000)
    expect(timed.get_by_role("alert")).to_contain_text("30,000 characters")
    timed.clock.run_for(30_000)
    expect(timed.get_by_role("alert")).not_to_contain_text("again by itself")
    assert len(asked) == 1


def test_a_screen_reader_hears_once_what_was_found(timed: Page) -> None:
    status = timed.get_by_role("status")
    for key in "printer":
        timed.keyboard.press(key)
        timed.clock.run_for(100)
    answered(timed, "printer")
    expect(status).to_have_text("")
    expect(timed.locator("#tally")).to_have_text("2 tickets")
    timed.clock.run_for(600)
    expect(status).to_have_text("2 tickets")
    expect(timed.locator("#tally")).to_have_attribute("title", re.compile("Answered in .* ms"))


def test_what_was_done_is_not_talked_over_by_what_was_found(timed: Page) -> None:
    type_query(timed, "printer")
    timed.evaluate("navigator.clipboard.write = () => Promise.resolve(); 0")
    timed.keyboard.press("Alt+c")
    timed.clock.run_for(2_000)
    expect(timed.get_by_role("status")).to_have_text("Resolution copied.")


@pytest.mark.parametrize("way", ["pointer", "mark"])
def test_the_row_under_the_pointer_or_the_mark_does_not_move(page: Page, way: str) -> None:
    type_query(page, "print")
    second = page.get_by_role("article").nth(1)
    name = second.get_by_role("heading").inner_text()
    row = page.get_by_role("article", name=name)
    held = hold(page)
    with page.expect_request("**/hits"):
        page.keyboard.insert_text("er kb-0877" if "Color" in name else "er both sides")
    if way == "pointer":
        row.hover()
    else:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
    before = row.bounding_box()
    release(page, held)
    expect(page.locator(".hits")).to_have_attribute("data-query", page.locator("#q").input_value())
    after = row.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) <= 1
    if way == "mark":
        expect_marked(row)
