"""What solved it before all else: cards, rows, weaker fixes, and the whole of a long one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.patience import PAGE_PATIENCE
from tests.web.browser.conftest import type_query
from tests.web.server import serving

LETTER = "Hi Ana,\nthanks for the call.\n1. Empty the tray.\n2. Oil the hinge.\nRegards,\nBen"
LONG = "Take the drum out. " * 60


@pytest.fixture(scope="module")
def fixes_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server over solved and open tickets answers."""
    settings = Settings(home=tmp_path_factory.mktemp("fixes"), database_url="")
    kb = KnowledgeBase.open(settings)
    add = kb.local.tickets.add
    add({"reference": "OPEN", "subject": "Hinge squeaks, hinge squeaks", "problem": "Squeaks"})
    add({"reference": "FIX", "subject": "Hinge squeaks", "resolution": LETTER})
    add({"reference": "LONG", "subject": "Drum grinds", "resolution": LONG})
    kb.close()
    with serving(settings.home) as running:
        yield running.address


@pytest.fixture
def desk(browser: Browser, fixes_address: str) -> Iterator[Page]:
    """The search page of that server."""
    context = browser.new_context(base_url=fixes_address)
    context.set_default_timeout(1000 * PAGE_PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def test_the_fix_comes_first_and_the_open_ticket_is_a_row(desk: Page) -> None:
    type_query(desk, "hinge squeaks")
    first, second = desk.get_by_role("article").all()
    expect(first.get_by_role("heading")).to_have_text("Hinge squeaks")
    expect(second).to_contain_text("not solved yet")
    expect(second).to_have_class("hit row")


def test_a_fix_is_its_steps_and_so_is_its_copy(desk: Page) -> None:
    type_query(desk, "hinge squeaks")
    card = desk.get_by_role("article").first
    expect(card.get_by_role("listitem").filter(has_text="1. Empty the tray.")).to_be_visible()
    expect(card).not_to_contain_text("Ana")
    card.get_by_role("button", name="Copy the resolution of FIX").click()
    expect(card.get_by_role("button", name="Copy")).to_have_text("Copied")
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied == "1. Empty the tray.\n2. Oil the hinge."


def test_more_shows_the_whole_fix(desk: Page) -> None:
    type_query(desk, "drum grinds")
    card = desk.get_by_role("article").first
    more = card.get_by_role("button", name="Show the whole resolution of LONG")
    more.focus()
    desk.keyboard.press("Enter")
    expect(more).to_be_hidden()
    expect(card.locator(".answer")).to_have_text(LONG.strip())
    assert card.locator(".answer").evaluate("it => it.scrollHeight <= it.clientHeight + 2")


def test_the_letter_around_a_fix_is_on_the_page_of_its_ticket(desk: Page) -> None:
    desk.goto("/tickets/FIX")
    expect(desk.locator("[data-resolution]")).not_to_contain_text("Ana")
    desk.get_by_text("The answer as it was written").click()
    expect(desk.get_by_text("thanks for the call")).to_be_visible()
