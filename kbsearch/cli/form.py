"""The form of a new ticket, as an editor shows it."""

import re
from collections.abc import Mapping
from typing import cast

from kbsearch.errors import InputError
from kbsearch.names import tidy_all
from kbsearch.records.ticket import FORM, TicketFields

_OPENING = """\
# Write below the headings; leave empty what you do not know.
# Save and close the editor to add the ticket. Nothing written: nothing added.
# Keep the headings; these first lines are left out.
"""
_HEADING = re.compile(r"^--- (\w+):.*$", re.MULTILINE)


def blank_form() -> str:
    """Return the form with nothing written in it."""
    headings = [f"--- {info.label}: {info.help}\n\n" for info in FORM.values()]
    return "\n".join([_OPENING, *headings])


def read_form(text: str) -> dict[str, str]:
    r"""Return what is written below each heading; what is empty is left out.

    A line that looks like a heading but names no field, or one that came before, is text.
    Raises InputError if something is written above the first heading.

    >>> read_form("# remark\n--- Subject: one line\n\nNo sound\n--- 8< ---\n")
    {'subject': 'No sound\n--- 8< ---'}
    """
    heads: dict[str, re.Match[str]] = {}
    for head in _HEADING.finditer(text):
        if head[1].lower() in FORM:
            heads.setdefault(head[1].lower(), head)
    starts = [*(head.start() for head in heads.values()), len(text)]
    above = [line for line in text[: starts[0]].splitlines() if not line.startswith("#")]
    if "".join(above).strip():
        raise InputError("There is text above the first heading; write it below one.")
    parts = {
        name: text[head.end() : end].strip()
        for (name, head), end in zip(heads.items(), starts[1:], strict=True)
    }
    return {name: part for name, part in parts.items() if part}


def ticket_fields(written: Mapping[str, str], reference: str) -> TicketFields:
    """Return the ticket that is to be added; its times and status follow from it by themselves."""
    tags = tidy_all(written.get("tags", "").split(","))
    return cast(TicketFields, {**written, "reference": reference, "tags": tags})
