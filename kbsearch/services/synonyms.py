"""The synonyms of the admin: a table in use, and a draft that is tried and then published."""

from collections.abc import Iterable
from dataclasses import dataclass

from kbsearch.analysis.terms import term
from kbsearch.errors import InputError, QueryInvalid
from kbsearch.evaluation.difference import Difference, difference
from kbsearch.evaluation.gate import Comparison
from kbsearch.messages.message import render
from kbsearch.progress import Progress, Stage, silent
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.query.tokens import QueryToken, tokenize
from kbsearch.search.results import SearchRequest
from kbsearch.search.synonyms.file import DraftAction, DraftChange, Synonym, checked
from kbsearch.search.synonyms.live_table import phrase_table
from kbsearch.search.synonyms.phrase_table import PhraseTable, abbreviations, dialects
from kbsearch.services.gate import Gate
from kbsearch.services.searching import Searching
from kbsearch.services.service import Service
from kbsearch.services.synonym_files import SynonymFiles
from kbsearch.services.turns import turn


@dataclass(frozen=True, slots=True)
class DraftedSynonym:
    """A synonym that was added.

    drafted  False if it is in use already and stays so.
    known    why it is not needed, in a sentence; "" if it is.
    """

    row: Synonym
    drafted: bool
    known: str


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A query whose first ten hits change.

    tickets  id -> ticket, for those of either answer.
    """

    query: str
    change: Difference
    tickets: dict[int, StoredTicket]


@dataclass(frozen=True, slots=True)
class DraftTrial:
    """What a draft changes on recent queries."""

    queries: int
    changed: tuple[ChangedAnswer, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """A draft that was tried on the pairs of the gate.

    compared   None if there are no pairs.
    published  whether searches use it now.
    """

    added: int
    removed: int
    compared: Comparison | None
    published: bool


class SynonymTables(Service):
    """Reads and changes the synonyms."""

    def files(self) -> SynonymFiles:
        """Return the table in use and the draft. Raises FileUnreadable."""
        return SynonymFiles.read(self._parts.settings)

    def add(
        self, phrase: str, also: str, *, both_ways: bool = True, note: str = ""
    ) -> DraftedSynonym:
        """Add a synonym to the draft.

        Raises InputError if it is in use already, and FileUnreadable if a file has wrong lines.
        """
        row = checked(Synonym(phrase, also, both_ways, note))
        with turn(self._parts.settings.home):
            files = self._sound_files()
            in_use = row in files.rows
            if in_use and row.key not in {change.key for change in files.changes}:
                raise InputError(
                    f'"{row}" is in use already; kbsearch synonyms list shows the table.'
                )
            others = [change for change in files.changes if change.key != row.key]
            files.save_draft(others if in_use else [*others, DraftChange(DraftAction.ADD, row)])
            return DraftedSynonym(row, not in_use, _known(row))

    def remove(self, phrase: str, also: str) -> Synonym | None:
        """Remove a synonym by the draft; return it if it is in use until the draft is published.

        Raises InputError if there is none, and FileUnreadable if a file has wrong lines.
        """
        key = checked(Synonym(phrase, also)).key
        with turn(self._parts.settings.home):
            files = self._sound_files()
            others = [change for change in files.changes if change.key != key]
            used = next((row for row in files.rows if row.key == key), None)
            if used is None and len(others) == len(files.changes):
                raise InputError(
                    f'There is no synonym "{phrase} = {also}"; kbsearch synonyms list shows the'
                    " table."
                )
            files.save_draft(
                others if used is None else [*others, DraftChange(DraftAction.REMOVE, used)]
            )
            return used

    def try_draft(self, progress: Progress = silent) -> DraftTrial:
        """Search recent queries with the table in use and with the draft.

        Raises FileUnreadable if a file has wrong lines, and InputError if there is no draft.
        """
        files = self._sound_files()
        files.refuse_no_changes()
        queries = self._parts.recent.latest()
        now, proposed = phrase_table(files.rows), phrase_table(files.proposed)
        changed = []
        for done, query in enumerate(queries, start=1):
            before, after = self._first_ten(query, now), self._first_ten(query, proposed)
            if change := difference(list(before), list(after)):
                changed.append(ChangedAnswer(query, change, {**before, **after}))
            progress(Stage.SEARCHING, done, len(queries))
        return DraftTrial(len(queries), tuple(changed))

    def publish(self, progress: Progress = silent, *, anyway: bool = False) -> Publication:
        """Put the draft in use if the gate passes, or `anyway`.

        Raises FileUnreadable if a file has wrong lines, and InputError if there is no draft.
        """
        with turn(self._parts.settings.home):
            files = self._sound_files()
            files.refuse_no_changes()
            compared = Gate(self._parts, self._actor).compare_tables(
                phrase_table(files.rows), phrase_table(files.proposed), progress
            )
            passes = anyway or compared is None or compared.passed
            if passes:
                files.publish()
        added = sum(change.action is DraftAction.ADD for change in files.changes)
        return Publication(added, len(files.changes) - added, compared, passes)

    def _sound_files(self) -> SynonymFiles:
        files = self.files()
        files.refuse_faults()
        return files

    def _first_ten(self, query: str, table: PhraseTable) -> dict[int, StoredTicket]:
        """Return the first ten hits by id, best first; none for a query that cannot be read."""
        searching = Searching(self._parts, self._actor)
        try:
            hits = searching.search(SearchRequest(query), synonyms=table).hits
        except QueryInvalid:  # kept by another version, which could read it
            return {}
        return {hit.ticket.id: hit.ticket for hit in hits}


def _known(row: Synonym) -> str:
    """Return a sentence if searches do what the row says without it, else ""."""
    typed = list(tokenize(row.phrase))
    one, other = _pieces(typed), _pieces(tokenize(row.also))
    if list(map(term, one)) == list(map(term, other)):
        return "Searches take the two for one word already, so the row is not needed."
    for table in (abbreviations(), dialects()):
        for found in table.alternatives(typed):
            if (found.start, found.end, found.words) == (0, len(typed), other):
                known = render(found.explanation)
                return f"kbsearch knows already that {known}, so the row is not needed."
    return ""


def _pieces(tokens: Iterable[QueryToken]) -> tuple[str, ...]:
    return tuple(part.surface for token in tokens for part in token.steps)
