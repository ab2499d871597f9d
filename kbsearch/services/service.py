"""The base of every service."""

from kbsearch.records.actor import Actor
from kbsearch.services.parts import Parts


class Service:
    """What one actor may do with the parts of a knowledge base."""

    def __init__(self, parts: Parts, actor: Actor) -> None:
        """Serve `actor`."""
        self._parts = parts
        self._actor = actor
