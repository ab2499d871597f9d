"""Which mails are one conversation."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kbsearch.intake.mail.mail import Headers

MOST_IN_A_THREAD = 2_000
"""Mails of one conversation; more are a mailing list under one subject."""
_LINKS = 500_000
"""Links between mails that are gathered before those that say nothing new are dropped."""
_WIDTH = 20
"""Characters of the longest reference."""
_Names = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Thread:
    """One conversation.

    reference  the ticket number of a help desk, or else one made of the first mail's Message-ID;
               the same in every later export.
    mails      the numbers of its mails, in the order of the file.
    """

    reference: str
    mails: list[int]


class Threads:
    """Puts mails together: by the ticket number, by the mails that they answer, else by subject.

    All that is kept is numbers, so that a mailbox of a million mails fits into memory.
    """

    def __init__(self) -> None:
        self._mails = array("Q")
        self._subjects = array("Q")
        self._unplaced = array("q")
        self._links = array("Q")
        self._enough = 2 * _LINKS
        self._references = bytearray()

    def add(self, headers: Headers) -> None:
        """Take the headers of the next mail."""
        number = len(self._mails)
        mine = _key("id", headers.identifier or f"mail {number} {headers.subject}")
        names = [_key("id", name) for name in headers.before]
        if headers.number:
            names.append(_key("number", headers.number))
        for name in names:
            self._links.extend((mine, name))
        if not names and headers.is_answer and headers.subject:
            self._unplaced.append(number)
        subject = headers.subject.casefold()
        self._subjects.append(_key("subject", subject) if subject else _key("none", str(number)))
        self._mails.append(mine)
        first = headers.before[0] if headers.before else headers.identifier
        reference = headers.number or _made_of(first or str(mine))
        self._references += reference.encode().ljust(_WIDTH)
        if len(self._links) > self._enough:
            self._drop_links()

    def threads(self) -> Iterator[Thread]:
        """Yield each conversation, in the order of their first mails."""
        mails = np.array(self._mails)
        known = np.concatenate([mails, self._links, self._by_subject(mails)])
        names, places = np.unique(known, return_inverse=True)
        roots = _roots(len(names), places[len(mails) :])[places[: len(mails)]]
        order = np.argsort(roots, kind="stable")
        begins = np.flatnonzero(np.diff(roots[order], prepend=-1))
        ends = np.append(begins[1:], len(order))
        for place in np.argsort(order[begins]):
            numbers = order[begins[place] : ends[place]].tolist()
            yield Thread(self._reference(numbers[0]), numbers)

    def _by_subject(self, mails: _Names) -> _Names:
        """Return links of answers that name no mail to the last mail before with their subject."""
        subjects = np.array(self._subjects)
        order = np.argsort(subjects, kind="stable")
        same = np.flatnonzero(subjects[order[1:]] == subjects[order[:-1]])
        before = np.arange(len(order))
        before[order[same + 1]] = order[same]
        answers = np.array(self._unplaced)
        return np.stack([mails[answers], mails[before[answers]]], axis=1).ravel()

    def _drop_links(self) -> None:
        """Keep one link of each name: to the root of its conversation so far."""
        names, places = np.unique(np.array(self._links), return_inverse=True)
        links = np.stack([names, names[_roots(len(names), places)]], axis=1)
        self._links = array("Q", links[links[:, 0] != links[:, 1]].tobytes())
        self._enough = 2 * (len(self._links) + _LINKS)

    def _reference(self, number: int) -> str:
        begin = _WIDTH * number
        return self._references[begin : begin + _WIDTH].decode().rstrip()


def threads_of(mails: Iterable[Headers]) -> Iterator[Thread]:
    """Yield the conversations of these mails.

    >>> one, two = Headers("a", (), "Till", False, ""), Headers("b", ("a",), "Till", True, "")
    >>> [thread.mails for thread in threads_of([one, two])]
    [[0, 1]]
    """
    threads = Threads()
    for headers in mails:
        threads.add(headers)
    return threads.threads()


def _roots(count: int, links: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, for each number below the count, the smallest one that it is joined to.

    links  the numbers that are linked, pair after pair.

    Each round hooks roots to smaller ones that they are linked to, and halves the way to them.
    """
    one, other = links[::2], links[1::2]
    roots = np.arange(count)
    while True:
        before = roots.copy()
        low = np.minimum(before[one], before[other])
        np.minimum.at(roots, before[one], low)
        np.minimum.at(roots, before[other], low)
        roots = roots[roots]
        if np.array_equal(roots, before):
            return roots


def _key(kind: str, name: str) -> int:
    digest = hashlib.blake2b(f"{kind} {name}".encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "big")


def _made_of(identifier: str) -> str:
    digest = hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest()
    return f"mail-{digest[:12]}"
