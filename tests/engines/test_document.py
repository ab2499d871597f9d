"""What of a ticket is indexed."""

from kbsearch.engines.document import (
    SECTION_GAP,
    WEIGHTS,
    Section,
    filed_sound,
    index_tokens,
    sections,
)
from kbsearch.tickets import FIELDS
from tests.engines.desk import ticket


def test_every_weighed_field_is_a_field_of_a_ticket() -> None:
    assert set(WEIGHTS) <= set(FIELDS)
    assert min(WEIGHTS.values()) > 0


def test_empty_fields_have_no_section() -> None:
    found = sections(ticket(1, "It jams", tags=("paper", "tray")))
    assert found == (
        Section("T-1", WEIGHTS["reference"]),
        Section("It jams", WEIGHTS["problem"]),
        Section("paper tray", WEIGHTS["tags"]),
    )


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


def test_the_sound_of_a_stop_word_is_not_filed() -> None:
    assert filed_sound("the") == ""
    assert filed_sound("printer") == filed_sound("prinnter") != ""
