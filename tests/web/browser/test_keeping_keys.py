"""Whatever has the keyboard, a key that types a character reaches the box."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.browser.conftest import hold, release, type_query, wait_for_script
from tests.web.browser.test_keyboard import clipboard, expect_marked, expect_no_mark

CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def found(page: Page) -> Page:
    """The search page with two hits, the keyboard still in the box."""
    type_query(page, "printer")
    expect(page.get_by_role("article")).to_have_count(2)
    return page


def test_typing_on_after_enter_goes_on_in_the_box_and_copies_nothing(
    context: BrowserContext, found: Page
) -> None:
    context.grant_permissions(CLIPBOARD)
    found.evaluate("navigator.clipboard.writeText('order 4711')")
    found.keyboard.press("Enter")
    expect_marked(found.get_by_role("article").first)
    type_on(found, " card reader", "printer card reader")
    expect_no_mark(found)
    assert clipboard(found) == "order 4711"


@pytest.mark.parametrize("place", [".hit h2 a", ".copy", "#show-keys", "#more", ".top a", "body"])
def test_a_key_that_is_pressed_elsewhere_is_typed_in_the_box(found: Page, place: str) -> None:
    spot = found.locator(place).or_(found.locator("body"))
    spot.first.evaluate("node => { document.activeElement.blur(); node.focus(); }")
    type_on(found, "c?y/ n", "printerc?y/ n")


def test_a_click_into_the_page_takes_no_key_away(found: Page) -> None:
    found.get_by_text("pulls in several sheets").click()
    type_on(found, "s jam", "printers jam")


def test_a_key_outside_can_delete_and_paste(context: BrowserContext, found: Page) -> None:
    context.grant_permissions(CLIPBOARD)
    found.evaluate("navigator.clipboard.writeText('e104')")
    found.get_by_role("article").get_by_role("link").first.focus()
    found.keyboard.press("Backspace")
    expect(found.get_by_role("searchbox")).to_have_value("printe")
    found.get_by_role("article").get_by_role("link").first.focus()
    found.keyboard.press("Control+v")
    expect(found.get_by_role("searchbox")).to_have_value("printee104")


def test_keys_typed_while_an_answer_replaces_the_focused_hit_are_kept(found: Page) -> None:
    late = hold(found)
    with found.expect_request("**/hits"):
        found.keyboard.type(" modem")
    found.get_by_role("article").get_by_role("link").first.focus()
    with found.expect_response("**/hits"):
        release(found, late)
    type_on(found, "s", "printer modems")


def test_a_space_works_the_button_that_has_the_keyboard(
    context: BrowserContext, found: Page
) -> None:
    context.grant_permissions(CLIPBOARD)
    found.get_by_role("button", name="Copy the resolution of KB-0877").focus()
    found.keyboard.press("Space")
    expect(found.locator(".toast")).to_have_text("Resolution copied.")
    expect(found.get_by_role("searchbox")).to_have_value("printer")


def test_a_list_of_filters_keeps_its_keys(found: Page) -> None:
    found.get_by_label("Kind", exact=True).focus()
    found.keyboard.press("a")
    expect(found.get_by_label("Kind", exact=True)).to_have_value("article")
    expect(found.get_by_role("searchbox")).to_have_value("printer")


def test_letters_act_after_an_arrow_and_other_keys_are_typed(
    context: BrowserContext, found: Page
) -> None:
    context.grant_permissions(CLIPBOARD)
    found.keyboard.press("ArrowDown")
    found.keyboard.press("c")
    expect(found.locator(".toast")).to_have_text("Resolution copied.")
    expect(found.get_by_role("searchbox")).to_have_value("printer")
    type_on(found, "s c", "printers c")
    expect_no_mark(found)


def test_a_letter_with_alt_acts_while_somebody_types(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(CLIPBOARD)
    type_query(page, "headset")
    page.keyboard.press("Alt+c")
    expect(page.get_by_role("status")).to_have_text("Resolution copied.")
    assert clipboard(page).startswith("1. Uninstall")
    expect(page.get_by_role("searchbox")).to_have_value("headset")


def test_control_c_copies_what_is_selected(context: BrowserContext, found: Page) -> None:
    context.grant_permissions(CLIPBOARD)
    found.keyboard.press("ArrowDown")
    found.keyboard.press("Shift+Home")
    found.keyboard.press("Control+c")
    assert clipboard(found) == "printer"


def test_the_toast_is_inside_the_window_at_the_bottom_of_a_long_list(
    context: BrowserContext, found: Page
) -> None:
    context.grant_permissions(CLIPBOARD)
    found.set_viewport_size({"width": 360, "height": 300})
    found.keyboard.press("ArrowDown")
    found.keyboard.press("ArrowDown")
    found.keyboard.press("c")
    toast = found.locator(".toast")
    expect(toast).to_be_visible()
    expect(toast).to_be_in_viewport(ratio=1)


def test_a_copy_that_fails_says_so(found: Page) -> None:
    found.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('no')); }")
    found.keyboard.press("Alt+c")
    expect(found.get_by_role("status")).to_contain_text("could not be copied")
    expect(found.locator(".toast")).to_contain_text("could not be copied")


def test_what_was_typed_before_the_script_ran_is_searched(
    context: BrowserContext, page: Page
) -> None:
    early = context.new_page()
    waiting = hold(early, "**/search.js")
    early.goto("/", wait_until="commit")
    early.get_by_role("searchbox").fill("headset")
    early.wait_for_function("document.readyState !== 'loading'")
    release(early, waiting)
    wait_for_script(early)
    expect(early.get_by_role("article")).to_have_count(1)


def type_on(page: Page, text: str, whole: str) -> None:
    """Type, and find the whole text in the box."""
    page.keyboard.type(text)
    expect(page.get_by_role("searchbox")).to_have_value(whole)
    expect(page.get_by_role("searchbox")).to_be_focused()
