"""The scorer counts letter by letter, and the rules reach their floors on our own sentences."""

import json
from pathlib import Path

import pytest

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules
from measuring.privacy import Score, Sentence, read_sentences, score
from tests.privacy.sentences import sentences

FILE = Path(__file__).parent / "sentences.jsonl"
OURS = read_sentences(FILE)
SURE = ("EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE", "US_SSN", "IP_ADDRESS", "MAC_ADDRESS")
FLOORS = dict.fromkeys(SURE, 1.0) | {
    "PHONE_NUMBER": 0.98,
    "STREET_ADDRESS": 0.95,
    "PASSWORD": 0.95,
    "PIN": 0.95,
    "ID": 0.95,
    "PERSON": 0.95,
}


@pytest.fixture(scope="module", params=[False, True], ids=["standard", "strict"])
def total(request: pytest.FixtureRequest) -> Score:
    return score(OURS, Masker(Rules(strict=request.param)))


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_the_recall_of_every_type_is_above_its_floor(total: Score, kind: str, floor: float) -> None:
    assert total.recall([kind]) >= floor


def test_precision_and_f2_are_above_their_floors(total: Score) -> None:
    assert (total.precision > 0.96, total.f2 > 0.95) == (True, True)


def test_the_file_is_what_the_generator_writes() -> None:
    rows = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    assert [row["text"] for row in rows] == [sentence.text for sentence in sentences()]


def test_a_span_counts_if_each_of_its_letters_is_masked() -> None:
    text = "Hi Ingrid, mail a@b.example"
    spans = ((3, 9, "PERSON"), (3, 15, "MORE"), (0, 0, "EMPTY"))
    total = score([Sentence(text, spans)], Masker(Rules()))
    assert (total.recall(["PERSON"]), total.recall(["MORE"])) == (1.0, 0.0)


def test_precision_counts_masked_letters_outside_of_all_spans() -> None:
    text = "Hi Ingrid, mail a@b.example"
    total = score([Sentence(text, ((3, 9, "PERSON"),))], Masker(Rules()))
    assert (total.right_characters, total.wrong_characters) == (6, 9)
