"""The form that an editor shows."""

import pytest

from kbsearch.cli.form import blank_form, read_form, ticket_fields
from kbsearch.errors import InputError
from kbsearch.records.ticket import FORM


def test_a_form_in_which_nothing_was_written_is_empty() -> None:
    assert read_form(blank_form()) == {}
    assert read_form("") == {}


@pytest.mark.parametrize("name", FORM)
def test_what_stands_below_a_heading_is_that_field(name: str) -> None:
    heading = f"--- {name.capitalize()}: {FORM[name].help}\n"
    form = blank_form().replace(heading, f"{heading}  one\n\n# two\n--- eight: more\n")
    assert read_form(form) == {name: "one\n\n# two\n--- eight: more"}


def test_a_heading_that_comes_again_is_text() -> None:
    assert read_form("--- Cause: a\nrust\n--- Cause: b\n") == {"cause": "rust\n--- Cause: b"}


def test_text_above_the_headings_is_not_lost_silently() -> None:
    with pytest.raises(InputError, match="above the first heading"):
        read_form("No sound\n" + blank_form())


def test_times_and_status_are_left_to_the_knowledge_base() -> None:
    fields = ticket_fields({"subject": "a", "resolution": "b", "tags": "x, ,y z"}, "KB-1")
    assert fields.keys().isdisjoint({"status", "created_at", "resolved_at"})
    assert fields["tags"] == ("x", "y z")


def test_a_status_that_was_written_wins() -> None:
    assert ticket_fields({"subject": "a", "status": "waiting"}, "KB-1")["status"] == "waiting"
