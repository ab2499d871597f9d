"""People whom a ticket knows are found, however a text writes them."""

import random
import re
from collections.abc import Iterator

import pytest

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.people import NOBODY_KNOWN, People, Person
from kbsearch.privacy.rules import Rules
from tests.privacy.sentences import FAMILY, GIVEN

MASKER = Masker(Rules())
ANN = People.of([Person("Zsófia Van der Meer", "zs.meer77@example.org")])
COMMON = "Mark Will May Grace Rich Bill Hope Jack".split()
"""Names that are other words; in a ticket of such a person they are still found."""
LAST = "Baker Young Park Stone Page Wood Brown Marsh".split()


@pytest.mark.parametrize(
    "written",
    [
        "Zsófia Van der Meer",
        "zsofia van der meer",
        "ZSÓFIA VAN DER MEER",
        "Van der Meer, Zsófia",
        "Zsófia",
        "Zso\u0301fia",
        "Meer",
        "Z. Meer",
        "Z. van der Meer",
        "Zsófia M",
        "zs.meer77",
        "zsofiameer",
        "zmeer",
        "Zsófia\u00a0van\u00a0der\u00a0Meer",
        "Zsofia_Meer",
    ],
)
def test_each_way_to_write_a_known_person_is_masked(written: str) -> None:
    assert MASKER.mask(f"we asked {written} for it", ANN).text == "we asked [name] for it"


def test_a_possessive_stays_outside_the_mark() -> None:
    assert MASKER.mask("Zsófia's mouse, Meer’s dock", ANN).text == "[name]'s mouse, [name]’s dock"


def test_two_people_get_two_marks_and_keep_them() -> None:
    people = People.of([Person("Lin Osei"), Person("Bo Haddad")])
    ticket = MASKER.ticket(people)
    first = ticket.mask("Haddad wrote to Lin.").text
    assert (first, ticket.mask("Lin Osei asked Bo.").text) == (
        "[name] wrote to [name 2].",
        "[name 2] asked [name].",
    )


def test_a_name_and_an_address_of_one_person_are_one() -> None:
    people = People.of([Person("Lin Osei", ""), Person("", "lin.osei@example.org")])
    assert MASKER.mask("Lin, or lin.osei, is out", people).text == "[name], or [name], is out"


def test_a_function_mailbox_is_no_person() -> None:
    people = People.of([Person("IT Service Desk", "support@example.org")])
    text = "Our support desk has a service for it."
    assert MASKER.mask(text, people).text == text


def test_a_name_that_is_a_word_is_left_where_it_is_the_word() -> None:
    people = People.of([Person("Will Young")])
    assert MASKER.mask("Will it work? ask Will, the young man", people).text == (
        "Will it work? ask [name], the young man"
    )


def forms(given: str, family: str) -> Iterator[str]:
    """Yield how a person of this name is written in tickets."""
    yield from (f"{given} {family}", f"{given} {family}".lower(), f"{given} {family}".upper())
    yield from (f"{family}, {given}", f"{given[0]}. {family}", given, family)
    yield from (f"{given} {family}'s", f"{given[0]}{family}".lower(), f"{given}.{family}".lower())


def test_no_known_person_of_400_tickets_is_left() -> None:
    chance = random.Random(15)
    left = []
    for number in range(400):
        common = number % 4 == 0
        given = chance.choice(COMMON if common else GIVEN)
        family = chance.choice(LAST if common else FAMILY)
        people = People.of([Person(f"{given} {family}", f"{given}.{family}@example.org".lower())])
        written = chance.choice(list(forms(given, family)))
        text = f"We asked {written} about ticket {number}, and it is solved."
        masked = MASKER.mask(text, people).text
        if re.search(rf"\b(?:{given}|{family})\b", masked, re.IGNORECASE):
            left.append((text, masked))
    assert left == []


def test_without_known_people_a_lower_case_name_is_left() -> None:
    text = "we asked zsofia meer for it"
    assert MASKER.mask(text, NOBODY_KNOWN).text == text
