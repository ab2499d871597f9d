"""The tokens of a query: where they are in its text, and that it is cut once."""

from collections.abc import Iterator

import pytest

from kbsearch.analysis.tokens import chunks
from kbsearch.engines.base import View
from kbsearch.records.filters import Filters
from kbsearch.search.query.expert.read import read
from kbsearch.search.query.tokens import MOST_WORDS, tokenize
from kbsearch.search.results import SearchRequest
from kbsearch.search.searcher import Searcher
from tests.search import desk

TICKETS = {number: desk.ticket(number, text) for number, text in enumerate(desk.SUBJECTS, start=1)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Red  Wi-Fi, won’t", ["Red", "Wi-Fi", "won’t"]),
        ('modem colour:"Dark  Red" "Light on" -paper tag:usb', "modem colour Dark Red Light on"),
        ("printer  AND (Jam OR “Paper   Size” OR -36) NOT hum", "printer Jam Paper Size 36 hum"),
        ("-AND fan OR --force", "AND fan force"),
    ],
)
def test_each_token_has_its_place_in_the_text(text: str, expected: list[str] | str) -> None:
    found = [text[token.start : token.end] for token in read(text, Filters()).searched]
    assert found == (expected.split() if isinstance(expected, str) else expected)


def test_the_tokens_of_a_chunk_of_very_many_parts_have_its_place() -> None:
    text = "-".join(["ab"] * (MOST_WORDS + 1))
    assert {(token.text, token.start, token.end) for token in tokenize(text)} == {
        ("ab", 0, len(text))
    }


@pytest.mark.parametrize(
    "text", ["pasword reset wi-fi can'receive", "passw ord PAY-4418 kb 5034441", "torch -jam usb"]
)
def test_a_search_cuts_each_chunk_of_its_query_once(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut: list[str] = []

    def counted(text: str) -> Iterator[tuple[str, int, int]]:
        for found in chunks(text):
            cut.append(found[0])
            yield found

    monkeypatch.setattr("kbsearch.search.query.tokens.chunks", counted)
    searcher = Searcher(lambda ids: {one: TICKETS[one] for one in ids})
    searcher.search(SearchRequest(text), desk.engine().snapshot(View.INTERNAL))
    assert cut == text.replace("-jam", "jam").lower().split()
