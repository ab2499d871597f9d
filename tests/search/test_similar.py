"""Tickets that are like one, or like a note."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.indexing.document import Section
from kbsearch.errors import QueryInvalid
from kbsearch.inverted.field import Field
from kbsearch.messages.catalogue import Code
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import RESULTS_LIMIT, SearchResult, SimilarRequest
from kbsearch.search.searcher import Searcher
from kbsearch.search.similar import LONGEST_NOTE, SimilarFinder, like
from tests.search import desk

JAMS = desk.ticket(1, "Printer jams", problem="Paper jams in the duplex unit.", resolution="Oil.")
AGAIN = desk.ticket(2, "Duplex jams", problem="The printer jams on both sides.", resolution="Oil.")
OPEN = desk.ticket(3, "Printer jams", problem="The duplex unit jams.")
MODEM = desk.ticket(4, "Modem is red", problem="Error 0x80070005.", resolution="Wait.")
TABLE = desk.ticket(5, "Modem hums", problem="Error 0x80070005 since noon.", resolution=" \n")
HELD = (JAMS, AGAIN, OPEN, MODEM, TABLE)


def similar(
    asked: SimilarRequest,
    ticket: StoredTicket | None = None,
    held: Sequence[StoredTicket] = HELD,
    patience: float = 1.0,
) -> SearchResult:
    by_id = {one.id: one for one in held}
    searcher = Searcher(lambda ids: {one: by_id[one] for one in ids})
    finder = SimilarFinder(searcher, patience=patience)
    return finder.find(asked, ticket, desk.engine(*held).snapshot(View.INTERNAL))


def like_ticket(ticket: StoredTicket, *, unsolved: bool = False) -> list[str]:
    asked = SimilarRequest(ticket.reference, unsolved=unsolved)
    return [hit.ticket.reference for hit in similar(asked, ticket).hits]


def like_text(text: str, *, unsolved: bool = False) -> list[str]:
    asked = SimilarRequest(text=text, unsolved=unsolved)
    return [hit.ticket.reference for hit in similar(asked).hits]


def words(*texts: Section, held: int = 0) -> list[str]:
    """Return the words that texts are known by, the most telling first."""
    return [
        clause.word
        for clause in like(texts, desk.engine().snapshot(View.INTERNAL), held=held).clauses
    ]


def test_the_solved_tickets_like_one_are_found_and_not_itself() -> None:
    assert like_ticket(JAMS) == ["T-2"]
    assert like_ticket(OPEN) == ["T-1", "T-2"]


def test_the_unsolved_ones_come_too_where_they_are_wanted() -> None:
    assert like_ticket(JAMS, unsolved=True) == ["T-3", "T-2"]


def test_a_note_finds_what_it_is_about() -> None:
    assert like_text("Caller says: the modem shows error 0x80070005") == ["T-4"]
    assert like_text("0x80070005", unsolved=True) == ["T-4", "T-5"]


def test_a_code_that_is_nearly_the_same_is_another_one() -> None:
    assert like_text("0x80070006 modem") == ["T-4"]
    (hit,) = similar(SimilarRequest(text="0x80070006 modem")).hits
    assert [reason.found for reason in hit.reasons] == ["modem"]


def test_the_words_in_common_are_the_reason() -> None:
    (hit,) = similar(SimilarRequest("T-1"), JAMS).hits
    assert {reason.found for reason in hit.reasons} >= {"jams", "duplex", "printer"}
    assert sum(reason.share for reason in hit.reasons) == pytest.approx(hit.score)


def test_nothing_alike_is_an_answer() -> None:
    result = similar(
        SimilarRequest(text="kettle boils over"), held=[*HELD, desk.ticket(6, "Kettle")]
    )
    assert (result.hits, result.total) == ((), 0)


def test_a_limit_is_kept() -> None:
    assert len(similar(SimilarRequest(text="printer jams duplex", limit=1)).hits) == 1
    both = SimilarRequest("T-3", limit=1, unsolved=True)
    assert [hit.ticket.reference for hit in similar(both, OPEN).hits] == ["T-1"]


def test_solved_tickets_are_found_behind_hundreds_of_unsolved_ones() -> None:
    unsolved = [desk.ticket(number, "Kettle boils over") for number in range(10, 310)]
    solved = desk.ticket(400, "A kettle", problem="It is loud.", resolution="Descale it.")
    result = similar(SimilarRequest(text="kettle boils over"), held=[*unsolved, solved])
    assert [hit.ticket.id for hit in result.hits] == [400]


def test_a_rare_word_tells_more_than_a_frequent_one_and_stop_words_tell_nothing() -> None:
    assert words(Section("The printer and the cartridge", 1.0)) == ["cartridge", "printer"]


def test_a_word_of_the_subject_tells_more_than_one_of_the_problem() -> None:
    subject, problem = Section("voucher", 3.0), Section("cartridge", 1.0)
    assert words(problem, subject) == ["voucher", "cartridge"]


def test_a_word_that_is_said_often_tells_more_though_not_as_often_as_much() -> None:
    index = desk.engine().snapshot(View.INTERNAL)
    clauses = like([Section("voucher cartridge voucher", 1.0)], index, held=0).clauses
    weights = {clause.word: clause.readings[0].weight for clause in clauses}
    assert weights["voucher"] == 1.0
    assert 0.5 < weights["cartridge"] < 1.0


def test_words_of_no_other_ticket_are_left_out() -> None:
    assert words(Section("voucher printer zzz", 1.0), held=1) == ["printer"]
    assert words(Section("voucher printer zzz", 1.0)) == ["voucher", "printer"]


def test_at_most_twenty_words_are_looked_for() -> None:
    assert len(words(Section(" ".join(desk.SUBJECTS), 1.0))) == 20


def test_a_code_is_looked_for_as_a_code() -> None:
    index = desk.engine().snapshot(View.INTERNAL)
    (clause,) = like([Section("0x80070005", 1.0)], index, held=0).clauses
    assert [reading.field for reading in clause.readings] == [Field.CODE]


def test_only_the_beginning_of_a_very_long_note_counts() -> None:
    note = "printer " + "x " * LONGEST_NOTE + "modem"
    assert "T-4" not in like_text(note)
    assert "T-1" in like_text(note)


def test_an_answer_that_ran_out_of_time_says_so() -> None:
    result = similar(SimilarRequest("T-1"), JAMS, patience=0)
    assert (result.partial, result.notes) == (True, ((Code.LATE,),))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "nothing to compare with"),
        ({"reference": " ", "text": "\n"}, "nothing to compare with"),
        ({"reference": "T-1", "text": "printer"}, "send one of them"),
        ({"text": "printer", "limit": 0}, f"from 1 to {RESULTS_LIMIT}, it is 0"),
    ],
)
def test_a_question_without_an_answer_is_refused(asked: dict[str, Any], sentence: str) -> None:
    with pytest.raises(QueryInvalid, match=sentence):
        SimilarRequest(**asked)


@pytest.mark.parametrize("text", ["the of and", "!?", "zzzz"])
def test_a_text_that_tells_nothing_is_refused(text: str) -> None:
    with pytest.raises(QueryInvalid, match="write what the caller sees"):
        like_text(text)


def test_a_ticket_with_no_word_of_another_is_like_none() -> None:
    alone = replace(JAMS, id=9, reference="T-9", subject="Zzzz", problem="")
    assert like_ticket(alone) == like_ticket(alone, unsolved=True) == []
