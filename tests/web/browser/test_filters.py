"""Filters that are set can be seen and removed; near codes and examples."""

from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import answered, type_query, wait_for_script


def test_a_chosen_filter_is_a_chip_that_can_be_removed(page: Page) -> None:
    type_query(page, "printer")
    page.get_by_label("Kind", exact=True).select_option("article")
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("button", name="Remove kind article").click()
    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.get_by_label("Kind", exact=True)).to_have_value("")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.locator("#chips li")).to_have_count(0)


def test_a_chosen_filter_stays_a_chip_while_the_box_is_empty(page: Page) -> None:
    page.get_by_label("Product", exact=True).select_option("Modem 3")
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("product Modem 3")


def test_a_typed_filter_is_a_chip_whose_button_takes_it_out_of_the_text(page: Page) -> None:
    type_query(page, "kind:article printer")
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("button", name="Remove kind article").click()
    expect(page.get_by_role("searchbox")).to_have_value("printer")
    expect(page.get_by_role("article")).to_have_count(2)


def test_a_filter_with_a_space_is_one_where_there_is_such_a_value(page: Page) -> None:
    type_query(page, "product: headset 40 sound")
    expect(page.get_by_role("button", name="Remove product headset 40")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(1)


def test_a_filter_without_its_value_is_no_word(page: Page) -> None:
    type_query(page, "printer product:")
    expect(page.locator(".note")).to_have_text("product: was left out: it names nothing.")
    expect(page.get_by_role("article")).to_have_count(2)


def test_nothing_found_names_typed_filters_and_offers_all_tickets(page: Page) -> None:
    type_query(page, "status:pending headset")
    expect(page.locator(".nothing")).to_contain_text("Only status pending was searched")
    page.get_by_role("link", name="search all tickets").click()
    expect(page.get_by_role("searchbox")).to_have_value("headset")
    expect(page.get_by_role("article")).to_have_count(1)


def test_the_name_begins_a_new_call(page: Page) -> None:
    page.evaluate("document.addEventListener('kbsearch:new-call', () => { window.began = true; })")
    type_query(page, "printer")
    page.get_by_label("Kind", exact=True).select_option("article")
    page.get_by_role("link", name="kbsearch").click()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.get_by_label("Kind", exact=True)).to_have_value("")
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page.evaluate("window.began")


def test_near_codes_are_seen_first_in_a_narrow_window(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, viewport={"width": 360, "height": 640})
    page.goto("/")
    wait_for_script(page)
    type_query(page, "0x8007OOO5")
    group = page.get_by_role("region", name="No ticket has 0x8007OOO5. Did the caller say")
    expect(group).to_be_visible()
    expect(group.get_by_role("heading", level=3).first).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("other spellings")).to_have_count(0)
    expect(page.get_by_role("link", name="Save it as a new ticket")).to_be_visible()
    page.close()


def test_filters_are_folded_in_a_narrow_window(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, viewport={"width": 360, "height": 640})
    page.goto("/")
    wait_for_script(page)
    expect(page.get_by_label("Product", exact=True)).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_label("Product", exact=True)).to_be_visible()
    page.set_viewport_size({"width": 1200, "height": 640})
    expect(page.get_by_text("Filters", exact=True)).to_be_hidden()
    expect(page.get_by_label("Product", exact=True)).to_be_visible()
    page.close()


def test_every_example_of_the_empty_page_finds_something(page: Page) -> None:
    queries = page.locator(".examples a").all_inner_texts()
    assert len(queries) >= 3
    for query in queries:
        page.get_by_role("link", name=query).click()
        answered(page, query)
        expect(page.get_by_role("article").first).to_be_visible()
        expect(page.get_by_role("searchbox")).to_have_value(query)
        page.keyboard.press("Escape")
