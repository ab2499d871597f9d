"""What an answer costs the store."""

from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from tests.services.test_knowledge_base import MODEM, SCANNER
from tests.statements import statements


def test_a_search_reads_facts_tickets_and_how_far_the_store_is_in_one_transaction(
    kb: KnowledgeBase,
) -> None:
    for fields in (MODEM, SCANNER):
        kb.local.tickets.add(fields)
    with statements() as sent:
        found = kb.local.searching.search(SearchRequest("scaner hums"))
    assert found.did_you_mean
    assert [one.split()[0] for one in sent] == ["BEGIN", "SELECT", "SELECT", "SELECT"]
