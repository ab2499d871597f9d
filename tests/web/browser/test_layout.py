"""Readable at arm's length, in a narrow window, by eye and by ear."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import wait_for_script

WORD = "x" * 300
NEAR = "/?q=modem+0x8007OOO5"
PATHS = ["/", "/?q=printer", f"/?q={WORD}", NEAR, "/tickets/KB-1042", "/add", f"/tickets/{WORD}"]
KINDS = ["empty", "hits", "nothing", "near codes", "ticket", "add", "error"]


@pytest.mark.parametrize("width", [360, 900, 1920])
@pytest.mark.parametrize("path", PATHS, ids=KINDS)
def test_nothing_scrolls_sideways(browser: Browser, address: str, path: str, width: int) -> None:
    page = browser.new_page(base_url=address, viewport={"width": width, "height": 780})
    page.goto(path)
    excess = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.close()
    assert excess <= 0


@pytest.mark.parametrize("path", PATHS, ids=KINDS)
def test_no_text_is_smaller_than_16_pixels(page: Page, path: str) -> None:
    page.goto(path)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("main *, header *, footer *")]
            .filter((node) => node.checkVisibility() && node.textContent.trim())
            .map((node) => parseFloat(getComputedStyle(node).fontSize))"""
    )
    assert min(sizes) >= 14.3  # keys and code are set in 0.9 of the text around them
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18


@pytest.mark.parametrize("path", ["/?q=colour+printer", NEAR], ids=["hits", "near codes"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(
    browser: Browser, address: str, path: str, scheme: str
) -> None:
    page = browser.new_page(base_url=address)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(path)
    weakest = page.evaluate(CONTRAST)
    page.close()
    assert weakest >= 4.5


def test_every_control_has_a_name(page: Page) -> None:
    page.goto("/?q=printer")
    expect(page.get_by_role("search")).to_be_visible()
    expect(page.get_by_role("searchbox", name="What does the caller say?")).to_be_visible()
    for name in ("Product", "Status", "Category", "Kind"):
        expect(page.get_by_role("combobox", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Results")).to_be_visible()
    expect(page.get_by_role("article", name="Color printer jams")).to_be_visible()
    copy = page.get_by_role("button", name="Copy the resolution of KB-0877")
    expect(copy).to_be_visible()
    expect(page.get_by_role("list", name="Why it is here").first).to_be_visible()


def test_near_codes_are_a_group_of_their_own_with_a_heading_and_a_list(page: Page) -> None:
    page.goto(NEAR)
    group = page.get_by_role("region", name="Similar codes")
    expect(group.get_by_role("heading", level=2)).to_contain_text("not the one you typed")
    expect(group.get_by_role("heading", level=3)).to_have_text("0x80070005")
    expect(group.get_by_role("listitem").first).to_contain_text("you typed")
    expect(group.get_by_role("link")).to_have_text(["No sound in the headset after an update"])
    expect(page.get_by_role("article")).to_have_count(1)


@pytest.mark.parametrize("path", ["/", "/?q=printer", NEAR, "/tickets/KB-1042", "/add", "/nowhere"])
def test_every_page_has_one_heading_and_one_main_landmark(page: Page, path: str) -> None:
    page.goto(path)
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("banner").count() == 1
    assert page.locator("[id]").evaluate_all(
        "nodes => new Set(nodes.map((node) => node.id)).size === nodes.length"
    )


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/tickets/KB-1042")
    wait_for_script(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


def test_the_keyboard_can_always_be_seen(page: Page) -> None:
    page.goto("/?q=printer")
    wait_for_script(page)
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    outline = "getComputedStyle(document.querySelector('.marked')).outlineStyle"
    assert page.evaluate(outline) == "solid"


def test_fields_of_the_form_are_described_by_their_failure(page: Page) -> None:
    page.goto("/add")
    page.get_by_role("button", name="Save").click()
    subject = page.get_by_label("Subject")
    expect(subject).to_be_focused()
    expect(subject).to_have_accessible_description("write a subject, a problem or a resolution")


CONTRAST = """() => {
    const canvas = document.createElement("canvas").getContext("2d");
    const rgb = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = (colour) => {
        const [r, g, b] = rgb(colour).map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (node) => {
        for (let at = node; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (rgb(colour)[3] === 255) return colour;
        }
        return "white";
    };
    const own = (node) => [...node.childNodes].some(
        (child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
    const texts = [...document.querySelectorAll("body *")].filter(
        (node) => node.checkVisibility() && own(node));
    return Math.min(...texts.map((node) => {
        const pair = [light(getComputedStyle(node).color), light(ground(node))].sort();
        return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    }));
}"""
"""The weakest contrast of any text on the page, by WCAG's formula."""
