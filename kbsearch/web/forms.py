"""What people type into the pages, read once and given back as they typed it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from kbsearch.names import tidy_all
from kbsearch.records.filters import Filters
from kbsearch.records.ticket import FORM, Shape, TicketFields
from kbsearch.search.results import RESULTS_LIMIT, SearchRequest, SearchResult

_LAST_WORD = re.compile(r"\S+$")
FIRST_HITS = 10
MORE_HITS = 50
FILTERS = ("product", "status", "category", "kind", "exact")
"""The fields of the form that filter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the form of the search page says it; an empty filter lets everything pass.

    q      as typed: a space at its end says that the last word is finished.
    exact  any text if words have to be in the very form that was typed.
    call   which call it is for; it is in no address.
    """

    q: str = ""
    product: str = ""
    status: str = ""
    category: str = ""
    kind: str = ""
    exact: str = ""
    limit: int = FIRST_HITS
    typing: bool = False
    call: str = ""

    @classmethod
    def read(cls, form: Mapping[str, str]) -> "Asked":
        """Read an address or a posted form; what it cannot use counts as left out.

        The button of a chip, pressed where there is no JavaScript, sends `remove` with the name of
        a filter, or `instead` with a query to take the place of `q`.
        """
        limit = form.get("limit", "")
        kept = {name: "" if form.get("remove") == name else form.get(name, "") for name in FILTERS}
        return cls(
            q=form.get("instead", form.get("q", "")),
            **kept,
            limit=min(int(limit), RESULTS_LIMIT) if limit in LIMITS else FIRST_HITS,
            typing=form.get("typing") == "1",
            call=form.get("call", ""),
        )

    @property
    def says_something(self) -> bool:
        """Whether there is a query at all."""
        return bool(self.q.strip())

    @property
    def request(self) -> SearchRequest:
        """What the knowledge base is asked."""
        return SearchRequest(
            text=self.q,
            filters=Filters(
                products=_one(self.product),
                statuses=_one(self.status),
                categories=_one(self.category),
                kinds=_one(self.kind),
            ),
            limit=self.limit,
            typing=self.typing,
            call=self.call,
            exact=bool(self.exact),
        )

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, by the names of their fields."""
        named = {name: getattr(self, name) for name in FILTERS}
        return {name: value for name, value in named.items() if value}

    @property
    def address(self) -> dict[str, str]:
        """The fields that make this search again when they stand in an address."""
        return {"q": self.q, **self.filters}

    def narrowed_by(self, result: SearchResult) -> list[tuple[str, str]]:
        """Return the names and values of all filters: those that are chosen, and those typed."""
        return [*self.filters.items(), *((one.name, one.value) for one in result.typed)]

    def in_all_tickets(self, result: SearchResult) -> "Asked":
        """Return the same search without any filter."""
        text = result.text_without_filters
        return replace(
            self,
            q=self.q if text is None else text,
            product="",
            status="",
            category="",
            kind="",
            exact="",
        )

    def completed(self, word: str) -> str:
        """Return the query with its last word completed.

        >>> Asked(q="no s").completed("sound")
        'no sound '
        """
        return _LAST_WORD.sub("", self.q) + word + " "


LIMITS = {str(limit) for limit in (FIRST_HITS, MORE_HITS, RESULTS_LIMIT)}
"""The numbers of hits that the page offers."""


class Draft(dict[str, str]):
    """A ticket as the form of the add page has it: field -> what is typed."""

    @classmethod
    def read(cls, form: Mapping[str, str]) -> "Draft":
        """Read an address or a posted form."""
        return cls({name: form.get(name, "") for name in FORM})

    def fields(self, reference: str) -> TicketFields:
        """Return the ticket to be added; its times are for the knowledge base to set.

        A status that is left empty is for the store to decide. A browser sends line ends as
        CR LF; a ticket holds LF.
        """
        typed = {name: _typed(name, text) for name, text in self.items()}
        if not typed.get("status"):
            typed.pop("status", None)
        return cast(TicketFields, {"reference": reference, **typed})


def _typed(name: str, text: str) -> str | tuple[str, ...]:
    """Return what is typed into a box as the value of its field."""
    if FORM[name].shape is Shape.LIST:
        return tidy_all(text.split(","))
    return _text(text) if FORM[name].rows > 1 else text.strip()


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _text(typed: str) -> str:
    """Return the text without blank lines around it; what is inside stays as it is."""
    return typed.replace("\r\n", "\n").strip("\n").rstrip()
