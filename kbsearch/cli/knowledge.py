"""How a command comes by the knowledge base."""

from contextlib import closing

from kbsearch.service import KnowledgeBase
from kbsearch.settings import load_settings


def knowledge_base() -> closing[KnowledgeBase]:
    """Return the knowledge base that the environment names, to be used in a `with`."""
    return closing(KnowledgeBase.open(load_settings()))
