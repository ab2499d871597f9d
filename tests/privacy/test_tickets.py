"""Masking whole tickets."""

from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbsearch.errors import TicketInvalid
from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules
from kbsearch.privacy.tickets import WITHHELD, TicketMasking, restored
from kbsearch.records.message import Message, Role
from kbsearch.records.places import places
from kbsearch.records.ticket import Ticket, TicketFields

MASKING = TicketMasking(Masker(Rules()))
CARD = "5555 5555 5555 4444"


def ticket(**fields: Any) -> Ticket:
    return Ticket(**{"reference": "T-1", "subject": "Till", **fields})


def failing(text: str) -> list[Any]:
    """Find nothing, and break at a word."""
    if "unreadable" in text:
        raise RuntimeError("the model broke")
    return []


def test_whom_a_ticket_names_is_masked_in_all_its_texts() -> None:
    said = Message("Ola Nordby", Role.AGENT, None, True, "OLA here, Nilsen's till is fixed.")
    masked = MASKING.mask(
        ticket(
            requester="Britt Nilsen <britt.nilsen@shop.example>",
            problem="britt.nilsen asked; Mrs Nilsen waits",
            tags=("nilsen", "till"),
            attachments=("Nilsen-till.png",),
            messages=(said,),
        )
    ).ticket
    texts = " ".join(text for _, text in places(masked)).casefold()
    assert not any(part in texts for part in ("nilsen", "britt", "ola", "nordby"))
    assert "till is fixed" in texts
    assert (masked.requester, masked.tags[1]) == ("[name]", "till")


def test_the_same_person_has_the_same_mark_within_a_ticket() -> None:
    masked = MASKING.mask(
        ticket(requester="Mara Olsen", agents=("Pia Lund",), problem="Mara rang", cause="Pia, Mara")
    ).ticket
    assert masked.problem == f"{masked.requester} rang"
    assert masked.cause == f"{masked.agents[0]}, {masked.requester}"
    assert masked.requester != masked.agents[0]


def test_a_masked_ticket_with_its_originals_is_the_ticket() -> None:
    said = Message("Mara", Role.REQUESTER, None, True, "Call +1 415 555 2671", "<p>+1 415 555 2671")
    whole = ticket(
        requester="Mara", problem="mail mara@shop.example", messages=(said,),
        raw={"problem": "mail <b>mara@shop.example</b>"}, tags=("mara@shop.example",),
    )  # fmt: skip
    masked = MASKING.mask(whole)
    again = restored(masked.ticket, masked.originals)
    assert (again, again.raw, again.messages[0].raw) == (whole, whole.raw, said.raw)
    assert list(places(masked.ticket)) == list(places(MASKING.mask(masked.ticket).ticket))


def test_of_a_card_only_the_last_digits_are_kept_anywhere() -> None:
    fields = TicketFields(
        reference="T-1", subject=f"card {CARD}", tags=(CARD,), attachments=(f"{CARD}.pdf",),
        messages=(Message("Mara", Role.REQUESTER, None, True, CARD, f"<b>{CARD}</b>"),),
        problem=f"paid by {CARD}", raw={"problem": "paid by 5555 5555 5555<b> </b>4444"},
    )  # fmt: skip
    kept = Ticket(**cast("dict[str, Any]", MASKING.without_cards(fields)))
    texts = [text for _, text in places(kept)]
    assert kept.raw == {}  # the tag hides the card from masking
    assert not any("5555" in text for text in texts)
    assert sum("[card ending 4444]" in text for text in texts) == 6


def test_a_raw_text_that_shows_more_than_its_plain_text_is_left_out() -> None:
    split = ticket(problem="call +1 415 555 2671", raw={"problem": "call +1 415<i> </i>555 2671"})
    masked = MASKING.mask(split)
    assert masked.ticket.raw == {}
    assert masked.originals["raw/problem"] == split.raw["problem"]


@pytest.mark.parametrize("reference", ["5555555555554444", "jo@shop.example"])
def test_a_reference_that_is_personal_is_refused(reference: str) -> None:
    with pytest.raises(TicketInvalid, match="give the ticket another reference"):
        MASKING.mask(ticket(reference=reference))


@pytest.mark.parametrize("reference", ["20260103", "INC0012345", "4155552671", "row-b9cd78d3b92d"])
def test_a_number_that_looks_like_a_phone_may_be_a_reference(reference: str) -> None:
    assert MASKING.mask(ticket(reference=reference)).ticket.reference == reference


def test_a_text_that_cannot_be_masked_is_withheld_and_sealed_without_long_numbers() -> None:
    broken = TicketMasking(Masker(Rules(), failing))
    masked = broken.mask(ticket(problem=f"unreadable {CARD}", cause="none"))
    assert masked.withheld == ("problem",)
    assert (masked.ticket.problem, masked.ticket.cause) == (WITHHELD, "none")
    assert masked.originals == {"problem": "unreadable [number]"}
    assert broken.text("unreadable") == ""


def test_names_of_systems_and_files_are_no_people() -> None:
    said = (
        Message("Trigger", Role.SYSTEM, None, False, "Closed"),
        Message("printer.log", Role.ATTACHMENT, None, True, "page 3"),
    )
    masked = MASKING.mask(ticket(messages=said, problem="The trigger of the printer.")).ticket
    assert masked.messages == said
    assert masked.problem == "The trigger of the printer."


@settings(deadline=None)
@given(st.text(max_size=200), st.text(min_size=1, max_size=40))
def test_any_ticket_masked_again_stays_as_it_is(text: str, name: str) -> None:
    try:
        whole = ticket(problem=text, requester=name, raw={"problem": text})
    except TicketInvalid:
        return
    once = MASKING.mask(whole).ticket
    assert replace(MASKING.mask(once).ticket, raw={}) == replace(once, raw={})
