"""A chain of rows: each has a seal over what it says and over the seal of the row before."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.privacy.keys import Key, Purpose
from kbsearch.records.audit import Entry


class Link(NamedTuple):
    """One row.

    at        in UTC, in ISO 8601 with microseconds.
    detail    JSON.
    key       the id of the key that signed it.
    previous  the hash of the row before, or the origin.
    hash      HMAC-SHA256 over all of this but itself, in hexadecimal.
    """

    sequence: int
    at: str
    actor: str
    action: str
    object: str
    detail: str
    key: str
    previous: str
    hash: str


class Verdict(NamedTuple):
    """What a check of the chain found.

    rows    how many were right before the first that is wrong.
    fault   what is wrong with the first one, None if nothing is.
    unseen  what could not be checked, None if all was.
    """

    rows: int
    fault: Message | None = None
    unseen: Message | None = None


class Anchored(NamedTuple):
    """What a file outside the database says of the chain.

    hashes  sequence -> the hashes that this row had.
    path    the name of the file, for a person.
    """

    hashes: Mapping[int, frozenset[str]]
    path: str


def origin(identity: str) -> str:
    """Return what the first row of a store has for the hash of the row before."""
    return hashlib.sha256(f"kbsearch audit {identity}".encode()).hexdigest()


def following(last: Link | None, entry: Entry, key: Key, identity: str) -> Link:
    """Return the row that says this after the last one."""
    unsigned = Link(
        sequence=last.sequence + 1 if last else 1,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        actor=entry.actor.name,
        action=entry.action.value,
        object=entry.object,
        detail=json.dumps(entry.detail, sort_keys=True),
        key=key.id,
        previous=last.hash if last else origin(identity),
        hash="",
    )
    return unsigned._replace(hash=_signature(unsigned, key))


def verify(
    links: Iterable[Link], anchored: Anchored, identity: str, find: Callable[[str], Key | None]
) -> Verdict:
    """Check a whole chain, in order.

    find  returns the key of an id.
    """
    rows, last = 0, origin(identity)
    for link in links:
        if fault := _fault(link, rows + 1, last, find) or _unlike(link, anchored):
            return Verdict(rows, fault)
        rows, last = link.sequence, link.hash
    first, newest = min(anchored.hashes, default=0), max(anchored.hashes, default=0)
    if newest > rows:
        return Verdict(rows, (Code.AUDIT_CUT, rows + 1, anchored.path, newest))
    if rows and (first, newest) != (1, rows):
        return Verdict(rows, unseen=(Code.AUDIT_UNANCHORED, anchored.path, first, newest, rows))
    return Verdict(rows)


def _fault(
    link: Link, expected: int, last: str, find: Callable[[str], Key | None]
) -> Message | None:
    if link.sequence != expected:
        return Code.AUDIT_MISSING, expected
    key = find(link.key)
    if key is None:
        return Code.AUDIT_KEY_UNKNOWN, expected, str(link.key)
    if not hmac.compare_digest(_signature(link, key), _text(link.hash)):
        return Code.AUDIT_CHANGED, expected
    return None if link.previous == last else (Code.AUDIT_OUT_OF_ORDER, expected)


def _unlike(link: Link, anchored: Anchored) -> Message | None:
    known = anchored.hashes.get(link.sequence, frozenset())
    return (Code.AUDIT_REPLACED, link.sequence, anchored.path) if known - {link.hash} else None


def _signature(link: Link, key: Key) -> str:
    said = json.dumps(link[:-1], default=repr).encode()
    return hmac.new(key.derive(Purpose.AUDIT), said, hashlib.sha256).hexdigest()


def _text(value: object) -> str:
    """Return a hash as ASCII, whatever an edited database has in its place."""
    return ascii(value)[1:-1]
