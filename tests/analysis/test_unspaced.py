"""Chinese and Japanese text: words are found wherever they are in a sentence."""

import pytest

from kbsearch.analysis.tokens import tokens
from tests.search.desk import search, ticket

DESK = (
    ticket(1, "显示器没有信号", resolution="重新插拔电缆"),
    ticket(2, "ドライバーの更新に失敗しました"),
    ticket(3, "Outlook邮箱已满 today"),
    ticket(4, "The monitor is dark"),
)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("信号", 1),
        ("没有信号", 1),
        ("显示器", 1),
        ("电缆", 1),
        ("更新", 2),
        ("ドライバー", 2),
        ("失敗しました", 2),
        ("邮箱", 3),
        ("outlook", 3),
        ("邮箱 today", 3),
        ('"已满"', 3),
    ],
)
def test_a_word_inside_a_sentence_finds_it(query: str, number: int) -> None:
    assert [hit.ticket.id for hit in search(query, *DESK).hits] == [number]


def test_what_matches_is_marked() -> None:
    (hit,) = search("信号", *DESK).hits
    (reason,) = hit.reasons
    assert reason.found == "信号"


def test_pairs_follow_each_other_and_other_letters_stay_whole() -> None:
    found = [(token.surface, token.position) for token in tokens("usb打印机2 ok")]
    assert found == [("usb", 0), ("打印", 1), ("印机", 2), ("2", 3), ("ok", 4)]
