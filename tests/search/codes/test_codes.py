"""Codes in queries: never read as other codes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kbsearch.analysis.codes import normal_code
from kbsearch.analysis.terms import term, term_of
from kbsearch.analysis.tokens import TokenKind, parts
from kbsearch.engines.base import View
from kbsearch.search.codes.forms import other_forms
from kbsearch.search.codes.joined import written_apart
from tests.search.desk import clause, engine, only_hit, plan, search, subjects, ticket
from tests.sentences import sentences

LETTERS = st.text("abcdefgkptwx", min_size=1, max_size=5)
DIGITS = st.text("0123456789", min_size=1, max_size=8)
CODE = st.one_of(
    st.builds("0x{}".format, st.text("0123456789abcdef", min_size=4, max_size=8)),
    st.builds("{}-{}".format, LETTERS, DIGITS),
    st.builds("{}_{}".format, LETTERS, DIGITS),
    st.builds("{}{}".format, LETTERS, DIGITS),
    st.builds("{}.{}.{}".format, DIGITS, DIGITS, DIGITS),
)
"""What error numbers, ticket numbers, models and versions look like."""


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("0x80070005", "Error 0x80070005 at the update"),
        ("0X80070057", "Error 0x80070057 at the update"),
        ("PAY-4417", "PAY-4417 at the till"),
        ("pay4471", "PAY-4471 at the till"),
        ("pay_4471", "PAY-4471 at the till"),
    ],
)
def test_a_code_finds_itself_and_not_its_neighbour(typed: str, subject: str) -> None:
    assert only_hit(typed).ticket.subject == subject


@pytest.mark.parametrize("typed", ["0x80070006", "PAY-4418", "0x8007000", "PAY-441"])
def test_a_code_that_no_ticket_has_finds_nothing(typed: str) -> None:
    assert subjects(typed) == []


@pytest.mark.parametrize("typing", [True, False])
@given(typed=CODE, held=st.lists(CODE, max_size=4))
def test_no_code_is_read_as_another_one(typed: str, held: list[str], typing: bool) -> None:
    subject = " ".join(["modem", *held])
    index = engine(ticket(1, subject), ticket(2, typed + "0")).snapshot(View.INTERNAL)
    for each in plan(typed, typing=typing, index=index).clauses:
        own = {term_of(part.kind, part.surface) for part in parts(typed)}
        own.update(map(term, written_apart(normal_code(typed)) or ()))
        own.update(one for code in [*own] for form in other_forms(code) for one in form)
        assert {term for one in each.readings for term in one.terms} <= own


@given(CODE, CODE)
def test_no_code_finds_a_ticket_that_has_only_another_one(typed: str, held: str) -> None:
    own = {part.surface for part in parts(typed)}
    own |= {term for code in own for form in other_forms(code) for term in form}
    assume(not own & {part.surface for part in parts(held)})
    assert subjects(typed, ticket(1, f"Modem {held}")) == []


@given(CODE)
def test_every_code_finds_its_ticket_however_it_is_hyphenated(code: str) -> None:
    held = ticket(1, f"Modem says {code}")
    assert subjects(code, held) == [held.subject]
    assert subjects(normal_code(code).upper(), held) == [held.subject]


def test_a_word_with_a_number_is_also_read_as_two() -> None:
    exact, apart = clause("win10").readings
    assert (exact.terms, exact.weight) == (("win10",), 1.0)
    assert (apart.terms, apart.weight < 1) == (("win", "10"), True)
    assert subjects("win10") == ["Win 10 is slow"]


def test_a_code_in_a_quote_must_stand_beside_its_neighbours() -> None:
    assert subjects('"error 0x80070005"') == ["Error 0x80070005 at the update"]
    assert subjects('"modem 0x80070005"') == subjects("modem 0x80070005")


def test_a_version_finds_the_tickets_of_its_own_releases() -> None:
    held = (ticket(1, "Client 10.2.1 hangs"), ticket(2, "Client 10.3 hangs"))
    assert subjects("10.2", *held) == ["Client 10.2.1 hangs"]
    assert parts("10.2.1")[0].kind is TokenKind.CODE


def test_a_star_that_finds_very_many_codes_says_that_not_all_were_searched() -> None:
    held = [ticket(number, f"Relay QX{number + 100} sticks") for number in range(1, 80)]
    (note,) = sentences(search("QX1*", *held).notes)
    assert note == 'Of the codes that begin with "qx1", 64 were searched; type more of the code.'
    assert search("QX12*", *held).notes == ()
