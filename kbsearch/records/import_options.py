"""How files are imported, where they do not tell themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kbsearch.errors import InputError, shown


class DateOrder(StrEnum):
    """Whether the day or the month comes first in a date such as 03/04/2026."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What an admin says of an import.

    mapping      field -> column, for columns that no synonym knows.
    source       the source of rows that name none.
    dry_run      tell what would happen, and write neither tickets nor rejects.
    force_older  let rows change tickets that are newer.
    date_order   the order of day and month where no row proves it.
    meanings     (field, value in small letters) -> what the value means there.
    encoding     what the files are written in, "" to tell it by what they hold.

    Raises InputError if there is no such encoding.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    source: str = "desk"
    dry_run: bool = False
    force_older: bool = False
    date_order: DateOrder | None = None
    meanings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    encoding: str = ""

    def __post_init__(self) -> None:
        """Refuse an encoding that no text is written in."""
        try:
            "".encode(self.encoding or "utf-8")
        except LookupError:
            raise InputError(
                f"{shown(self.encoding)!r} is no encoding of text; name one such as cp1252, cp850,"
                " cp437, mac_roman, utf-8 or utf-16."
            ) from None
