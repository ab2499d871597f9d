"""Every state of every page passes axe-core, in both themes, wide and narrow."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import hold, route_requests, type_query, wait_for_script
from tests.web.desk import HEADSET


def empty(page: Page) -> None:
    page.goto("/")


def hits(page: Page) -> None:
    page.goto("/?q=colour+printer")


def marked(page: Page) -> None:
    search(page, "printer")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+c")
    expect(page.locator(".toast")).to_be_visible()


def chips(page: Page) -> None:
    page.goto("/?q=status:resolved+printer&product=Printers")
    wait_for_script(page)
    if page.locator("summary").is_visible():
        page.locator("summary").click()


def near_codes(page: Page) -> None:
    search(page, "0x8007OOO5")


def near_codes_below_hits(page: Page) -> None:
    search(page, "modem 0x8007OOO5")


def nothing(page: Page) -> None:
    search(page, "status:open zzqxv")


def failed(page: Page) -> None:
    search(page, "printer")
    route_requests(page, "**/hits", lambda route: route.abort())
    page.keyboard.type("s")
    expect(page.get_by_role("alert")).to_be_visible()


def waiting(page: Page) -> None:
    search(page, "colour printer")
    hold(page)
    page.keyboard.type("s")
    expect(page.locator(".old")).to_be_visible()


def keys(page: Page) -> None:
    page.goto("/")
    wait_for_script(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def ticket(page: Page) -> None:
    page.goto(f"/tickets/{HEADSET['reference']}")
    for folded in page.locator("details").all():
        folded.evaluate("details => details.open = true")


def add(page: Page) -> None:
    page.goto("/add")


def add_refused(page: Page) -> None:
    page.goto("/add")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()


def error(page: Page) -> None:
    page.goto("/tickets/nowhere")


def search(page: Page, text: str) -> None:
    """Type a query into the search page."""
    page.goto("/")
    wait_for_script(page)
    type_query(page, text)


STATES = [
    empty,
    hits,
    marked,
    chips,
    near_codes,
    near_codes_below_hits,
    nothing,
    failed,
    waiting,
    keys,
    ticket,
    add,
    add_refused,
    error,
]


@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES, ids=[state.__name__ for state in STATES])
def test_axe_finds_nothing(
    browser: Browser, address: str, state: Callable[[Page], None], scheme: str, width: int
) -> None:
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 768},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    state(page)
    violations = Axe().run(page).response["violations"]
    context.close()
    found = [f"{one['id']}: {node['html']}" for one in violations for node in one["nodes"]]
    assert found == []
