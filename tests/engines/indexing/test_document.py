"""What of a ticket is indexed."""

from dataclasses import replace

from kbsearch.analysis.codes import REFERENCE
from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.indexing.document import (
    KEPT_VALUES,
    NO_TIME,
    SECTION_GAP,
    SOLVED,
    WEIGHTS,
    Section,
    column_value,
    extract,
    filed_form,
    index_tokens,
    sections,
    texts,
)
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import FIELDS
from tests.engines.desk import MOMENT, ticket


def test_every_weighed_field_is_a_field_of_a_ticket() -> None:
    assert set(WEIGHTS) <= set(FIELDS)
    assert min(WEIGHTS.values()) > 0


def test_empty_fields_have_no_section() -> None:
    found = sections(ticket(1, "It jams", tags=("paper", "tray")))
    assert found == (
        Section(f"{REFERENCE}t-1", WEIGHTS["reference"]),
        Section("It jams", WEIGHTS["problem"]),
        Section("paper tray", WEIGHTS["tags"]),
    )


def test_an_extract_has_the_texts_and_the_values_under_their_names() -> None:
    one = ticket(1, "It jams", product="Tallyfold", tags=("paper", "tray"))
    found = extract(one)
    by_name = dict(zip(WEIGHTS, found.texts, strict=True))
    assert (by_name["problem"], by_name["tags"], by_name["product"]) == (
        "It jams",
        "paper tray",
        "Tallyfold",
    )
    values = dict(zip(KEPT_VALUES, found.values, strict=True))
    assert values == {
        "product": "Tallyfold",
        "status": "open",
        "category": "",
        "kind": "ticket",
        "tags": "paper\x1ftray",
        "solved": "",
    }


def test_a_ticket_with_a_resolution_is_kept_as_solved() -> None:
    solved, blank = (extract(ticket(1, "It jams", resolution=text)) for text in ("Open it.", " \n"))
    assert (solved.values[-1], blank.values[-1]) == (SOLVED, "")


def test_every_weight_is_a_whole_number_of_tenths() -> None:
    assert [weight * 10 % 1 for weight in WEIGHTS.values()] == [0.0] * len(WEIGHTS)


def test_a_ticket_without_a_time_is_extracted_far_below_any_time() -> None:
    assert extract(ticket(1, "It jams")).created == NO_TIME
    assert extract(ticket(1, "It jams", created_at=MOMENT)).created == int(MOMENT.timestamp())


def test_upper_and_lower_case_are_filtered_by_alike() -> None:
    assert column_value("Straße") == column_value("STRASSE") == b"strasse"


def test_a_token_weighs_what_its_section_does() -> None:
    found = index_tokens((Section("printer jams", 2.0), Section("tray", 0.5)))
    assert [(token.surface, token.weight) for token in found] == [
        ("printer", 2.0),
        ("jams", 2.0),
        ("tray", 0.5),
    ]


def test_sections_stand_far_apart() -> None:
    first, second = index_tokens((Section("printer", 1.0), Section("jams", 1.0)))
    assert second.position - first.position >= SECTION_GAP


def test_a_section_without_a_word_still_parts_its_neighbours() -> None:
    texts = (Section("printer", 1.0), Section("!!", 1.0), Section("jams", 1.0))
    first, second = index_tokens(texts)
    assert second.position - first.position >= SECTION_GAP


def test_the_form_of_a_stop_word_or_a_code_is_not_filed() -> None:
    assert filed_form(TokenKind.WORD, "the") == ""
    assert filed_form(TokenKind.CODE, "kb5034441") == ""
    assert filed_form(TokenKind.WORD, "printers") == "printers"


def test_messages_are_one_text_without_what_they_quote_or_repeat() -> None:
    asked = Message("", Role.REQUESTER, None, True, "It jams")
    answered = Message("", Role.AGENT, None, False, "Open the tray again.\n\n> It jams\n> again")
    noise = Message("", Role.SYSTEM, None, True, "Ticket closed")
    one = replace(ticket(1, "It jams"), messages=(asked, answered, noise))
    assert texts(one)[-1] == "Open the tray again."
    assert list(WEIGHTS)[-1] == "messages"


def test_the_text_of_an_attached_file_is_searched_whole() -> None:
    log = Message("a.log", Role.ATTACHMENT, None, True, "E-17\n> E-18\n-- \nE-19")
    assert texts(replace(ticket(1, "It jams"), messages=(log,)))[-1] == log.text


def test_what_a_problem_or_a_resolution_quotes_is_not_searched() -> None:
    quoting = "The tray is open.\n\n-----Original Message-----\nIt jams"
    found = dict(zip(WEIGHTS, texts(ticket(1, quoting, resolution=quoting)), strict=True))
    assert found["problem"] == found["resolution"] == "The tray is open."
