"""What of a resolution is the fix, and what the letter around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.search.courtesies import fix_span


def fix(text: str) -> str:
    start, end = fix_span(text)
    return text[start:end]


@pytest.mark.parametrize(
    "letter",
    [
        "Hi Ana, Swap the fuse.",
        "hello all\nSwap the fuse.",
        "Dear Mrs. Lim,\n\nThank you for your patience. Swap the fuse.",
        "Good morning Ana and Ben! So sorry about this. Swap the fuse.",
        "Hey ana88 - Swap the fuse.",
        "ana_lim,\nSwap the fuse.",
        "Hi analim,\nI’m sorry about that. Swap the fuse.",
        "Hi ana.lim, Swap the fuse. I hope this narrows it down!",
        "Dear valued customer,\nWe’re sorry for the wait.\nMy name is Ben. Swap the fuse.",
        "Swap the fuse.\nHope this helps!\n",
        "Swap the fuse. Thanks",
        "Swap the fuse.\n\nKind regards,\nBen Tan\nService Desk\n+60 3 5550100",
        "Swap the fuse.\n--\nBen Tan, Support",
        "Swap the fuse. Please let us know if it fails again. Cheers Ben",
        "Swap the fuse. If you have any other questions, do write. Best wishes, B. Tan",
    ],
)
def test_greeting_thanks_and_sign_off_are_no_part_of_the_fix(letter: str) -> None:
    assert fix(letter) == "Swap the fuse."


@pytest.mark.parametrize(
    "text",
    [
        "Hi-res prints need tray 2.",
        "Hello Desk shows an error: reinstall it.",
        "Regards in the footer come from the template; delete them.",
        "Dearer toner is no better.",
        "Thanks",
        "Hello there",
        "Press OK",
        "1. Open Settings\n2. Choose Mail",
        "Thank you page missing: republish the form.",
    ],
)
def test_what_only_looks_like_a_courtesy_stays(text: str) -> None:
    assert fix(text) == text


@pytest.mark.parametrize(
    ("letter", "steps"),
    [
        ("Hi,\n1. Open it.\n2. Close it.\nThanks", "1. Open it.\n2. Close it."),
        ("Hello.\nRestart v2.1 now\n\nCheers", "Restart v2.1 now"),
    ],
)
def test_steps_stay_whole(letter: str, steps: str) -> None:
    assert fix(letter) == steps


@given(st.text(alphabet="Hi Thanks,.\n-1Ana", max_size=80))
def test_some_of_a_text_that_says_anything_is_left(text: str) -> None:
    assert bool(fix(text).strip()) is bool(text.strip())
