"""Whatever a ticket says, the browser shows it and never runs it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from kbsearch.records.ticket import TicketFields
from tests.patience import PAGE_PATIENCE
from tests.web.browser.conftest import wait_for_script
from tests.web.desk import fill
from tests.web.server import serving

SCRIPT = "<script>alert(1)</script>"
PAYLOADS = [
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</textarea></title></option><iframe src=javascript:alert(1)>",
    "{{ 7 * 7 }}<a href='javascript:alert(1)' autofocus onfocus=alert(1)>",
]
SHOWN = 39  # characters of what was sent that a sentence gives back


def hostile(number: int, payload: str) -> TicketFields:
    """Return a ticket with the payload in every field that holds text."""
    text = f"zebra {payload}"
    return TicketFields(
        reference=f"{number}{payload}",
        source=f"s{payload}",
        subject=text,
        problem=text,
        environment=f"{text} E-4417",
        cause=text,
        resolution=text,
        status=f"open{payload}",
        product=f"p{payload}",
        category=f"c{payload}",
        tags=(payload,),
        language=payload,
        customer_reference=payload,
        channel=payload,
    )


@dataclass
class Watched:
    """A page, and what happened on it that should not have."""

    page: Page
    alarms: list[str] = field(default_factory=list)

    def expect_calm(self) -> None:
        """Nothing ran, nothing was blocked, and no element came out of a text."""
        self.page.wait_for_load_state("networkidle")
        assert self.alarms == []
        assert self.page.locator("img, svg, iframe, [onerror], [onload], [onfocus]").count() == 0
        assert self.page.locator("script:not([src^='/static/'])").count() == 0
        assert self.page.locator("[href^='javascript:' i]").count() == 0


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server over hostile tickets answers."""
    tickets = [hostile(number, payload) for number, payload in enumerate(PAYLOADS)]
    settings = fill(tmp_path_factory.mktemp("hostile") / "home", *tickets)
    with serving(settings.home) as running:
        yield running.address


@pytest.fixture
def watched(browser: Browser, hostile_address: str) -> Iterator[Watched]:
    """A page that notes dialogs, errors and breaches of the content security policy."""
    context = browser.new_context(base_url=hostile_address)
    context.set_default_timeout(1000 * PAGE_PATIENCE)
    watched = Watched(context.new_page())
    watched.page.on("dialog", lambda dialog: watched.alarms.append(f"dialog {dialog.message}"))
    watched.page.on("pageerror", lambda error: watched.alarms.append(str(error)))
    watched.page.on("console", lambda said: _note(watched, said.text))
    yield watched
    context.close()


def _note(watched: Watched, said: str) -> None:
    if "Content Security Policy" in said or "Refused" in said:
        watched.alarms.append(said)


def test_hits_show_it_as_text(watched: Watched) -> None:
    watched.page.goto("/?q=zebra")
    expect(watched.page.get_by_role("article")).to_have_count(len(PAYLOADS))
    for payload in PAYLOADS:
        expect(watched.page.get_by_role("article").filter(has_text=payload)).to_have_count(1)
    watched.expect_calm()


def test_the_tickets_of_a_near_code_show_it_as_text(watched: Watched) -> None:
    watched.page.goto(f"/?q=E-4418+{quote(SCRIPT)}")
    group = watched.page.get_by_role("region", name="Similar codes")
    expect(group.get_by_role("link")).to_have_count(3)
    expect(group.get_by_role("link").filter(has_text="zebra")).to_have_count(3)
    watched.expect_calm()


def test_hits_that_come_while_typing_show_it_as_text(watched: Watched) -> None:
    watched.page.goto("/")
    wait_for_script(watched.page)
    watched.page.get_by_role("searchbox").fill("zebra")
    expect(watched.page.get_by_role("article")).to_have_count(len(PAYLOADS))
    expect(watched.page.get_by_role("article").filter(has_text=SCRIPT)).to_have_count(1)
    watched.expect_calm()


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_the_ticket_page_shows_it_as_text_in_every_field(watched: Watched, number: int) -> None:
    payload = PAYLOADS[number]
    watched.page.goto(f"/tickets/{quote(f'{number}{payload}')}")
    expect(watched.page.get_by_role("heading", level=1)).to_have_text(f"zebra {payload}")
    expect(watched.page.get_by_text(payload)).to_have_count(14)
    watched.expect_calm()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_add_page_gives_it_back_as_text(watched: Watched, payload: str) -> None:
    watched.page.goto("/add?subject=" + quote(payload))
    expect(watched.page.get_by_label("Subject")).to_have_value(payload)
    watched.page.get_by_label("Problem").fill(payload + "\x00")
    watched.page.get_by_role("button", name="Save").click()
    expect(watched.page.get_by_label("Subject")).to_have_value(payload)
    watched.expect_calm()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_queries_filters_and_failures_give_it_back_as_text(watched: Watched, payload: str) -> None:
    watched.page.goto(f"/?q=qqxzv+{quote(payload)}&product={quote(payload)}")
    expect(watched.page.get_by_role("searchbox")).to_have_value(f"qqxzv {payload}")
    watched.expect_calm()
    watched.page.goto(f"/tickets/{quote(payload)}nowhere")
    expect(watched.page.get_by_role("alert")).to_contain_text(payload[:SHOWN])
    watched.expect_calm()


def test_the_policy_would_stop_a_script_that_got_through(watched: Watched) -> None:
    watched.page.goto("/")
    watched.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
        }"""
    )
    assert watched.page.evaluate("window.ran") is None
    assert any("Content Security Policy" in alarm for alarm in watched.alarms)
