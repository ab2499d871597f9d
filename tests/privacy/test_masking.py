"""Masking writes marks, and changes nothing else."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.errors import MaskingFailed
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.masking import Masked, Masker, Recogniser
from kbsearch.privacy.people import People, Person
from kbsearch.privacy.rules import Rules
from tests.privacy.sentences import sentences

MASKER = Masker(Rules())
STRICT = Masker(Rules(strict=True))
PEOPLE = People.of([Person("Ann Lee", "ann.lee@example.org"), Person("Bo Øst")])
PIECES = [
    *(sentence.text for sentence in sentences(each=1)),
    *(
        "Hi Ann",
        "lee",
        "[name]",
        "[name 2]",
        "[phone]",
        "[card ending 4242]",
        "[e-mail at gmail.com]",
    ),
    *(
        "Mr.",
        "call",
        "password:",
        "12",
        "555 0142",
        "Street",
        "\n",
        "> ",
        "\u200b",
        "é",
        "@",
        "I am",
        "at",
    ),
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=8).map(" ".join)


def restored(masked: Masked, text: str) -> str:
    """Return the masked text that the findings say, made of the original."""
    pieces, place = [], 0
    for finding in masked.findings:
        pieces += [text[place : finding.start], finding.mark]
        place = finding.end
    return "".join([*pieces, text[place:]])


@given(texts)
def test_masking_a_masked_text_changes_nothing(text: str) -> None:
    once = MASKER.mask(text, PEOPLE).text
    assert MASKER.mask(once, PEOPLE).text == once


@given(texts)
def test_strict_masking_a_masked_text_changes_nothing(text: str) -> None:
    once = STRICT.mask(text, PEOPLE).text
    assert STRICT.mask(once, PEOPLE).text == once


@given(texts)
def test_nothing_but_the_findings_changes(text: str) -> None:
    masked = MASKER.mask(text, PEOPLE)
    assert restored(masked, text) == masked.text


@given(texts)
def test_findings_are_in_order_and_apart(text: str) -> None:
    found = MASKER.mask(text, PEOPLE).findings
    places = [place for finding in found for place in (finding.start, finding.end)]
    assert places == sorted(places)
    assert all(finding.start < finding.end for finding in found)


def test_a_mark_in_a_text_stays() -> None:
    text = "[name] paid with [card ending 4242], call [phone] or [e-mail at gmail.com]"
    assert MASKER.mask(text) == Masked(text, ())


def test_a_finding_says_where_its_original_was() -> None:
    text = "Hi Ingrid, 212-555-0142"
    assert MASKER.mask(text).findings == (
        Finding(3, 9, Kind.NAME, "[name]"),
        Finding(11, 23, Kind.PHONE, "[phone]"),
    )


def test_a_person_keeps_the_mark_in_all_texts_of_a_ticket() -> None:
    ticket = MASKER.ticket()
    texts = ["Hi Ingrid Lindqvist,", "Rafael asked Ingrid.", "Thanks,\nRafael"]
    assert [ticket.mask(text).text for text in texts] == [
        "Hi [name],",
        "[name 2] asked [name].",
        "Thanks,\n[name 2]",
    ]


def test_a_finding_grows_to_the_ends_of_its_words() -> None:
    assert MASKER.mask("id5105105105105100x is it").text == "[card ending 5100] is it"


def test_a_number_in_a_text_without_spaces_leaves_the_text() -> None:
    assert MASKER.mask("请拨打+86 138 0013 8000谢谢").text == "请拨打[phone]谢谢"


def test_names_of_strangers_and_passwords_are_found_in_prose_only() -> None:
    ticket = MASKER.ticket(PEOPLE)
    text = "Ingrid, Ann Lee, password: hunter2, 212-555-0142"
    assert ticket.mask(text, prose=False).text == "Ingrid, [name], password: hunter2, [phone]"


class Planets:
    """A recogniser that takes planets for people."""

    def __call__(self, text: str, /) -> Iterable[tuple[int, int, Kind]]:
        start = text.find("Neptune")
        return [(start, start + 7, Kind.NAME)] if start >= 0 else []


def test_what_a_recogniser_finds_is_masked_too() -> None:
    assert (
        Masker(Rules(), Planets()).mask("ask Neptune, or Ingrid").text == "ask [name], or [name 2]"
    )


def broken(text: str, /) -> Iterable[tuple[int, int, Kind]]:
    """Fail on every text."""
    raise OSError(text)


def outside(text: str, /) -> Iterable[tuple[int, int, Kind]]:
    """Find something after the end."""
    return [(0, len(text) + 1, Kind.NAME)]


@pytest.mark.parametrize("recogniser", [broken, outside])
def test_a_recogniser_that_fails_lets_no_text_through(recogniser: Recogniser) -> None:
    with pytest.raises(MaskingFailed) as caught:
        Masker(Rules(), recogniser).mask("a secret of Ingrid")
    assert "Ingrid" not in str(caught.value)


def test_what_an_admin_denies_is_masked_and_what_is_allowed_stays() -> None:
    rules = Rules(allow=("Ingrid",), deny=(("Project Bluefish", Kind.ID), ("quux", Kind.NAME)))
    text = "Ingrid leads project bluefish with Quux, quuxes stay"
    assert Masker(rules).mask(text).text == "Ingrid leads [id] with [name], quuxes stay"


def test_a_card_is_never_allowed_by_its_digits() -> None:
    rules = Rules(allow=("5105 1051",))
    assert Masker(rules).mask("5105105105105100").text == "[card ending 5100]"


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1\n",
        "12 High ",
        "password:",
        "John de la ",
        "a.b@",
        "4111 1111 1111 1112 ",
        "É",
        "[",
        "call 1 ",
    ],
)
def test_a_long_hostile_text_is_masked(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert restored(MASKER.mask(text), text) == MASKER.mask(text).text
