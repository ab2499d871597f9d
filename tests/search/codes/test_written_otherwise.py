"""Codes as people read them out: without a part, apart, grouped: found or offered, no other is."""

from pathlib import Path
from typing import NamedTuple

import pytest

from kbsearch.analysis.tables import read_table
from kbsearch.search.results import SearchResult
from tests.search.desk import search, ticket


class Case(NamedTuple):
    """A code of a ticket, another one of another ticket, and what is typed for the first."""

    kind: str
    held: str
    decoy: str
    typed: str


CASES = tuple(Case(*row) for row in read_table(Path(__file__).with_name("written_otherwise.tsv")))


def answered(case: Case, *held: str) -> SearchResult:
    codes = enumerate(held, start=1)
    return search(case.typed, *(ticket(at, f"Shown: {code} now") for at, code in codes))


def by_number(result: SearchResult) -> set[int]:
    """Return which hits are there for more than a word that their codes share."""
    return {
        hit.ticket.id
        for hit in result.hits
        if any(map(str.isdigit, "".join(reason.found for reason in hit.reasons)))
    }


def test_the_cases_are_a_hundred() -> None:
    assert len(set(CASES)) >= 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.typed} for {case.held}")
def test_a_code_written_otherwise_is_found_or_offered(case: Case) -> None:
    result = answered(case, case.held, case.decoy)
    offered = {one.tickets[0].id for one in result.near_codes}
    assert 1 in by_number(result) | offered
    assert 2 not in by_number(result)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.typed} for {case.held}")
def test_where_no_ticket_has_it_another_code_is_no_hit(case: Case) -> None:
    assert not by_number(answered(case, case.decoy, "Lamp"))
