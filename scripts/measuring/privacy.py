"""How well personal data is masked in sentences whose personal data is labelled."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.people import People, Person

PROMISED = frozenset(
    {
        *("PERSON", "ADDRESS", "STREET_ADDRESS", "PHONE", "PHONE_NUMBER", "CREDIT_CARD", "EMAIL"),
        *("EMAIL_ADDRESS", "IBAN", "IBAN_CODE", "SSN", "US_SSN", "IP_ADDRESS", "MAC_ADDRESS"),
        *("DRIVER_LICENSE", "LICENSE", "PASSWORD"),
    }
)
"""The labels of what the rules are to find."""


class Sentence(NamedTuple):
    """A text, the people that its ticket knows, and its labels: (start, end, type)."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    people: People = People()


@dataclass
class Score:
    """Counts of labelled spans and of masked characters.

    missed  the labelled texts that were not masked fully, as (type, text, sentence).
    """

    labelled: Counter[str] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    right_characters: int = 0
    wrong_characters: int = 0

    def recall(self, types: Iterable[str]) -> float:
        """Return which share of the labelled spans of these types is masked fully."""
        listed = set(types)
        labelled = sum(self.labelled[each] for each in listed)
        return sum(self.masked[each] for each in listed) / labelled if labelled else 1.0

    @property
    def precision(self) -> float:
        """Return which share of the masked letters and digits is labelled."""
        both = self.right_characters + self.wrong_characters
        return self.right_characters / both if both else 1.0

    @property
    def f2(self) -> float:
        """Return the F-measure over the promised types that counts recall twice as much."""
        recall, precision = self.recall(PROMISED), self.precision
        return 5 * precision * recall / (4 * precision + recall) if recall else 0.0


def read_sentences(path: Path) -> list[Sentence]:
    """Return the sentences of a file with one JSON object a line."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Sentence(
            row["text"],
            tuple((span["start"], span["end"], span["type"]) for span in row["spans"]),
            People.of(Person(*person) for person in row.get("people", ())),
        )
        for row in rows
    ]


def score(sentences: Iterable[Sentence], masker: Masker) -> Score:
    """Mask each sentence and compare, letter by letter, with its labels."""
    total = Score()
    for sentence in sentences:
        hidden = {
            place
            for finding in masker.mask(sentence.text, sentence.people).findings
            for place in range(finding.start, finding.end)
        }
        _count(total, sentence, hidden)
    return total


def _count(total: Score, sentence: Sentence, hidden: set[int]) -> None:
    text = sentence.text
    labelled: set[int] = set()
    for start, end, kind in sentence.spans:
        span = {place for place in range(start, end) if text[place].isalnum()}
        labelled |= set(range(start, end))
        total.labelled[kind] += 1
        if span <= hidden:
            total.masked[kind] += 1
        else:
            total.missed.append((kind, text[start:end], text))
    marked = {place for place in hidden if text[place].isalnum()}
    total.right_characters += len(marked & labelled)
    total.wrong_characters += len(marked - labelled)
    if marked - labelled:
        total.wrong.append(("".join(text[place] for place in sorted(marked - labelled)), text))
