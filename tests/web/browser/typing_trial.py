"""Type into the search page as a fast typist does, and see what becomes of every key."""

import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, Page

from tests.web.browser.conftest import wait_for_script

STEP = 0.08
"""Seconds between two keys."""
LETTERS = "abcdefghijklmopqrstuvwxz0123456789 -"
"""What random typists type: without y and n, which would note an outcome."""
WATCH = (files(__package__) / "typing_watch.js").read_text("utf-8")
DEBOUNCE = (files(__package__) / "typing_debounce.js").read_text("utf-8")

Event = dict[str, Any]


@dataclass
class Typed:
    """What came of some typed queries.

    waits      milliseconds from each key to the painted answer that contains it.
    unanswered keys without one.
    in_flight  the most searches that were under way at once.
    """

    waits: list[float] = field(default_factory=list)
    unanswered: int = 0
    in_flight: int = 0

    def percentile(self, part: float) -> float:
        """Return the milliseconds within which this part of the keys was answered."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    @property
    def median(self) -> float:
        """The milliseconds within which half of the keys were answered."""
        return statistics.median(self.waits)


def type_queries(
    browser: Browser, address: str, queries: Sequence[str], *, step: float, debounce: bool = False
) -> Typed:
    """Type queries at an even pace, each into a fresh page.

    debounce  let the page search only when no key came for 90 ms, as it did once.
    """
    typed = Typed()
    context = browser.new_context(base_url=address)
    context.add_init_script(WATCH)
    if debounce:
        context.add_init_script(DEBOUNCE)
    for query in queries:
        page = context.new_page()
        page.goto("/")
        wait_for_script(page)
        _type_evenly(page, query, step)
        page.wait_for_function("text => watched.paints.at(-1)?.query === text", arg=query)
        _judge(page.evaluate("watched"), typed)
        page.close()
    context.close()
    return typed


def _type_evenly(page: Page, query: str, step: float) -> None:
    start = time.monotonic()
    for place, letter in enumerate(query):
        time.sleep(max(0.0, start + place * step - time.monotonic()))
        page.keyboard.press("Space" if letter == " " else letter)


def _judge(watched: dict[str, Any], typed: Typed) -> None:
    for key in watched["keys"]:
        answers = [
            paint["at"] - key["at"]
            for paint in watched["paints"]
            if paint["at"] >= key["at"] and paint["query"].startswith(key["text"])
        ]
        if answers:
            typed.waits.append(min(answers))
        else:
            typed.unanswered += 1
    typed.in_flight = max(typed.in_flight, watched["most"])


def lost_keys(browser: Browser, address: str, seed: int, typings: int) -> list[str]:
    """Type at random, with Enter, arrows and Esc in between; return a line for each wrong box."""
    chance = random.Random(seed)
    wrong = []
    context = browser.new_context(base_url=address)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto("/")
    wait_for_script(page)
    for _ in range(typings):
        page.evaluate("startWatching()")
        pressed = list(_press(page, chance))
        events = page.evaluate("watched.events")
        heard = [event["key"] for event in events]
        expected, found = expected_text(events), page.locator("#q").input_value()
        if heard != pressed or found != expected:
            wrong.append(f"{pressed}: heard {heard}, expected {expected!r}, found {found!r}")
    context.close()
    return wrong


def _press(page: Page, chance: random.Random) -> Iterator[str]:
    """Press keys, at times in a hurry, at times somewhere else on the page; yield each."""
    for _ in range(chance.randint(6, 16)):
        key = chance.choice(LETTERS)
        if chance.random() < 0.3:
            key = chance.choice(["Enter", "ArrowDown", "ArrowDown", "ArrowUp", "Escape"])
        if chance.random() < 0.1:
            page.evaluate("part => focusSomewhere(part)", chance.random())
        page.keyboard.press("Space" if key == " " else key)
        if chance.random() < 0.2:
            page.wait_for_timeout(chance.choice([5, 30, 90]))
        yield key


def expected_text(events: Sequence[Event]) -> str:
    """Return what the box must hold after some keys; what was marked stands with each."""
    text, before = "", ""
    for event in events:
        key = event["key"]
        if key == "Escape":
            text = text if event["marked"] and before != "Escape" else ""
        elif len(key) == 1 and not event["own"]:
            acts = event["marked"] == "arrow" and key in event["letters"]
            text += "" if acts else key
        before = key
    return text
