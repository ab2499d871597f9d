"""What of a text is its writer's own, and what was quoted."""

import pytest

from kbsearch.analysis.quoted import own_words, parts

SAID = "The till is still off this morning."
QUOTED = {
    "attribution and marks": "On Tue, 6 Jan 2026 at 08:15, Desk wrote:\n> Pull the plug.\n>> Off.",
    "in two lines": "On Tue, 6 Jan 2026 at 08:15 Lo\n<d@example.org> wrote:\n> Pull it.",
    "attribution without marks": "Am 6. Januar 2026 um 08:15 schrieb Desk:\n\nStecker ziehen.",
    "French attribution": "Le 6 janv. 2026 à 08:15, Desk a écrit :\n> Débranchez.",
    "Chinese attribution": "2026年1月6日 08:15，服务台写道：\n> 拔掉电源",
    "marks alone": "> Pull the plug.\n> Then wait.",
    "original message": "-----Original Message-----\nFrom: desk\nSubject: till\nPull the plug",
    "German original": "-----Ursprüngliche Nachricht-----\nVon: Desk\n\nStecker ziehen",
    "header": "Von: Desk <d@example.org>\nGesendet: Dienstag\nAn: Kim\nBetreff: Kasse\n\nStecker",
    "bold header": "*From:* Desk\n*Sent:* Tuesday\n*To:* Kim\n*Subject:* Till\n\nPull the plug",
    "signature": "-- \nKim Lo\nTill team, 555 0100",
    "device": "Sent from my iPhone",
}
OWN = {
    "a path of a menu": "Choose menu > File > Print",
    "one marked line": "> ping till-4\ntimes out every time",
    "a letter of nothing but quotes": "> The till is off.\n> Please come.",
    "hardly a word above": "See below.\n\n-----Original Message-----\nThe till is off",
    "a forwarded mail": "Please help this caller\n---------- Forwarded message ----------\n"
    "From: Kim\nDate: 6 Jan\n\nThe till is off",
    "addresses of a network": "No route here\nFrom: 10.0.0.1\nTo: 10.0.0.2",
    "a line between steps": "Open the till first\n--\n" + "Then do this. " * 20,
    "what a program wrote": "At the end the log wrote 3 lines:\nno paper",
}


@pytest.mark.parametrize("quoted", QUOTED.values(), ids=QUOTED)
def test_what_is_quoted_is_not_the_writers_own(quoted: str) -> None:
    text = f"{SAID}\n\n{quoted}"
    assert own_words(text) == SAID
    assert "\n".join(part.text for part in parts(text)) == text


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
def test_what_only_looks_quoted_is_the_writers_own(text: str) -> None:
    assert own_words(text) == text


def test_answers_between_quotes_are_the_writers_own() -> None:
    text = "> Is it on?\n> Really?\nYes it is on.\n> Which till?\n> Where?\nThe fourth."
    assert own_words(text) == "Yes it is on.\nThe fourth."


def test_the_line_above_an_attribution_stays() -> None:
    text = "It was off at 9:30 again\nOn 6 Jan 2026 Desk wrote:\n> Pull it."
    assert own_words(text) == "It was off at 9:30 again"


def test_very_many_lines_are_looked_at_in_a_moment() -> None:
    text = "> Is it on?\n> Really?\nYes it is on." + "\n" * 400_000 + "Sent from my till\nnow."
    assert own_words(text).split() == text.split()[6:]
