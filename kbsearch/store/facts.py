"""What a ranking may go by besides the words of a ticket."""

from datetime import datetime
from typing import NamedTuple

from kbsearch.records.outcome import UNTRIED, TrackRecord


class TicketFeatures(NamedTuple):
    """What a ranking may go by besides the words.

    created_at   UTC, or None where its source does not say or no one asked.
    failed_here  whether it did not help in the call that the search is for.
    """

    created_at: datetime | None = None
    record: TrackRecord = UNTRIED
    failed_here: bool = False
