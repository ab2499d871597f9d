"""How a command comes by the knowledge base."""

from contextlib import closing

from kbsearch.service import KnowledgeBase
from kbsearch.settings import load_settings


def knowledge_base(*, create: bool = False) -> closing[KnowledgeBase]:
    """Return the knowledge base that the environment names, to be used in a `with`.

    create  whether the command makes one where there is none; only those that add tickets do, so
            that a mistyped folder is said and not filled.
    """
    return closing(KnowledgeBase.open(load_settings(), create=create))
