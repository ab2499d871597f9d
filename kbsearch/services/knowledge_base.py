"""The knowledge base: opened parts, and the services over them for an actor."""

from functools import cached_property
from typing import Self

from kbsearch.records.actor import LOCAL, Actor
from kbsearch.services.auditing import Auditing
from kbsearch.services.deletion import Deletion
from kbsearch.services.figures import Figures
from kbsearch.services.gate import Gate
from kbsearch.services.importing import Importing
from kbsearch.services.indexing import Indexing
from kbsearch.services.keys import Keys
from kbsearch.services.outcomes import Outcomes
from kbsearch.services.parts import Parts
from kbsearch.services.privacy import Privacy
from kbsearch.services.searching import Searching
from kbsearch.services.synonyms import SynonymTables
from kbsearch.services.tickets import Tickets
from kbsearch.settings import Settings


class Services:
    """All that one actor may ask for. Threads may share one."""

    def __init__(self, parts: Parts, actor: Actor) -> None:
        """Serve `actor`."""
        self.searching = Searching(parts, actor)
        self.tickets = Tickets(parts, actor)
        self.deletion = Deletion(parts, actor)
        self.outcomes = Outcomes(parts, actor)
        self.importing = Importing(parts, actor)
        self.indexing = Indexing(parts, actor)
        self.synonyms = SynonymTables(parts, actor)
        self.gate = Gate(parts, actor)
        self.figures = Figures(parts, actor)
        self.audit = Auditing(parts, actor)
        self.keys = Keys(parts, actor)
        self.privacy = Privacy(parts, actor)


class KnowledgeBase:
    """A knowledge base that this process has open. Threads may share one.

    parts  for what runs in the background; a face asks the services.
    """

    def __init__(self, parts: Parts) -> None:
        """Serve over these parts."""
        self.parts = parts

    @classmethod
    def open(cls, settings: Settings, *, create: bool = True) -> Self:
        """Open the knowledge base in the data folder; see `Parts.open`."""
        return cls(Parts.open(settings, create=create))

    @property
    def settings(self) -> Settings:
        """The settings that it was opened with."""
        return self.parts.settings

    def services(self, actor: Actor) -> Services:
        """Return the services for an actor."""
        return Services(self.parts, actor)

    @cached_property
    def local(self) -> Services:
        """The services for whoever uses this computer."""
        return self.services(LOCAL)

    def close(self) -> None:
        """Close the database."""
        self.parts.store.close()
