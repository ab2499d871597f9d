"""What an index tells about its codes, by every engine."""

from dataclasses import replace
from datetime import UTC, datetime

from kbsearch.engines.base import SearchEngine, View
from kbsearch.engines.plan import Phrase, Plan
from kbsearch.engines.source import Update
from kbsearch.inverted.field import Field
from kbsearch.records.filters import Filters
from kbsearch.records.history import Mark
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.codes.near import held_codes
from tests.engines.desk import Listed, ids


def about(number: int, subject: str, product: str = "") -> StoredTicket:
    created = datetime(2026, 3, number, tzinfo=UTC)
    return StoredTicket(
        id=number,
        revision=1,
        reference=f"T-{number}",
        subject=subject,
        product=product,
        created_at=created,
    )


HELD = (
    about(1, "Till E1044", "Till"),
    about(2, "Scanner E-1044 E1044", "Scanner"),
    about(3, "Till e1044 and log_in", "Till"),
    about(4, "Login PAY-4417"),
)
HAVING = Plan((), required=(Phrase(("e1044",), Field.CODE),))


def test_codes_that_are_held_are_counted(engine: SearchEngine) -> None:
    engine.rebuild(View.INTERNAL, Listed(HELD, 1))
    index = engine.snapshot(View.INTERNAL)
    asked = ("e1044", "e1045", "pay4417", "4417", "till", "login", "")
    assert held_codes(asked, index) == {"e1044": 3, "pay4417": 1, "4417": 1, "login": 1}


def test_codes_of_deleted_tickets_are_not_counted(engine: SearchEngine) -> None:
    engine.rebuild(View.INTERNAL, Listed(HELD, 1))
    engine.apply(View.INTERNAL, [Update(1, None), Update(4, None)], after=1, mark=Mark(2))
    index = engine.snapshot(View.INTERNAL)
    assert held_codes(("e1044", "pay4417"), index) == {"e1044": 2}
    assert ids(index.search(HAVING, limit=9)) == [3, 2]


def test_the_newest_tickets_that_hold_a_code_come_first(engine: SearchEngine) -> None:
    engine.rebuild(View.INTERNAL, Listed(HELD, 1))
    found = engine.snapshot(View.INTERNAL).search(HAVING, limit=2)
    assert (ids(found), found.total) == ([3, 2], 3)


def test_a_word_that_is_filed_as_a_code_is_does_not_hold_it(engine: SearchEngine) -> None:
    engine.rebuild(View.INTERNAL, Listed(HELD, 1))
    having = Plan((), required=(Phrase(("login",), Field.CODE),))
    assert ids(engine.snapshot(View.INTERNAL).search(having, limit=9)) == [3]


def test_only_what_a_plan_lets_pass_holds_a_code(engine: SearchEngine) -> None:
    engine.rebuild(View.INTERNAL, Listed(HELD, 1))
    filters = Filters(products=("till",))
    among = replace(HAVING, excluded=(Phrase(("login",)),), filters=filters)
    found = engine.snapshot(View.INTERNAL).search(among, limit=9)
    assert (ids(found), found.total) == ([1], 1)
