"""Tickets of a small knowledge base, and what searches find of them."""

from pathlib import Path

from kbsearch.engines.base import View
from kbsearch.records.ticket import Kind, TicketFields
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings

MODEM = TicketFields(
    reference="T-1",
    subject="Modem light is red",
    resolution="Change the fuse.",
    product="Router",
    category="Network",
)
SCANNER = TicketFields(reference="T-2", subject="Scanner hums", product="Scanner")
ARTICLE = TicketFields(
    reference="A-1", kind=Kind.ARTICLE, subject="How to reset a modem", product="Router"
)


def found(kb: KnowledgeBase, text: str) -> list[str]:
    """Return the references of what a search finds, in their order."""
    return sorted(
        hit.ticket.reference for hit in kb.local.searching.search(SearchRequest(text)).hits
    )


def folder_of(settings: Settings) -> Path:
    """Return where the index lies."""
    return settings.index_folder / View.INTERNAL.value
