"""The relevance gate: are the tickets that solved something still found?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kbsearch.errors import FileUnreadable, InputError, OperatorError, shown
from kbsearch.evaluation.gate import (
    Comparison,
    Pair,
    PairRanks,
    compare,
    pair_lines,
    parse_pairs,
    parse_run,
    run_text,
    standard,
)
from kbsearch.messages.message import render
from kbsearch.progress import Progress, Stage, silent
from kbsearch.records.filters import Filters
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.query.expert.read import read
from kbsearch.search.results import SearchRequest
from kbsearch.search.synonyms.phrase_table import PhraseTable
from kbsearch.services.searching import Searching
from kbsearch.services.service import Service
from kbsearch.services.turns import turn
from kbsearch.text_files import new_lines, read_lines

MISSING = 10
"""Further lines without a ticket that a sentence names."""


@dataclass(frozen=True, slots=True)
class SavedPairs:
    """Pairs that were added, and how many there are with them."""

    added: int
    total: int


@dataclass(frozen=True, slots=True)
class GateRun:
    """A run of the gate, and the accepted one that it is compared with.

    last      None for the first run.
    compared  None for the first run.
    """

    now: PairRanks
    last: PairRanks | None
    compared: Comparison | None


class Gate(Service):
    """Keeps the pairs of a query and the ticket that solved it, and searches them."""

    @property
    def path(self) -> Path:
        """The file of the pairs."""
        return self._parts.settings.home / "gate.tsv"

    def pairs(self) -> dict[Pair, int]:
        """Return the saved pairs with their lines, none if there is no file."""
        return parse_pairs(read_lines(self.path), str(self.path)) if self.path.exists() else {}

    def add(self, query: str, reference: str, source: str = "") -> SavedPairs:
        """Save a pair, its query masked.

        Raises QueryInvalid, TicketNotFound, and InputError if it is there already.
        """
        read(query, Filters())
        with turn(self._parts.settings.home):
            pairs = self.pairs()
            ticket = self._parts.store.get(reference, source or None)
            masked = self._parts.masking.text(query)
            pair = Pair(" ".join(masked.split()), ticket.reference, source)
            if pair in pairs:
                raise InputError(f"{self.path}, line {pairs[pair]}: has this pair already.")
            return self._save(pairs, [pair])

    def collect(self) -> SavedPairs:
        """Save the queries of calls that a ticket solved."""
        with turn(self._parts.settings.home):
            pairs = self.pairs()
            known = {(pair.query, pair.reference) for pair in pairs}
            found = [
                Pair(" ".join(one.query.split()), one.reference, one.source)
                for one in self._parts.store.solved_queries()
            ]
            new = [pair for pair in found if (pair.query, pair.reference) not in known]
            return self._save(pairs, list(dict.fromkeys(new)))

    def run(self, progress: Progress = silent) -> GateRun:
        """Search every pair, and compare with the last run that was accepted.

        Raises InputError if there are no pairs.
        """
        pairs = self.pairs()
        if not pairs:
            raise InputError("There are no saved pairs; run: kbsearch gate add QUERY REFERENCE")
        last = self._last()
        fingerprint = self._parts.index.state().fingerprint
        now = PairRanks(datetime.now(UTC), fingerprint, self.ranks(pairs, progress=progress))
        return GateRun(now, last, compare(last.ranks, now.ranks) if last else None)

    def keep(self, run: GateRun, *, accept: bool = False) -> None:
        """Keep a run as what later ones are compared with.

        accept  even where it is lower than the last one.
        """
        kept = run.now if accept or run.last is None else standard(run.last, run.now)
        with new_lines(self._run_path, private=True) as lines:
            lines.append(run_text(kept))

    def compare_tables(
        self, before: PhraseTable, after: PhraseTable, progress: Progress = silent
    ) -> Comparison | None:
        """Search the pairs with two tables of synonyms; None if there are no pairs."""
        pairs = self.pairs()
        if not pairs:
            return None
        now = self.ranks(pairs, before, progress)
        return compare(now, self.ranks(pairs, after, progress))

    def ranks(
        self,
        pairs: Mapping[Pair, int],
        synonyms: PhraseTable | None = None,
        progress: Progress = silent,
    ) -> dict[Pair, int | None]:
        """Search every pair; return the rank of its ticket, None past the first ten.

        pairs     with their lines, for the messages.
        synonyms  instead of those in use.

        Raises FileUnreadable, naming lines, if a ticket is missing or a query cannot be searched,
        and OperatorError if an answer was not complete.
        """
        tickets = self._tickets(pairs)
        found = {}
        for done, (pair, line) in enumerate(pairs.items(), start=1):
            found[pair] = self._rank(pair, line, tickets[pair], synonyms)
            progress(Stage.SEARCHING, done, len(pairs))
        return found

    def _rank(
        self, pair: Pair, line: int, ticket: StoredTicket, synonyms: PhraseTable | None
    ) -> int | None:
        searching = Searching(self._parts, self._actor)
        try:
            result = searching.search(SearchRequest(pair.query), synonyms=synonyms)
        except InputError as error:
            raise FileUnreadable(f"{self.path}, line {line}: {error}") from None
        if result.partial:
            raise OperatorError(
                f'The answer to "{shown(pair.query)}" is not complete, so that nothing can be'
                f" compared: {' '.join(map(render, result.notes))}"
            )
        ids = [hit.ticket.id for hit in result.hits]
        return ids.index(ticket.id) + 1 if ticket.id in ids else None

    def _tickets(self, pairs: Mapping[Pair, int]) -> dict[Pair, StoredTicket]:
        """Return the ticket of each pair; the error names every line that has none."""
        tickets, wrong = {}, {}
        for pair, line in pairs.items():
            try:
                tickets[pair] = self._parts.store.get(pair.reference, pair.source or None)
            except InputError as error:
                wrong[line] = str(error)
        if wrong:
            raise FileUnreadable(f"{self.path}, {_wrong_lines(wrong)}")
        return tickets

    def _save(self, pairs: Mapping[Pair, int], new: Sequence[Pair]) -> SavedPairs:
        kept = [*pairs, *new]
        with new_lines(self.path, private=True) as lines:
            lines.extend(pair_lines(kept))
        return SavedPairs(len(new), len(kept))

    @property
    def _run_path(self) -> Path:
        return self._parts.settings.home / "gate.last.json"

    def _last(self) -> PairRanks | None:
        path = self._run_path
        return parse_run("\n".join(read_lines(path)), str(path)) if path.exists() else None


def _wrong_lines(wrong: Mapping[int, str]) -> str:
    """Name the first wrong line with its reason, and the numbers of the others."""
    (line, reason), *others = wrong.items()
    sentence = f"line {line}: {reason}"
    if others:
        lines = ", ".join(str(line) for line, _ in others[:MISSING])
        more = ", ..." if len(others) > MISSING else ""
        rest = f"{len(others):,} more line{'s' if len(others) > 1 else ''}"
        sentence += f" So it is with {rest}: {lines}{more}."
    return sentence
