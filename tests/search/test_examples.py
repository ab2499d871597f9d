"""Examples for the empty page."""

from kbsearch.records.ticket import TicketFields
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.web.desk import fill


def test_every_example_finds_a_ticket(settings: Settings) -> None:
    tickets = [
        TicketFields(
            reference=f"T-{n}",
            subject="Receipt printer jams" if n else "Receipt paper torn",
            problem="The screen says E4417.",
            product="Till 40",
        )
        for n in range(3)
    ]
    kb = KnowledgeBase.open(fill(settings.home, *tickets))
    found = [example.query for example in kb.local.searching.examples()]
    assert found == ['"receipt printer"', "receipt -printer", "E4417", 'product:"Till 40"']
    for query in found:
        assert kb.local.searching.search(SearchRequest(query)).total > 0
    kb.close()


def test_examples_follow_the_tickets(settings: Settings) -> None:
    kb = KnowledgeBase.open(fill(settings.home))
    assert kb.local.searching.examples() == ()
    kb.local.tickets.add(
        TicketFields(reference="T-1", subject="Router restarts", product="Routers")
    )
    assert [example.query for example in kb.local.searching.examples()] == [
        '"router restarts"',
        "product:Routers",
    ]
    kb.close()
