"""What every engine promises, whatever it is made of."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kbsearch.engines.base import SearchEngine, View
from kbsearch.engines.indexing.document import index_fingerprint
from kbsearch.engines.memory import MemoryEngine
from kbsearch.engines.plan import Phrase, Plan
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.errors import IndexMissing, IndexWouldShrink, OperatorError, StoreUnavailable
from kbsearch.inverted.field import Field
from kbsearch.progress import Stage
from kbsearch.records.history import Mark
from kbsearch.records.ticket import Kind, StoredTicket
from tests.engines.desk import (
    MOMENT,
    Listed,
    asking,
    clause,
    gone,
    ids,
    listing,
    phrase,
    reading,
    saved,
    ticket,
    tickets,
)

VIEW = View.INTERNAL
DESK = (
    ticket(1, "The printer jams", product="Tallyfold", status="open", tags=("paper", "Tray")),
    ticket(2, "The printer is offline", product="Mailthrush", tags=("paper",), created_at=MOMENT),
    ticket(3, "Error 0x80070005 in the calendar", category="Mail", kind=Kind.ARTICLE),
    ticket(4, "Calendar error", status="Solved", created_at=MOMENT + timedelta(days=2)),
)


@pytest.fixture
def desk(engine: SearchEngine) -> SearchEngine:
    """An engine that holds four tickets."""
    engine.rebuild(VIEW, Listed(DESK, 10))
    return engine


def found(engine: SearchEngine, plan: Plan, limit: int = 10) -> list[int]:
    return ids(engine.snapshot(VIEW).search(plan, limit=limit))


@pytest.mark.parametrize(
    "call",
    [
        lambda engine: engine.snapshot(VIEW).search(asking("printer"), limit=1),
        lambda engine: engine.apply(VIEW, [], after=0, mark=Mark(1)),
        lambda engine: engine.snapshot(VIEW).lexicon,
        lambda engine: engine.snapshot(VIEW).state,
        lambda engine: engine.verify(VIEW),
    ],
    ids=["search", "apply", "lexicon", "state", "verify"],
)
def test_nothing_can_be_asked_before_a_rebuild(
    engine: SearchEngine, call: Callable[[SearchEngine], object]
) -> None:
    with pytest.raises(IndexMissing, match=r"run: kbsearch reindex$"):
        call(engine)


def test_a_word_finds_the_tickets_that_hold_it(desk: SearchEngine) -> None:
    assert sorted(found(desk, asking("printer"))) == [1, 2]


def test_a_word_that_no_ticket_holds_finds_none(desk: SearchEngine) -> None:
    answer = desk.snapshot(VIEW).search(asking("submarine"), limit=10)
    assert (answer.scored, answer.total) == ((), 0)


def test_a_ticket_with_both_words_comes_before_one_with_either(desk: SearchEngine) -> None:
    assert found(desk, asking("printer offline"))[0] == 2


def test_an_empty_index_answers(engine: SearchEngine) -> None:
    engine.rebuild(VIEW, Listed([], 0))
    assert found(engine, asking("printer")) == []
    assert found(engine, listing(statuses=("open",))) == []
    assert engine.snapshot(VIEW).lexicon.starting("p", 5) == []


def test_the_limit_cuts_and_the_total_does_not(desk: SearchEngine) -> None:
    answer = desk.snapshot(VIEW).search(asking("printer error"), limit=3)
    assert (len(answer.scored), answer.total) == (3, 4)
    assert desk.snapshot(VIEW).search(asking("printer"), limit=0).total == 2


def test_ties_are_broken_by_id(engine: SearchEngine) -> None:
    engine.rebuild(VIEW, Listed([ticket(number, "same words") for number in (7, 3, 9, 5)], 1))
    assert found(engine, asking("same")) == [3, 5, 7, 9]
    assert found(engine, asking("same"), limit=2) == [3, 5]


def test_a_word_scores_as_the_best_of_its_readings(desk: SearchEngine) -> None:
    either = Plan((clause(reading("printer"), reading("jams", weight=0.5)),))
    alone = Plan((clause(reading("printer")),))
    assert desk.snapshot(VIEW).search(either, limit=9) == desk.snapshot(VIEW).search(alone, limit=9)


def test_readings_share_the_idf_of_the_likeliest(engine: SearchEngine) -> None:
    texts = ["printer"] * 8 + ["pritner"]
    engine.rebuild(VIEW, Listed([ticket(n, text) for n, text in enumerate(texts, 1)], 1))
    plan = Plan((clause(reading("printer"), reading("pritner")),))
    assert len({scored.score for scored in engine.snapshot(VIEW).search(plan, limit=9).scored}) == 1


def test_a_reading_that_nothing_holds_leaves_the_idf_to_the_next(desk: SearchEngine) -> None:
    plan = Plan((clause(reading("submarine"), reading("printer", weight=0.5)),))
    half = {one.ticket_id: one.score for one in desk.snapshot(VIEW).search(plan, limit=9).scored}
    full = {
        one.ticket_id: one.score
        for one in desk.snapshot(VIEW).search(asking("printer"), limit=9).scored
    }
    assert half == pytest.approx({number: score / 2 for number, score in full.items()})


def test_a_reading_of_two_terms_needs_both_side_by_side(desk: SearchEngine) -> None:
    assert found(desk, Plan((clause(reading("printer", "jams")),))) == [1]
    assert found(desk, Plan((clause(reading("printer", "offline")),))) == []


def test_a_reading_of_two_terms_that_may_stand_apart_needs_both(desk: SearchEngine) -> None:
    apart = reading("printer", "offline")._replace(unordered=True)
    assert found(desk, Plan((clause(apart),))) == [2]


def test_a_code_and_a_form_are_kept_apart_from_words(desk: SearchEngine) -> None:
    assert found(desk, Plan((clause(reading("0x80070005", field=Field.CODE)),))) == [3]
    assert found(desk, Plan((clause(reading("calendar", field=Field.CODE)),))) == []
    assert found(desk, Plan((clause(reading("jams", field=Field.FORM)),))) == [1]
    assert found(desk, Plan((clause(reading("jam", field=Field.FORM)),))) == []


@pytest.mark.parametrize(
    ("text", "held"),
    [("calendar error", [4]), ("error calendar", []), ("printer", [1, 2]), ("no such", [])],
)
def test_a_required_phrase_stands_side_by_side(
    desk: SearchEngine, text: str, held: list[int]
) -> None:
    assert sorted(found(desk, Plan((), required=(phrase(text),)))) == held


def test_an_excluded_phrase_takes_away_only_what_holds_it(desk: SearchEngine) -> None:
    plan = Plan(asking("calendar").clauses, excluded=(phrase("calendar error"),))
    assert found(desk, plan) == [3]


def test_a_repeated_word_is_a_phrase_of_two(engine: SearchEngine) -> None:
    engine.rebuild(VIEW, Listed([ticket(1, "beep beep"), ticket(2, "beep")], 1))
    assert found(engine, Plan((), required=(phrase("beep beep"),))) == [1]


def test_no_phrase_runs_from_one_field_into_the_next(engine: SearchEngine) -> None:
    engine.rebuild(VIEW, Listed([ticket(1, "jams again", subject="The printer")], 1))
    assert found(engine, Plan((), required=(phrase("printer jams"),))) == []


@pytest.mark.parametrize(
    ("filters", "passing"),
    [
        ({}, [1, 2, 3, 4]),
        ({"products": ("tallyfold",)}, [1]),
        ({"products": ("Tallyfold", "Mailthrush")}, [1, 2]),
        ({"products": ("Nothing",)}, []),
        ({"statuses": ("SOLVED",)}, [4]),
        ({"categories": ("mail",)}, [3]),
        ({"kinds": ("article",)}, [3]),
        ({"tags": ("paper",)}, [1, 2]),
        ({"tags": ("paper", "tray")}, [1]),
        ({"created_from": MOMENT}, [2, 4]),
        ({"created_from": MOMENT + timedelta(seconds=1)}, [4]),
        ({"created_before": MOMENT}, []),
        ({"created_before": MOMENT + timedelta(days=2)}, [2]),
        ({"created_from": MOMENT, "created_before": MOMENT + timedelta(days=3)}, [2, 4]),
        ({"statuses": ("open",), "products": ("Mailthrush",)}, [2]),
    ],
    ids=str,
)
def test_without_words_a_plan_lists_what_the_filters_let_pass(
    desk: SearchEngine, filters: dict[str, object], passing: list[int]
) -> None:
    assert sorted(found(desk, listing(**filters))) == passing


def test_without_words_the_newest_come_first_and_score_nothing(desk: SearchEngine) -> None:
    listed = desk.snapshot(VIEW).search(listing(), limit=3)
    assert [(one.ticket_id, one.score) for one in listed.scored] == [(4, 0.0), (2, 0.0), (1, 0.0)]
    assert listed.total == 4


def test_an_added_ticket_is_found(desk: SearchEngine) -> None:
    state = desk.apply(VIEW, saved(ticket(5, "submarine printer")), after=0, mark=Mark(11))
    assert (state.tickets, state.watermark) == (5, 11)
    assert found(desk, asking("submarine")) == [5]


def test_a_changed_ticket_is_found_by_its_new_words_only(desk: SearchEngine) -> None:
    desk.apply(
        VIEW, saved(ticket(1, "The scanner hums", product="Wagefinch")), after=0, mark=Mark(11)
    )
    assert found(desk, asking("jams")) == []
    assert found(desk, asking("scanner")) == [1]
    assert found(desk, listing(products=("tallyfold",))) == []


def test_a_deleted_ticket_is_found_no_more(desk: SearchEngine) -> None:
    state = desk.apply(VIEW, gone(1), after=0, mark=Mark(11))
    assert state.tickets == 3
    assert found(desk, asking("printer")) == [2]
    assert sorted(found(desk, listing())) == [2, 3, 4]


def test_a_deleted_ticket_counts_no_more(desk: SearchEngine) -> None:
    desk.apply(VIEW, gone(1), after=0, mark=Mark(11))
    assert desk.snapshot(VIEW).lexicon.count_term("jam") == 0
    assert desk.snapshot(VIEW).lexicon.count_term("printer") == 1


def test_the_last_update_of_a_ticket_wins(desk: SearchEngine) -> None:
    updates = [*saved(ticket(5, "submarine")), *gone(5), *saved(ticket(5, "zeppelin"))]
    assert desk.apply(VIEW, updates, after=0, mark=Mark(14)).tickets == 5
    assert found(desk, asking("submarine zeppelin")) == [5]


@pytest.mark.parametrize("watermark", [11, 12], ids=["the same", "a newer"])
def test_doing_it_twice_does_no_harm(desk: SearchEngine, watermark: int) -> None:
    updates = [*saved(ticket(5, "submarine")), *gone(2), *gone(77)]
    desk.apply(VIEW, updates, after=0, mark=Mark(11))
    once = desk.snapshot(VIEW).search(asking("printer submarine"), limit=9)
    desk.apply(VIEW, updates, after=0, mark=Mark(watermark))
    assert desk.snapshot(VIEW).search(asking("printer submarine"), limit=9) == once


def test_an_older_watermark_is_ignored(desk: SearchEngine) -> None:
    state = desk.apply(VIEW, gone(1, 2, 3, 4), after=0, mark=Mark(9))
    assert (state.tickets, state.watermark) == (4, 10)
    assert found(desk, asking("printer")) == [1, 2]


def test_a_rebuild_forgets_what_was_before(desk: SearchEngine) -> None:
    desk.apply(VIEW, saved(ticket(5, "submarine")), after=0, mark=Mark(11))
    state = desk.rebuild(VIEW, Listed([ticket(9, "zeppelin")], 3))
    assert (state.tickets, state.watermark) == (1, 3)
    assert found(desk, listing()) == [9]
    assert desk.snapshot(VIEW).lexicon.count("submarine") == 0


def test_a_rebuild_that_fails_leaves_the_old_index(desk: SearchEngine) -> None:
    def torn() -> Iterator[StoredTicket]:
        yield ticket(9, "zeppelin")
        raise StoreUnavailable("the database went away")

    with pytest.raises(StoreUnavailable):
        desk.rebuild(VIEW, Listed(torn(), 50))
    assert sorted(found(desk, listing())) == [1, 2, 3, 4]
    assert desk.snapshot(VIEW).state.watermark == 10


def test_a_rebuild_tells_how_far_it_is(engine: SearchEngine) -> None:
    told: list[tuple[Stage, int, int | None]] = []
    engine.rebuild(VIEW, Listed(DESK, 1), progress=lambda *step: told.append(step))
    assert (Stage.ANALYSING, 4, 4) in told


def test_the_state_tells_what_the_index_is_made_of(desk: SearchEngine) -> None:
    state = desk.snapshot(VIEW).state
    assert (state.tickets, state.watermark, state.fingerprint) == (4, 10, index_fingerprint())


def test_a_sound_index_has_nothing_to_tell(desk: SearchEngine) -> None:
    desk.apply(VIEW, [*saved(ticket(5, "submarine")), *gone(1)], after=0, mark=Mark(11))
    assert desk.verify(VIEW) == []


def test_shares_add_up_to_the_score(desk: SearchEngine) -> None:
    plan = Plan((clause(reading("printer"), reading("jams")), clause(reading("offline"))))
    answer = desk.snapshot(VIEW).search(plan, limit=9, explain=True)
    for scored in answer.scored:
        assert len(scored.shares) == 2
        assert sum(scored.shares) == pytest.approx(scored.score)


def test_nobody_explains_unasked(desk: SearchEngine) -> None:
    answer = desk.snapshot(VIEW).search(asking("printer"), limit=1)
    assert [scored.shares for scored in answer.scored] == [()]


@pytest.mark.parametrize(
    "words", ["printer", "printer jams", "refund invoice tray", "calendar sync error"]
)
def test_both_engines_give_the_same_answers(tmp_path: Path, words: str) -> None:
    memory, whoosh = MemoryEngine(), WhooshEngine(tmp_path)
    for engine in (memory, whoosh):
        engine.rebuild(VIEW, Listed(tickets(300, seed=1), 1))
        engine.apply(
            VIEW, [*gone(3, 7, 11), *saved(ticket(400, "printer jams"))], after=0, mark=Mark(2)
        )
    ours = memory.snapshot(VIEW).search(asking(words), limit=999)
    theirs = whoosh.snapshot(VIEW).search(asking(words), limit=999)
    assert theirs.total == ours.total > 0
    assert {s.ticket_id: s.score for s in theirs.scored} == pytest.approx(
        {s.ticket_id: s.score for s in ours.scored}, rel=1e-5
    )


def test_a_deadline_that_passed_leaves_a_partial_answer(desk: SearchEngine) -> None:
    answer = desk.snapshot(VIEW).search(asking("printer offline"), limit=9, deadline=0.0)
    assert (ids(answer), answer.total, answer.partial) == ([2], 1, True)
    assert not desk.snapshot(VIEW).search(asking("printer offline"), limit=9).partial


def test_an_empty_phrase_is_held_by_none(desk: SearchEngine) -> None:
    assert found(desk, Plan((), required=(Phrase(()),))) == []


def test_changes_behind_a_gap_are_not_taken_in(desk: SearchEngine) -> None:
    state = desk.apply(VIEW, saved(ticket(5, "submarine")), after=11, mark=Mark(12))
    assert (state.tickets, state.watermark) == (4, 10)
    assert found(desk, asking("submarine")) == []


def test_a_ticket_is_taken_in_ahead_of_its_turn(desk: SearchEngine) -> None:
    state = desk.apply_ahead(VIEW, [*saved(ticket(5, "submarine")), *gone(1)])
    assert (state.tickets, state.watermark) == (4, 10)
    assert (found(desk, asking("submarine")), found(desk, asking("jams"))) == ([5], [])
    state = desk.apply(VIEW, [*saved(ticket(5, "submarine")), *gone(1)], after=10, mark=Mark(12))
    assert (state.tickets, state.watermark) == (4, 12)


def test_nobody_rebuilds_when_nothing_happens(desk: SearchEngine) -> None:
    assert not desk.is_rebuilding(VIEW)


def test_a_rollback_returns_to_the_index_before_the_last_rebuild(desk: SearchEngine) -> None:
    desk.rebuild(VIEW, Listed([ticket(9, "zeppelin")], 20))
    desk.apply(VIEW, saved(ticket(10, "submarine")), after=20, mark=Mark(21))
    state = desk.rollback(VIEW, Listed([], 30))
    assert (state.tickets, state.watermark, state.spare) == (4, 10, True)
    assert found(desk, asking("zeppelin submarine")) == []
    assert desk.rollback(VIEW, Listed([], 30)).tickets == 2


def test_without_an_earlier_index_there_is_no_way_back(desk: SearchEngine) -> None:
    with pytest.raises(OperatorError, match="no earlier index to go back to"):
        desk.rollback(VIEW, Listed([], 30))
    assert sorted(found(desk, listing())) == [1, 2, 3, 4]


def test_without_its_spare_an_index_is_as_it_was_and_has_no_way_back(desk: SearchEngine) -> None:
    before = found(desk, listing())
    for _ in range(2):
        state = desk.drop_spare(VIEW)
        assert (state.tickets, state.spare) == (4, False)
    assert found(desk, listing()) == before
    with pytest.raises(OperatorError, match="no earlier index to go back to"):
        desk.rollback(VIEW, Listed([], 30))
    desk.rebuild(VIEW, Listed([ticket(9, "zeppelin")], 20))
    assert desk.rollback(VIEW, Listed([], 30)).tickets == 4


def test_a_rebuild_with_fewer_tickets_than_expected_changes_nothing(desk: SearchEngine) -> None:
    with pytest.raises(IndexWouldShrink):
        desk.rebuild(VIEW, Listed([ticket(9, "zeppelin")], 20), least=2)
    assert sorted(found(desk, listing())) == [1, 2, 3, 4]


def test_a_sound_index_needs_no_mending(desk: SearchEngine) -> None:
    assert desk.mend(VIEW) is None
