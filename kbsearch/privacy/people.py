"""The people that a ticket knows."""

from collections.abc import Iterable
from typing import NamedTuple


class Person(NamedTuple):
    """A person as a source names one: a full name, an e-mail address, or both."""

    name: str = ""
    email: str = ""


class People(tuple[Person, ...]):
    """The requester, agents, authors and cc of a ticket."""

    __slots__ = ()

    @classmethod
    def of(cls, people: Iterable[Person]) -> "People":
        """Return these people, each once.

        >>> len(People.of([Person("Ann Lee"), Person("Ann Lee"), Person("", "")]))
        1
        """
        return cls(person for person in dict.fromkeys(people) if any(person))


NOBODY_KNOWN = People()
