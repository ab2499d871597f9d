"""How rare a word is, is told among the tickets that the filters let pass."""

from dataclasses import replace

from kbsearch.engines.base import SearchEngine, View
from kbsearch.engines.plan import Plan
from kbsearch.records.ticket import Kind
from tests.engines.desk import Listed, asking, ids, listing, ticket

VIEW = View.INTERNAL


def test_a_word_that_all_tickets_of_a_filter_have_tells_least(engine: SearchEngine) -> None:
    mail = {"product": "Mailthrush"}
    held = [ticket(number, "mailthrush", **mail) for number in range(1, 9)]
    held += [ticket(9, "mailthrush printer", **mail), ticket(10, "mailthrush folder", **mail)]
    engine.rebuild(VIEW, Listed([*held, *(ticket(n, "printer") for n in range(11, 40))], 1))
    plan = replace(
        asking("mailthrush folder printer"), filters=listing(products=("Mailthrush",)).filters
    )
    best = engine.snapshot(VIEW).search(plan, limit=2, explain=True).scored
    name, folder, printer = (sum(one.shares[place] for one in best) for place in range(3))
    assert ids(engine.snapshot(VIEW).search(plan, limit=2)) == [9, 10]
    assert folder == printer > 5 * name / 2


def test_filters_that_let_all_pass_change_no_score(engine: SearchEngine) -> None:
    held = (ticket(1, "The printer jams"), ticket(2, "Error 0x80070005", kind=Kind.ARTICLE))
    engine.rebuild(VIEW, Listed(held, 1))
    listed = (listing(kinds=("article", "ticket")).filters, listing().filters)
    plans = (Plan(asking("printer error").clauses, filters=filters) for filters in listed)
    one, other = (engine.snapshot(VIEW).search(plan, limit=9) for plan in plans)
    assert one == other
