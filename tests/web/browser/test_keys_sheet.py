"""The list of keys, and the switch in it."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.browser.conftest import answered, type_query, wait_for_script

SWITCH = "Single letters, / and ? act"


def test_a_question_mark_in_the_empty_box_lists_the_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    expect(page.get_by_role("dialog")).to_contain_text("copy the resolution")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_a_question_mark_in_a_query_is_typed(page: Page) -> None:
    page.keyboard.type("why?")
    expect(page.get_by_role("searchbox")).to_have_value("why?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_question_mark_lists_the_keys_while_a_hit_is_marked_by_an_arrow(page: Page) -> None:
    type_query(page, "printer")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_have_value("printer")


def test_typing_while_the_list_is_open_closes_it_and_is_kept(page: Page) -> None:
    page.get_by_role("button", name="Keys").click()
    page.get_by_label(SWITCH).focus()
    page.keyboard.type("modem red")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_have_value("modem red")


def test_a_space_typed_beside_the_controls_of_the_list_is_kept_too(page: Page) -> None:
    type_query(page, "printer")
    page.get_by_role("button", name="Keys").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type(" jam")
    expect(page.get_by_role("searchbox")).to_have_value("printer jam")


@pytest.mark.parametrize("path", ["/", "/nowhere", "/tickets/KB-0877"])
def test_a_button_lists_the_keys_on_every_page_that_has_them(page: Page, path: str) -> None:
    page.goto(path)
    wait_for_script(page)
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_letters_that_are_switched_off_only_type_until_they_are_on_again(
    context: BrowserContext, page: Page
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Keys").click()
    page.get_by_label(SWITCH).uncheck()
    page.reload()
    wait_for_script(page)
    page.keyboard.press("?")
    expect(page.get_by_role("searchbox")).to_have_value("?")
    page.get_by_role("searchbox").fill("")
    type_query(page, "printer")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("c")
    expect(page.get_by_role("searchbox")).to_have_value("printerc")
    page.keyboard.press("Backspace")
    answered(page, "printer")
    page.keyboard.press("Alt+c")
    expect(page.locator(".toast")).to_have_text("Resolution copied.")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label(SWITCH).check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    expect(page.get_by_role("searchbox")).to_have_value("printer")


def test_the_error_page_has_its_keys_in_its_box(page: Page) -> None:
    page.goto("/nowhere")
    wait_for_script(page)
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    page.get_by_role("link", name="Add a ticket").focus()
    page.keyboard.type("headset")
    expect(box).to_have_value("headset")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(1)
