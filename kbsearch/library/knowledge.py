"""A knowledge base for Python programs: search, similar, add, import."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import NoneType, TracebackType
from typing import Any, Self, cast

from kbsearch.errors import IndexBusy, TicketInvalid
from kbsearch.records.filters import Filters
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.import_report import ImportReport
from kbsearch.records.ticket import FIELD_TABLE, Shape, StoredTicket, TicketFields
from kbsearch.search.results import SearchRequest, SearchResult, SimilarRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import load_settings

_WANTED: Mapping[Shape, tuple[type | tuple[type, ...], str]] = {
    Shape.LIST: ((list, tuple), "a list of texts"),
    Shape.TIME: ((datetime, NoneType), "a datetime with its time zone"),
    Shape.THREAD: ((list, tuple), "a list of kbsearch.records.message.Message"),
}
WAITED = "Another process rebuilt the index: the rows were saved, and the index took them in then."
NOT_YET = "The rows are saved; the index takes them in with the next change."


class Knowledge:
    """An open knowledge base; use it in a `with`, or call `close`. Threads may share one."""

    def __init__(self, opened: KnowledgeBase) -> None:
        """Use `kbsearch.open`."""
        self._opened = opened
        self._local = opened.local

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the database."""
        self.close()

    def close(self) -> None:
        """Close the database; nothing may be asked afterwards."""
        self._opened.close()

    def search(self, text: str, *, filters: Filters | None = None, limit: int = 10) -> SearchResult:
        """Return the tickets that fit a text best, as the search page does.

        Raises QueryInvalid for a text that cannot be searched, and IndexMissing, IndexOutdated or
        IndexDamaged.
        """
        return self._local.searching.search(SearchRequest(text, filters or Filters(), limit=limit))

    def similar(
        self, reference: str, *, source: str | None = None, limit: int = 10
    ) -> SearchResult:
        """Return the solved tickets that are most like a ticket.

        Raises TicketNotFound, or InputError if several sources have the reference.
        """
        asked = SimilarRequest(reference, source=source, limit=limit)
        return self._local.searching.similar(asked)

    def ticket(self, reference: str, *, source: str | None = None) -> StoredTicket:
        """Return a ticket. Raises TicketNotFound, or InputError if several sources have it."""
        return self._local.tickets.get(reference, source)

    def add(self, reference: str | None = None, **fields: Any) -> StoredTicket:
        """Save a new ticket and make it searchable before returning.

        reference  without it, the ticket gets a new one.
        fields     those of `TicketFields`.

        Raises TicketInvalid or ReferenceTaken.
        """
        if reference is None:
            return self._local.tickets.add_new(lambda new: _checked(new, fields)).ticket
        return self._local.tickets.add(_checked(reference, fields)).ticket

    def import_files(
        self,
        paths: Iterable[str | Path],
        *,
        source: str = "desk",
        columns: Mapping[str, str] | None = None,
    ) -> ImportReport:
        """Import files and folders, and bring the index up to them; it is made if there is none.

        columns  field -> column, where the name of a column does not tell.

        It waits for another process that rebuilds the index, which is a note of the report.
        """
        notes: list[str] = []
        indexing = self._local.indexing
        with indexing.attended():
            report = self._local.importing.run(
                [Path(path) for path in paths],
                ImportOptions(mapping=columns or {}, source=source),
            )
            try:
                indexing.when_free(indexing.ensure, lambda: notes.append(WAITED))
            except IndexBusy:
                notes.append(NOT_YET)
        return replace(report, notes=(*report.notes, *notes))


def _checked(reference: str, fields: Mapping[str, object]) -> TicketFields:
    """Return the fields of a ticket. Raises TicketInvalid for what is none."""
    given = {"reference": reference, **fields}
    for name, value in given.items():
        if name not in FIELD_TABLE:
            raise TicketInvalid(name, f"there is no such field; there are {', '.join(FIELD_TABLE)}")
        kinds, wanted = _WANTED.get(FIELD_TABLE[name].shape, (str, "a text"))
        if not isinstance(value, kinds):
            raise TicketInvalid(name, f"{wanted} is needed, not {type(value).__name__}")
    return cast("TicketFields", given)


def open_knowledge(home: str | Path | None = None) -> Knowledge:
    """Open the knowledge base of a data folder; it is made if it is not there.

    home  the folder; without it, that of KBSEARCH_HOME. All other settings come from the
          environment.

    Raises SettingInvalid, StoreUnavailable or EngineUnusable.
    """
    settings = load_settings()
    if home is not None:
        settings = settings.model_copy(update={"home": Path(home)})
    return Knowledge(KnowledgeBase.open(settings))
