"""Tickets in which some words stand in the same surroundings."""

from collections.abc import Iterator
from itertools import combinations

from kbsearch.records.ticket import StoredTicket
from tests.engines.desk import ticket

SURROUNDINGS = {
    ("flickers", "blinks"): ("login", "splitter", "tabs", "zoom", "spreadsheet", "backup"),
    ("refused", "declined"): ("payment", "bank", "invoice", "order", "till", "refund"),
    ("missing", "vanished"): ("parcel", "courier", "sticker", "depot", "delivery", "address"),
    ("junk", "spam"): ("folder", "sender", "newsletter", "inbox", "rule", "attachment"),
}
"""Two words each, and what stands beside either of them: three at a time, in 20 tickets."""


def alike_tickets() -> Iterator[StoredTicket]:
    """Yield 160 tickets; none has both of two words that are alike."""
    subjects = (
        f"{word} {' '.join(three)}"
        for words, beside in SURROUNDINGS.items()
        for word in words
        for three in combinations(beside, 3)
    )
    for number, subject in enumerate(subjects, start=1):
        yield ticket(number, subject=subject)
