"""The whole way from the first key to the copied resolution, without a mouse."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.web.browser.conftest import type_query, wait_for_script


@pytest.fixture
def found(page: Page) -> Page:
    """The search page with two hits, the keyboard still in the box."""
    type_query(page, "printer")
    expect(page.get_by_role("article")).to_have_count(2)
    return page


def clipboard(page: Page) -> str:
    """Return the text on the clipboard."""
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def expect_marked(hit: Locator) -> None:
    """The hit is marked, and the box names it for screen readers."""
    expect(hit).to_have_class(re.compile(r"\bmarked\b"))
    marked = str(hit.get_attribute("id"))
    expect(hit.page.get_by_role("searchbox")).to_have_attribute("aria-activedescendant", marked)


def expect_no_mark(page: Page) -> None:
    """No hit is marked."""
    expect(page.locator(".marked, [aria-activedescendant]")).to_have_count(0)


def test_the_box_has_the_keyboard_from_the_start(page: Page) -> None:
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_arrows_mark_hits_while_the_keyboard_stays_in_the_box(found: Page) -> None:
    hits, box = found.get_by_role("article"), found.get_by_role("searchbox")
    found.keyboard.press("ArrowDown")
    expect_marked(hits.nth(0))
    found.keyboard.press("ArrowDown")
    found.keyboard.press("ArrowDown")
    expect_marked(hits.nth(1))
    expect(box).to_be_focused()
    found.keyboard.press("ArrowUp")
    found.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    expect_no_mark(found)


def test_enter_marks_the_first_hit_and_then_opens_it(found: Page) -> None:
    subject = found.get_by_role("article").first.get_by_role("heading").inner_text()
    found.keyboard.press("Enter")
    expect_marked(found.get_by_role("article").first)
    expect(found.get_by_role("searchbox")).to_be_focused()
    found.keyboard.press("Enter")
    expect(found.get_by_role("heading", level=1)).to_have_text(subject)


def test_control_enter_opens_the_marked_hit_in_a_new_tab(found: Page) -> None:
    found.keyboard.press("ArrowDown")
    with found.expect_popup() as opened:
        found.keyboard.press("Control+Enter")
    expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
    expect_marked(found.get_by_role("article").first)


def test_enter_straight_after_typing_waits_for_the_answer(page: Page) -> None:
    page.keyboard.type("headset")
    page.keyboard.press("Enter")
    expect_marked(page.get_by_role("article"))


@pytest.mark.parametrize("key", ["c", ".", "Alt+c", "Control+c"])
def test_a_key_copies_the_whole_resolution_of_the_chosen_hit(
    context: BrowserContext, page: Page, key: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    type_query(page, "headset")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(key)
    expect(page.get_by_role("status")).to_have_text("Resolution copied.")
    assert clipboard(page) == "1. Uninstall the device.\n2. Plug it in again.\n   Wait ten seconds."


def test_escape_returns_from_a_ticket_to_the_hit_it_was_opened_from(found: Page) -> None:
    found.keyboard.press("ArrowDown")
    found.keyboard.press("ArrowDown")
    subject = found.locator(".marked").get_by_role("heading").inner_text()
    found.keyboard.press("Enter")
    expect(found.get_by_role("heading", level=1)).to_have_text(subject)
    wait_for_script(found)
    found.keyboard.press("Escape")
    expect(found.get_by_role("searchbox")).to_have_value("printer")
    expect_marked(found.get_by_role("article", name=subject))


def test_escape_returns_from_the_ticket_of_a_near_code_to_the_search(page: Page) -> None:
    type_query(page, "modem 0x8007OOO5")
    near = page.get_by_role("region", name="Similar codes").get_by_role("link")
    near.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("headset")
    wait_for_script(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("modem 0x8007OOO5")
    expect(near).to_be_focused()


def test_the_arrows_pass_by_the_near_codes(page: Page) -> None:
    type_query(page, "modem 0x8007OOO5")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect_marked(page.get_by_role("article", name="Modem light stays red"))


def test_escape_takes_the_mark_away_and_then_empties_the_box(found: Page) -> None:
    found.keyboard.press("ArrowDown")
    found.keyboard.press("Escape")
    expect_no_mark(found)
    expect(found.get_by_role("searchbox")).to_have_value("printer")
    found.keyboard.press("ArrowLeft")
    found.keyboard.press("Escape")
    expect(found.get_by_role("searchbox")).to_have_value("")
    expect(found.get_by_role("article")).to_have_count(0)


@pytest.mark.parametrize("place", ["#q", "#by-product", ".hit h2 a", ".copy", "#show-keys", "body"])
def test_escape_twice_clears_text_and_filters_from_anywhere(found: Page, place: str) -> None:
    product, box = found.get_by_label("Product", exact=True), found.get_by_role("searchbox")
    product.select_option("Printers")
    expect(found.get_by_role("article")).to_have_count(2)
    found.locator(place).first.evaluate("node => { document.activeElement.blur(); node.focus(); }")
    found.keyboard.press("Escape")
    expect(product).to_have_value("Printers")
    found.keyboard.press("Escape")
    expect(product).to_have_value("")
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_escapes_with_another_key_between_are_two_first_ones(found: Page) -> None:
    found.get_by_label("Product", exact=True).select_option("Printers")
    found.get_by_role("searchbox").focus()
    for key in ("Escape", "x", "Escape"):
        found.keyboard.press(key)
    expect(found.get_by_role("searchbox")).to_have_value("")
    expect(found.get_by_label("Product", exact=True)).to_have_value("Printers")


def test_a_slash_goes_to_the_box_and_is_not_typed_there(found: Page) -> None:
    found.get_by_role("article").get_by_role("link").first.focus()
    found.keyboard.press("/")
    expect(found.get_by_role("searchbox")).to_be_focused()
    expect(found.get_by_role("searchbox")).to_have_value("printer")


def test_letters_are_typed_in_the_box_not_taken_for_keys(page: Page) -> None:
    page.keyboard.type("c/.")
    expect(page.get_by_role("searchbox")).to_have_value("c/.")


def test_the_ticket_page_copies_and_goes_back_by_keys(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/tickets/KB-0877")
    wait_for_script(page)
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Copy the resolution")).to_have_text("Copied")
    assert clipboard(page) == "Reseat the tray."
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_be_focused()
