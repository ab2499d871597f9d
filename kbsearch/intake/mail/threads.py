"""Which mails are one conversation."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kbsearch.intake.mail.mail import Headers

MOST_IN_A_THREAD = 2_000
"""Mails of one conversation; more are a mailing list under one subject."""


@dataclass(slots=True)
class Thread:
    """One conversation.

    reference  the ticket number of a help desk, or else one made of the first mail's Message-ID;
               the same in every later export.
    mails      the numbers of its mails, in the order of the file.
    """

    reference: str
    mails: list[int] = field(default_factory=list)


class Threads:
    """Puts mails together: by the ticket number, by the mails that they answer, else by subject.

    Names are kept as 8 bytes each, so that a mailbox of a million mails fits into memory.
    """

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}
        self._mails: list[int] = []
        self._references: dict[int, str] = {}
        self._subjects: dict[int, int] = {}

    def add(self, headers: Headers) -> None:
        """Take the headers of the next mail."""
        mine = _key("id", headers.identifier or f"mail {len(self._mails)} {headers.subject}")
        names = [_key("id", name) for name in headers.before]
        if headers.number:
            names.insert(0, _key("number", headers.number))
        for name in names:
            self._join(mine, name)
        subject = _key("subject", headers.subject.casefold())
        if not names and headers.is_answer and subject in self._subjects:
            self._join(mine, self._subjects[subject])
        if headers.subject:
            self._subjects[subject] = mine
        self._mails.append(mine)
        first = headers.before[0] if headers.before else headers.identifier
        self._references.setdefault(mine, headers.number or _made_of(first or str(mine)))

    def threads(self) -> Iterator[Thread]:
        """Yield each conversation, in the order of their first mails."""
        found: dict[int, Thread] = {}
        for number, mine in enumerate(self._mails):
            root = self._root(mine)
            if root not in found:
                found[root] = Thread(self._references[mine])
            found[root].mails.append(number)
        yield from found.values()

    def _join(self, one: int, other: int) -> None:
        first, second = self._root(one), self._root(other)
        if first != second:
            self._parents[first] = second

    def _root(self, name: int) -> int:
        root = name
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while (parent := self._parents.get(name, root)) != root:
            self._parents[name], name = root, parent
        return root


def threads_of(mails: Iterable[Headers]) -> list[Thread]:
    """Return the conversations of these mails.

    >>> one, two = Headers("a", (), "Till", False, ""), Headers("b", ("a",), "Till", True, "")
    >>> [thread.mails for thread in threads_of([one, two])]
    [[0, 1]]
    """
    threads = Threads()
    for headers in mails:
        threads.add(headers)
    return list(threads.threads())


def _key(kind: str, name: str) -> int:
    digest = hashlib.blake2b(f"{kind} {name}".encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest(), "big")


def _made_of(identifier: str) -> str:
    digest = hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest()
    return f"mail-{digest[:12]}"
