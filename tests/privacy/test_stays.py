"""What looks like personal data, and is none, stays as it is."""

import csv
from pathlib import Path

import pytest

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules

CASES = Path(__file__).parent / "cases" / "stays.tsv"
MASKER = Masker(Rules())


def cases() -> list[tuple[str, str]]:
    """Return the texts, and what is in each."""
    with CASES.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["what"]) for row in csv.DictReader(file, delimiter="\t")]


@pytest.mark.parametrize("text", [text for text, _ in cases()])
def test_a_text_without_personal_data_stays(text: str) -> None:
    assert MASKER.mask(text).text == text


@pytest.mark.parametrize("text", [text for text, _ in cases()])
def test_it_stays_in_the_middle_of_a_ticket(text: str) -> None:
    ticket = f"We saw this today:\n{text}\nand it is not solved."
    assert MASKER.mask(ticket).text == ticket
