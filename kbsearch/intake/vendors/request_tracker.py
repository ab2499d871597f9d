"""The transactions and custom fields of Request Tracker."""

import re
from collections.abc import Iterable

from kbsearch.intake.vendors.message import RawMessage, Values, objects, raw_message, role_of
from kbsearch.intake.vendors.paths import value_at, values_at
from kbsearch.records.message import Role

_WRITTEN = {"Create": True, "Correspond": True, "Comment": False}
"""The transactions that someone wrote, and whether the requestor sees them."""
_NEVER = re.compile(r"1970-01-01T00:00:00Z|Not set")
_CUSTOM = re.compile(r"(?:CF|CustomField)\.?\{?([^{}]+)\}?")


def messages(row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield what was written; other transactions are changes of fields."""
    requestors = values_at(row, "Requestor[].id")
    for one in objects(value):
        public = _WRITTEN.get(str(one.get("Type")))
        if public is not None and one.get("Content"):
            author = value_at(one, "Creator.id", "Creator")
            role = Role.SYSTEM if author == "RT_System" else role_of(author, requestors)
            yield raw_message(author, role, one.get("Created"), one["Content"], public=public)


def plain(value: object) -> object:
    """Return a value, "" for a time that was never set."""
    return "" if isinstance(value, str) and _NEVER.fullmatch(value) else value


def column_name(name: str) -> str:
    """Return the name of a custom field by itself.

    >>> column_name("CF.{Product}"), column_name("Subject")
    ('Product', 'Subject')
    """
    custom = _CUSTOM.fullmatch(name)
    return custom[1] if custom else name
