"""What cannot be said in a table: how a vendor nests, dates and marks its values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kbsearch.intake.vendors import (
    freshdesk,
    jira,
    journal,
    request_tracker,
    trackers,
    zammad,
    zendesk,
)
from kbsearch.intake.vendors.message import Conversation, Values

Change = Callable[[object], object]
"""Returns what a value of a vendor means."""


def _same(value: object) -> object:
    return value


def _ticket(_row: Values) -> str:
    return ""


def _name(name: str) -> str:
    return name


@dataclass(frozen=True, slots=True)
class Shape:
    """The code that reads one export.

    messages   makes messages of each value of a column of messages.
    plain      what any value means.
    fields     field -> what a value of it means.
    column     what a column is called without the vendor's dress.
    named      the column with a list of names and values, "" if there is none.
    other      what a row is that is no ticket, "" if it is one.
    opening    whether the first message is what the requester said, as no column holds it.
    """

    messages: Conversation | None = None
    plain: Change = _same
    fields: Mapping[str, Change] = field(default_factory=dict)
    column: Callable[[str], str] = _name
    named: str = ""
    other: Callable[[Values], str] = _ticket
    opening: bool = False


_UTC = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def displayed(value: object) -> object:
    """Return what ServiceNow shows for a value: of a time the UTC that it keeps.

    >>> displayed({"display_value": "Closed", "value": "7"}), displayed({"link": "x", "value": "9"})
    ('Closed', '')
    """
    if not isinstance(value, Mapping) or not {"value", "display_value"} & value.keys():
        return value
    kept = value.get("value")
    if isinstance(kept, str) and _UTC.fullmatch(kept):
        return kept
    return value.get("display_value", "" if "link" in value else kept)


SHAPES: Mapping[tuple[str, str], Shape] = {
    ("Freshdesk", "JSON"): Shape(freshdesk.messages),
    ("GitHub", "JSON"): Shape(trackers.github_messages, other=trackers.pull_request),
    ("GitHub", "command line JSON"): Shape(trackers.github_messages),
    ("GitLab", "JSON"): Shape(trackers.gitlab_messages),
    ("Jira", "CSV"): Shape(jira.csv_messages, fields={"attachments": jira.attachment_name}),
    ("Jira", "JSON"): Shape(jira.api_messages, plain=jira.plain),
    ("Jira", "XML"): Shape(jira.feed_messages),
    ("Redmine", "CSV"): Shape(trackers.last_note),
    ("Redmine", "JSON"): Shape(trackers.redmine_messages, named="custom_fields"),
    ("Request Tracker", "JSON"): Shape(
        request_tracker.messages,
        plain=request_tracker.plain,
        named="CustomFields",
        opening=True,
    ),
    ("Request Tracker", "TSV"): Shape(
        plain=request_tracker.plain, column=request_tracker.column_name
    ),
    ("Salesforce", "data loader"): Shape(journal.internal_note),
    ("Salesforce", "report"): Shape(journal.internal_note),
    ("ServiceNow", "table"): Shape(journal.servicenow_messages, plain=displayed),
    ("TOPdesk", "CSV"): Shape(journal.topdesk_messages, fields={"problem": journal.memo_text}),
    ("Zammad", "JSON"): Shape(zammad.messages, opening=True),
    ("Zendesk", "CSV"): Shape(fields={"tags": zendesk.tags}),
    ("Zendesk", "JSON"): Shape(zendesk.messages),
}
"""(vendor, format) -> the code for it; an export without any is rows of the tables only."""
PLAIN = Shape()
"""The shape of an export that needs no code."""
