"""What all services of one process share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Self

from kbsearch.engines.base import SearchEngine
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.indexer.indexer import Indexer
from kbsearch.privacy.admin_rules import rules_of
from kbsearch.privacy.key_file import KeyFile
from kbsearch.privacy.masking import Masker
from kbsearch.privacy.tickets import TicketMasking
from kbsearch.search.searcher import Searcher
from kbsearch.search.signals import WEIGHTS as SIGNAL_WEIGHTS
from kbsearch.search.similar import SimilarFinder
from kbsearch.search.synonyms.live_table import Synonyms
from kbsearch.services.examples import ExampleQueries
from kbsearch.settings import Settings, prepare_home, require_home
from kbsearch.store.recent import RecentQueries
from kbsearch.store.store import Store


@dataclass(frozen=True, slots=True)
class Parts:
    """The opened parts of a knowledge base. Threads may share them; a forked process opens its own.

    masking  what every text passes on its way into the store.
    index   keeps the index in step with the store.
    recent  the queries that were asked last.
    clock   gives the time in UTC.
    """

    settings: Settings
    masking: TicketMasking
    store: Store
    index: Indexer
    recent: RecentQueries
    synonyms: Synonyms
    searcher: Searcher
    similar: SimilarFinder
    examples: ExampleQueries
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @classmethod
    def open(cls, settings: Settings, *, create: bool = True) -> Self:
        """Open the parts in the data folder.

        create  whether to make what is not there. Without it nothing is written, and the folder
                may be one that cannot be written.

        Raises SettingInvalid, StoreUnavailable, StoreMissing or EngineUnusable.
        """
        engine = WhooshEngine(settings.index_folder)
        if create:
            prepare_home(settings)
        else:
            require_home(settings)
        keys = KeyFile(settings.key_file)
        rules = rules_of(
            settings.phone_regions,
            settings.national_ids,
            settings.allowed_texts,
            settings.denied_texts,
        )
        masking = TicketMasking(Masker(rules))
        store = Store.open(settings.store_url, masking=masking, keys=keys, create=create)
        return cls.over(settings, store, engine, masking)

    @classmethod
    def over(
        cls, settings: Settings, store: Store, engine: SearchEngine, masking: TicketMasking
    ) -> Self:
        """Wire the parts over a store and an engine."""
        index = Indexer(store, engine, settings.home / "attendance.lock")
        patience = settings.query_deadline_ms / 1000
        dated = partial(store.facts, dated=SIGNAL_WEIGHTS.recent > 0)
        searcher = Searcher(
            index.fetch,
            whole=store.fetch_whole,
            facts=dated if settings.ranking_signals else None,
            customer=store.customer_tickets,
            patience=patience,
        )
        return cls(
            settings=settings,
            masking=masking,
            store=store,
            index=index,
            recent=store.recent_queries(limit=settings.recent_queries, redact=masking.text),
            synonyms=Synonyms(settings.synonyms_file),
            searcher=searcher,
            similar=SimilarFinder(searcher, patience=patience),
            examples=ExampleQueries(store, index),
        )
