"""Put the people that a document lists into the rows that name them by number alone.

Services that list tickets with the people of them send two lists: a ticket has `requester_id`, and
`users` holds who has that number.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kbsearch.intake.rows import Row

LISTS = frozenset({"agents", "contacts", "people", "requesters", "users"})
"""What a list of people is called."""
PEOPLE_LIMIT = 500_000
"""People of one document that are kept; those of further ones stay numbers."""
DEPTH = 3
"""Lists and objects in each other in which numbers of people are looked for."""
_LIST = re.compile(rb'"(?:%b)"\s*:\s*\[' % "|".join(sorted(LISTS)).encode())
_KEPT = ("name", "email")
_NUMBER = "_id"


class People:
    """The people of a document.

    >>> people = People()
    >>> people.add(Row(1, {"id": 7, "name": "Ann Poe", "time_zone": "UTC"}))
    >>> people.named(Row(2, {"requester_id": 7})).values
    {'requester_id': 7, 'requester': {'id': 7, 'name': 'Ann Poe'}}
    """

    def __init__(self) -> None:
        self._by_id: dict[str, dict[str, object]] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._by_id)

    def add(self, row: Row) -> None:
        """Keep who a row of a list of people is."""
        number = row.values.get("id")
        kept = {name: row.values[name] for name in _KEPT if row.values.get(name)}
        if _is_number(number) and kept and len(self) < PEOPLE_LIMIT:
            self._by_id[str(number)] = {"id": number, **kept}

    def named(self, row: Row) -> Row:
        """Return a row with an object for each number of a person: `author` for `author_id`."""
        return replace(row, values=self._named(row.values, DEPTH)) if self._by_id else row

    def _named(self, values: Mapping[str, object], depth: int) -> dict[str, object]:
        deeper = {name: self._within(value, depth - 1) for name, value in values.items()}
        found = (
            (name.removesuffix(_NUMBER), self._by_id.get(str(value)))
            for name, value in values.items()
            if name.endswith(_NUMBER) and _is_number(value)
        )
        return deeper | {name: who for name, who in found if who and name not in values}

    def _within(self, value: object, depth: int) -> object:
        if isinstance(value, Mapping):
            return self._named(value, depth) if depth else value
        if isinstance(value, list) and depth:
            return [self._within(one, depth) for one in value]
        return value


def is_list_of_people(path: str) -> bool:
    """Whether a list is one of people.

    >>> is_list_of_people("data.users"), is_list_of_people("tickets")
    (True, False)
    """
    return path.rpartition(".")[2].casefold() in LISTS


def begins_a_list(text: bytes) -> bool:
    """Whether a list of people begins in a part of a document.

    >>> begins_a_list(b'{"users": [{"id": 7'), begins_a_list(b'{"subject": "users: none"')
    (True, False)
    """
    return _LIST.search(text) is not None


def gathered(rows: Iterable[object]) -> People:
    """Return the people of these rows; what is no row is passed over."""
    people = People()
    for row in rows:
        if isinstance(row, Row):
            people.add(row)
    return people


def _is_number(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool) and value != ""
