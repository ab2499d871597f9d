"""How vendors write the messages of a ticket."""

import pytest

from kbsearch.intake.vendors.document import DEPTH, document_text
from kbsearch.intake.vendors.freshdesk import messages as freshdesk_messages
from kbsearch.intake.vendors.jira import csv_messages
from kbsearch.intake.vendors.journal import memo_text, servicenow_messages, topdesk_messages
from kbsearch.intake.vendors.trackers import github_messages
from kbsearch.intake.vendors.zendesk import messages as zendesk_messages


def test_a_comment_of_jira_keeps_the_semicolons_of_its_text() -> None:
    row = {"Assignee": "bo"}
    one = next(iter(csv_messages(row, "01/Mar/26 9:00 AM;bo;Dry; then try", "Comment")))
    assert (one["text"], one["role"], one["at"]) == ("Dry; then try", "agent", "01/Mar/26 9:00 AM")


def test_a_comment_that_is_written_otherwise_is_a_text_without_an_author() -> None:
    one = next(iter(csv_messages({}, "Dry it", "Comment")))
    assert (one["text"], one["role"], one["author"]) == ("Dry it", "unknown", "")


def test_a_journal_begins_with_its_oldest_entry_and_has_the_notes_of_agents() -> None:
    journal = (
        "2026-01-16 08:55:00 - Bo (Additional comments)\nTry again.\n\n"
        "2026-01-15 09:00:00 - Ann (Work notes)\nIt is dirty.\nVery.\n\n"
    )
    first, second = servicenow_messages({"caller_id": "Bo"}, journal, "comments")
    assert (first["text"], first["public"], first["role"]) == (
        "It is dirty.\nVery.",
        False,
        "agent",
    )
    assert (second["author"], second["public"], second["role"]) == ("Bo", True, "requester")


def test_work_notes_without_a_heading_are_one_note_among_agents() -> None:
    (one,) = servicenow_messages({}, "Cable swapped", "work_notes")
    assert (one["text"], one["public"], one["at"]) == ("Cable swapped", False, None)


def test_a_memo_of_topdesk_is_parted_by_its_headings() -> None:
    memo = "14-02-2026 10:12 Lund, Pia:\nSeal: new\n\n13-02-2026 11:00 Olsen, Mara:\nHere"
    first, second = topdesk_messages({"Caller": "Olsen, Mara"}, memo, "Action")
    assert (first["role"], first["text"]) == ("requester", "Here")
    assert (second["author"], second["text"]) == ("Lund, Pia", "Seal: new")
    assert memo_text("13-02-2026 11:00 Olsen, Mara:\nHere") == "Here"


@pytest.mark.parametrize(("count", "value"), [(0, 3), (0, None), (1, [{"body": "x"}, "y"])])
def test_what_is_no_list_of_comments_has_no_messages(count: int, value: object) -> None:
    assert len(list(github_messages({}, value, "comments"))) == count
    assert len(list(zendesk_messages({}, value, "comments"))) == count
    assert len(list(freshdesk_messages({}, value, "conversations"))) == count


def test_a_table_of_a_document_has_a_row_a_line() -> None:
    cells = [{"type": "tableCell", "content": [{"type": "text", "text": one}]} for one in "ab"]
    rows = [{"type": "tableRow", "content": cells}] * 2
    assert document_text({"type": "doc", "content": [{"type": "table", "content": rows}]}) == (
        "a | b\na | b"
    )


def test_a_document_that_is_too_deep_ends() -> None:
    node: dict[str, object] = {"type": "text", "text": "deep"}
    for _ in range(DEPTH * 20):
        node = {"type": "panel", "content": [node]}
    assert document_text({"type": "doc", "content": [node]}) == ""
