"""A correction that no one would believe is offered, and not made."""

import pytest

from kbsearch.messages.message import render
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.understand.doubt import is_absurd, is_doubtful
from kbsearch.search.understand.spelling import Candidate
from tests.search import desk
from tests.search.desk import search, subjects, ticket
from tests.sentences import sentences

HELD = (
    ticket(1, "Scanner hums at noon"),
    ticket(2, "Spanner is lost"),
    ticket(3, "Monitor flickers"),
    ticket(4, "Gone with the courier"),
)


def guess(word: str, kind: ReadingKind = ReadingKind.SPELLING, closeness: float = 0.7) -> Candidate:
    return Candidate(word, kind, closeness, 9.0, word, homophone=kind is ReadingKind.SOUND)


@pytest.mark.parametrize(
    ("typed", "other"),
    [("calendr", "cylinder"), ("banners", "scanners"), ("window", "widow"), ("mone", "gone")],
)
def test_what_english_is_nearer_to_or_begins_otherwise_is_doubtful(typed: str, other: str) -> None:
    assert is_doubtful(typed, guess(other))


@pytest.mark.parametrize(("typed", "other"), [("moniter", "monitor"), ("qwmonitr", "qwonitor")])
def test_a_slip_that_is_near_is_not(typed: str, other: str) -> None:
    assert not is_doubtful(typed, guess(other))


def test_a_slip_of_the_first_letter_of_a_long_word_is_not() -> None:
    assert not is_doubtful("nonitor", guess("monitor", closeness=0.86))


def test_what_sounds_the_same_is_not() -> None:
    assert not is_doubtful("window", guess("windau", ReadingKind.SOUND))


@pytest.mark.parametrize(
    ("typed", "other", "kind", "known", "absurd"),
    [
        ("gas", "jazz", ReadingKind.SOUND, True, True),
        ("kee", "quay", ReadingKind.SOUND, False, False),
        ("ulk", "oil", ReadingKind.SPELLING, False, True),
        ("hte", "the", ReadingKind.SPELLING, False, False),
        ("gases", "jazzes", ReadingKind.SOUND, True, False),
    ],
)
def test_a_word_of_three_letters_is_one_edit_away_at_most(
    typed: str, other: str, kind: ReadingKind, *, known: bool, absurd: bool
) -> None:
    assert is_absurd(typed, guess(other, kind), known=known) is absurd


def test_a_word_of_english_that_no_ticket_has_is_no_slip() -> None:
    found = search("nettle", ticket(1, "Kettle boils over"))
    assert found.did_you_mean == ""
    (only,) = found.hits[0].reasons
    assert render(only.message) == 'no ticket has "nettle", but "kettle" is near it'


def test_a_doubtful_correction_is_named_in_a_note_and_not_made() -> None:
    found = search("sander noon", *HELD)
    assert found.did_you_mean == ""
    assert sentences(found.notes)[0].startswith('No ticket has "sander"; the nearest is ')
    assert found.hits[0].ticket.subject == HELD[0].subject


def test_a_good_correction_is_made_and_needs_no_note() -> None:
    found = search("scaner moniter", *HELD)
    assert found.did_you_mean == "scanner monitor"
    assert [one.typed for one in found.corrections] == ["scaner", "moniter"]
    assert found.notes == ()


def test_a_word_may_be_kept_if_a_ticket_has_it() -> None:
    crowd = [ticket(number, "Scanner hums") for number in range(10, 60)]
    found = search("scaner moniter", ticket(1, "Scaner is lost"), ticket(2, "Monitor"), *crowd)
    assert [(one.typed, one.kept) for one in found.corrections] == [
        ("scaner", '"scaner" moniter'),
        ("moniter", ""),
    ]


def test_a_word_of_english_that_several_tickets_have_is_itself() -> None:
    crowd = [ticket(number, "Cache of the browser is full") for number in range(10, 60)]
    cash = [ticket(number, f"Cash in drawer {number}") for number in range(100, 104)]
    found = search("cash", *crowd, *cash)
    assert found.did_you_mean == ""
    assert found.hits[0].ticket.subject.startswith("Cash")
    assert len(subjects("cash", *crowd, *cash)) > 4


def test_a_word_that_two_tickets_have_is_no_slip_for_one_that_looks_like_it() -> None:
    crowd = [ticket(number, "Poster fell down") for number in range(10, 30)]
    coated = [ticket(number, f"Coaster {number} is chipped") for number in (1, 2)]
    assert {*subjects("coaster", *crowd, *coated)} == {one.subject for one in coated}


def test_in_a_small_index_a_word_of_english_is_no_slip_for_another() -> None:
    held = desk.ticket(1, "Screen stays black"), desk.ticket(2, "Page comes out blank")

    assert [hit.ticket.id for hit in desk.search("black", *held).hits] == [1]
