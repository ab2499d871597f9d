"""A real browser on a real server."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from kbsearch.settings import Settings
from tests.patience import PAGE_PATIENCE
from tests.web.server import serving

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


expect.set_options(timeout=1000 * PAGE_PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("KBSEARCH_REQUIRE_BROWSER") == "1":
            pytest.fail("chromium is not installed, and KBSEARCH_REQUIRE_BROWSER is 1")
        pytest.skip("chromium is not installed; install it to test the pages in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(filled: Settings) -> Iterator[str]:
    """Where a server over a few tickets answers; only for tests that read."""
    with serving(filled.home) as running:
        yield running.address


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser without a past; paths are relative to the server."""
    context = browser.new_context(base_url=address)
    context.set_default_timeout(1000 * PAGE_PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The search page."""
    page = context.new_page()
    page.goto("/")
    wait_for_script(page)
    return page


@pytest.fixture
def timed(page: Page) -> Page:
    """The search page under a clock that tests move: it loses patience when they say so."""
    page.clock.install(time=datetime(2026, 3, 7, 9, tzinfo=UTC))
    page.goto("/")
    wait_for_script(page)
    page.clock.pause_at(datetime(2026, 3, 7, 10, tzinfo=UTC))
    return page


def wait_for_script(page: Page) -> None:
    """Wait until the script of a page listens; a test presses keys faster than any person."""
    page.wait_for_selector("html.live")


def type_query(page: Page, text: str) -> None:
    """Type a query, and wait for its answer: a slow machine also searches for its beginnings."""
    page.keyboard.type(text)
    answered(page, text)


def answered(page: Page, text: str) -> None:
    """Wait until what stands on the page is the answer to this query."""
    expect(page).to_have_title(f"{text} · kbsearch")


def hold(page: Page, url: str = "**/hits") -> list[Route]:
    """Hold every request for hits, or for another address, and return those that are held."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    route_requests(page, url, keep)
    return held


def route_requests(page: Page, url: str, handler: Callable[[Route], None]) -> None:
    """Send the requests for an address to a handler, from the next one on.

    Chromium lets requests pass for a moment after it was asked to stop them, so a page that is
    loaded asks until one is stopped.
    """
    page.route(url, handler)
    page.route("**/stopped", lambda route: route.fulfill(body="stopped"))
    loaded = page.url.startswith("http")
    while loaded and not page.evaluate("fetch('/stopped').then((answer) => answer.ok)"):
        pass


def release(page: Page, held: list[Route], place: int = 0) -> None:
    """Let a request go that is held, or will be in a moment; within a minute."""
    end = time.monotonic() + 60
    while len(held) <= place and time.monotonic() < end:
        page.wait_for_timeout(10)
    held[place].continue_()
