"""A short form of scripts/typing; it measures nothing, for machines differ."""

from playwright.sync_api import Browser

from tests.web.browser.typing_trial import expected_text, lost_keys, type_queries


def test_every_key_is_answered_with_one_request_at_a_time(browser: Browser, address: str) -> None:
    typed = type_queries(browser, address, ["printer jams", "no sound"], step=0.01)
    assert len(typed.waits) == len("printer jams" + "no sound")
    assert typed.unanswered == 0
    assert typed.in_flight == 1


def test_the_pause_of_old_is_put_into_the_page(browser: Browser, address: str) -> None:
    typed = type_queries(browser, address, ["printer"], step=0.01, debounce=True)
    assert min(typed.waits) >= 90


def test_no_key_is_lost_in_random_typing(browser: Browser, address: str) -> None:
    assert lost_keys(browser, address, seed=7, typings=20) == []


def test_the_model_of_the_box_knows_what_acts() -> None:
    def event(key: str, marked: str = "") -> dict[str, object]:
        return {"key": key, "marked": marked, "letters": ["c"], "own": False}

    assert (
        expected_text([event("a"), event("c"), event("c", "arrow"), event("c", "enter")]) == "acc"
    )
    assert expected_text([event("a"), event("Escape", "arrow"), event("b")]) == "ab"
    assert expected_text([event("a"), event("Escape", "arrow"), event("Escape")]) == ""
