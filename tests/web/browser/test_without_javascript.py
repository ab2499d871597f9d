"""Everything works without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kbsearch.settings import Settings
from tests.patience import PAGE_PATIENCE
from tests.web.desk import PRINTER, fill
from tests.web.server import serving


@pytest.fixture
def plain(browser: Browser, settings: Settings) -> Iterator[Page]:
    """The search page over one ticket, in a browser that runs no script."""
    fill(settings.home, PRINTER)
    with serving(settings.home) as running:
        context = browser.new_context(base_url=running.address, java_script_enabled=False)
        context.set_default_timeout(1000 * PAGE_PATIENCE)
        page = context.new_page()
        page.goto("/")
        yield page
        context.close()


def test_a_search_can_be_made_filtered_bookmarked_and_opened(plain: Page) -> None:
    plain.get_by_role("searchbox").fill("colour printer")
    plain.get_by_label("Product", exact=True).select_option("Printers")
    plain.get_by_role("button", name="Search").click()
    assert "q=colour+printer&product=Printers" in plain.url
    expect(plain.get_by_role("article")).to_contain_text("Reseat the tray.")
    expect(plain.get_by_role("button", name="Copy")).to_have_count(0)
    plain.get_by_role("link", name="Color printer jams").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Color printer jams")
    plain.get_by_role("link", name="Back to the search").click()
    expect(plain.get_by_role("searchbox")).to_be_visible()


def test_a_chip_removes_its_filter(plain: Page) -> None:
    plain.goto("/?q=status:resolved+printer&product=Printers")
    plain.get_by_role("button", name="Remove product Printers").click()
    expect(plain.get_by_role("searchbox")).to_have_value("status:resolved printer")
    expect(plain.locator("#chips li")).to_have_count(1)
    plain.get_by_role("button", name="Remove status resolved").click()
    expect(plain.get_by_role("searchbox")).to_have_value("printer")
    plain.get_by_role("searchbox").press("Enter")
    expect(plain.get_by_role("article")).to_have_count(1)


def test_a_ticket_can_be_added_and_found(plain: Page) -> None:
    plain.get_by_role("link", name="Add a ticket").click()
    plain.get_by_label("Subject").fill("Router hums")
    plain.get_by_label("Resolution").fill("Turn it around.")
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_role("status").first).to_have_text("Saved and searchable.")
    plain.goto("/?q=routers")
    expect(plain.get_by_role("article")).to_contain_text("Turn it around.")
