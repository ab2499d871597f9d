"""Where in the history of a store something stands: which store, and up to which change."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Mark(NamedTuple):
    """A place in the history of a store.

    sequence  that of the last change, 0 before the first.
    store     the identity of the store, which is random; copies of a store share it.
    change    the digest of the last change, "" before the first: it tells the histories of two
              copies apart, for it holds the microsecond of the change.
    """

    sequence: int
    store: str = ""
    change: str = ""


def change_digest(sequence: int, ticket_id: int, revision: int, action: str, at: datetime) -> str:
    """Return the SHA-256 of a row of the change log, the same from every database.

    >>> change_digest(7, 3, 1, "added", datetime(2026, 3, 1, tzinfo=UTC))[:16]
    '9b1016df8309b262'
    """
    micros = (at - _EPOCH) // timedelta(microseconds=1)
    row = f"{sequence} {ticket_id} {revision} {action} {micros}"
    return hashlib.sha256(row.encode()).hexdigest()
