"""What every desk calls by several names is found by each of them, and never corrected."""

import pytest

from kbsearch.records.reading_kind import ReadingKind
from tests.search.desk import search, subjects, ticket

SCREEN = ticket(1, "Cannot sign on at the till")
CODE = ticket(2, "2FA code is not accepted")
JOURNAL = ticket(3, "Log of the scanner is full")
ONCE = ticket(4, "One time passcode comes too late")
TUNNEL = ticket(5, "VPN drops at noon")
PHONE = ticket(6, "Phone has no tone")
HELD = (SCREEN, CODE, JOURNAL, ONCE, TUNNEL, PHONE, ticket(7, "Thin paper jams"))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("login", SCREEN.subject),
        ("signin", SCREEN.subject),
        ("log on", SCREEN.subject),
        ("logging in", SCREEN.subject),
        ("logon till", SCREEN.subject),
        ("mfa", CODE.subject),
        ("multi-factor", CODE.subject),
        ("two factor authentication", CODE.subject),
        ("2 factor", CODE.subject),
        ("two-factor", CODE.subject),
        ("otp", ONCE.subject),
        ("vee pee en", TUNNEL.subject),
        ("fone", PHONE.subject),
    ],
)
def test_another_name_finds_it_first(text: str, subject: str) -> None:
    assert subjects(text, *HELD)[0] == subject


@pytest.mark.parametrize("text", ["login", "logon", "signin", "fone", "mfa"])
def test_a_name_of_desks_is_no_slip_for_another_word(text: str) -> None:
    found = search(text, *HELD)
    assert found.did_you_mean == ""
    kinds = {reason.kind for hit in found.hits for reason in hit.reasons}
    assert kinds.isdisjoint({ReadingKind.SPELLING, ReadingKind.SOUND})


def test_a_code_that_is_a_name_is_found_by_its_other_names() -> None:
    found = subjects("2fa", ticket(1, "Multi-factor prompt loops"), JOURNAL)
    assert found == ["Multi-factor prompt loops"]


def test_two_words_that_sound_like_one_are_it() -> None:
    held = (ticket(1, "Keyboard misses keys"), ticket(2, "Bored with the key ring"), JOURNAL)
    found = search("kee bord misses", *held)
    assert found.did_you_mean == "keyboard misses"
    assert found.hits[0].ticket.subject == "Keyboard misses keys"


def test_two_words_that_tickets_have_are_not_heard_as_one() -> None:
    held = (ticket(1, "Keyboard misses"), ticket(2, "Key bored into the door"))
    assert search("key bored", *held).did_you_mean == ""


def test_a_name_that_no_ticket_has_counts_as_much_as_the_one_that_they_have() -> None:
    held = (ticket(1, "Cannot sign on at the till"), ticket(2, "Cannot log on at the till"))
    scores = [search(text, *held).hits[0].score for text in ("signon till", "sign on till")]
    assert scores[0] == pytest.approx(scores[1], rel=0.1)


def test_a_part_of_a_name_with_a_hyphen_means_little_alone() -> None:
    held = ticket(1, "Two bins are full"), ticket(2, "MFA comes late"), ticket(3, "Red ink")
    assert subjects("two-factor", *held) == ["MFA comes late", "Two bins are full"]
