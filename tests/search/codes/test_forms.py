"""Other forms of the very same code, and models of a series."""

import pytest

from kbsearch.engines.base import View
from kbsearch.search.codes.forms import models, notations, other_forms, padded
from tests.search.desk import engine, plan, search, subjects, ticket
from tests.sentences import sentences


@pytest.mark.parametrize("code", ["10.2.1", "1021", "102.1", "10", "e1"])
def test_a_version_is_never_written_without_its_dots(code: str) -> None:
    forms = {form for form in other_forms(code) if len(form) == 1}
    assert forms.isdisjoint({("1021",), ("10.2.1",), ("102.1",), ("e01",)})


def test_a_single_zero_makes_another_code() -> None:
    assert ("ora0257",) not in set(padded("ora257"))
    assert ("ora00257",) in set(padded("ora257"))
    assert [*padded("ora01017")] == []


def test_a_model_has_letters_after_its_series() -> None:
    held = ("ds220", "ds220j", "ds2201", "ds220plus", "ds2204bay", "0x8007abc")
    codes = engine(ticket(1, " ".join(held))).snapshot(View.INTERNAL).lexicon.codes
    assert [*models("ds220", codes)] == ["ds220plus"]
    assert [*models("0x8007", codes)] == []


def test_the_pieces_of_a_longer_code_are_none_of_a_shorter() -> None:
    assert subjects("MK4", ticket(1, "Mixer MK-4-B")) == []
    assert subjects("MK4", ticket(1, "Mixer MK 4")) == ["Mixer MK 4"]


def test_only_a_hardware_address_has_two_notations() -> None:
    assert [*notations("b827.eb45.d21a")] == ["b827.eb45.d21a", "b827eb45d21a"]
    assert [*notations("10.20.31.45")] == ["10.20.31.45"]


def test_the_models_of_a_series_that_a_ticket_has_by_itself_are_near() -> None:
    held = (ticket(1, "DS220 hums"), ticket(2, "DS220plus hums"))
    result = search("DS220", *held)
    assert [hit.ticket.id for hit in result.hits] == [1]
    assert [near.found for near in result.near_codes] == ["DS220plus"]
    assert subjects("DS220", held[1]) == ["DS220plus hums"]


def test_a_star_finds_what_begins_so_and_no_other() -> None:
    codes = enumerate(("DS220", "DS218j", "DX2"), start=1)
    held = tuple(ticket(at, f"{code} hums") for at, code in codes)
    assert sorted(subjects("ds2*", *held)) == ["DS218j hums", "DS220 hums"]
    (hit,) = search("DS21*", *held).hits
    assert sentences(reason.message for reason in hit.reasons) == ('"ds21" begins "ds218j"',)


def test_an_article_before_a_number_is_both() -> None:
    held = (ticket(1, "Tray wants A5"), ticket(2, "Hub with 5 ports"))
    assert subjects("a 5", *held) == ["Tray wants A5", "Hub with 5 ports"]


def test_a_code_that_is_written_otherwise_is_not_missing() -> None:
    result = search("h265", ticket(1, "H.265 stutters"))
    assert (result.notes, result.near_codes) == ((), ())


def test_a_plain_query_takes_a_code_as_it_is() -> None:
    assert [len(one.readings) for one in plan("0x80070005", tolerant=False).clauses] == [1]


@pytest.mark.parametrize(
    ("typed", "held"), [("4c733982", "4C7 33 982"), ("QX-41-7720", "QX 417 720"), ("K.70", "K 70")]
)
def test_a_code_in_any_groups_is_found(typed: str, held: str) -> None:
    tickets = (ticket(1, f"Scale {held} fails"), ticket(2, "Scale 4C7 33 983 fails"))
    assert subjects(typed, *tickets) == [f"Scale {held} fails"]
