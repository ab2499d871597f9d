"""From all tickets to what segments are made of, by several processes.

They invert lots of tickets; this one reads the tickets, and joins the lots to runs. What comes of
it depends on the tickets alone, not on how many processes there are or which of them is quicker.
"""

import os
import signal
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from typing import NamedTuple, Self

import numpy as np

from kbsearch.engines.indexing.document import Extract, extract
from kbsearch.engines.indexing.inverter import Inverter
from kbsearch.errors import AnalysisStopped
from kbsearch.inverted.documents import MOST_DOCUMENTS, InvertedDocuments
from kbsearch.inverted.merge import Part, join
from kbsearch.progress import Progress, Stage, silent
from kbsearch.records.ticket import StoredTicket

MOST_POSTINGS = 40_000_000
"""Postings of one segment, in all fields: what joining them takes stays below half a gigabyte."""
_MOST_PROCESSES = 4
"""More would wait for the one that reads and joins."""
_LOT_DOCUMENTS = 4096
_LOT_CHARACTERS = 8_000_000
"""Tickets that are inverted at a time, and the characters after which there are enough of them."""

Lot = list[Extract]


def inverted_runs(
    tickets: Iterable[StoredTicket], *, total: int | None = None, progress: Progress = silent
) -> Iterator[InvertedDocuments]:
    """Yield the tickets in order, as few runs of them as `joined_to_runs` makes; each is a segment.

    Raises AnalysisStopped if one of the processes dies; with the iterator all of them end.
    """
    return joined_to_runs(_reported(_inverted(_lots(map(extract, tickets))), total, progress))


def joined_to_runs(
    lots: Iterable[InvertedDocuments],
    most_documents: int = MOST_DOCUMENTS,
    most_postings: int = MOST_POSTINGS,
) -> Iterator[InvertedDocuments]:
    """Join lots to runs of at most so much; a lot that is larger stays alone."""
    parts: list[Part] = []
    documents = postings = 0
    for lot in lots:
        size = sum(field.documents.size for field in lot.fields.values())
        documents += lot.ids.size
        postings += size
        if parts and (documents > most_documents or postings > most_postings):
            yield _joined(parts)
            documents, postings = lot.ids.size, size
        parts.append((lot, np.ones(lot.ids.size, np.bool_)))
    if parts:
        yield _joined(parts)


def _joined(parts: list[Part]) -> InvertedDocuments:
    """Return all parts as one, and let go of them."""
    whole = join(parts)
    parts.clear()
    return whole


def _reported(
    lots: Iterator[InvertedDocuments], total: int | None, progress: Progress
) -> Iterator[InvertedDocuments]:
    done = 0
    for lot in lots:
        done += lot.ids.size
        progress(Stage.ANALYSING, done, total)
        yield lot


def _lots(extracts: Iterable[Extract]) -> Iterator[Lot]:
    lot: Lot = []
    characters = 0
    for one in extracts:
        lot.append(one)
        characters += sum(map(len, one.texts))
        if len(lot) == _LOT_DOCUMENTS or characters >= _LOT_CHARACTERS:
            yield lot
            lot, characters = [], 0
    if lot:
        yield lot


def _inverted(lots: Iterator[Lot]) -> Iterator[InvertedDocuments]:
    """Yield the lots, inverted, in order; a single one is not worth another process."""
    first = list(islice(lots, 2))
    if len(first) < 2:
        yield from map(Inverter().invert, first)
        return
    with _Workers(min(len(os.sched_getaffinity(0)), _MOST_PROCESSES)) as workers:
        yield from workers.invert(chain(first, lots))


class _Worker(NamedTuple):
    """A process that inverts lots, and our end of the line to it."""

    process: SpawnProcess
    line: "Connection[Lot, InvertedDocuments | str]"

    def invert(self, lot: Lot) -> InvertedDocuments:
        """Return the lot inverted; wait for it. Raises AnalysisStopped."""
        try:
            self.line.send(lot)
            answer = self.line.recv()
        except (EOFError, OSError):
            self.process.join()
            raise AnalysisStopped(
                f"A process that analyses tickets was ended (exit code {self.process.exitcode}), "
                "perhaps because memory ran out. The index is as it was before; free some memory "
                "and try again."
            ) from None
        if isinstance(answer, str):
            sentence = f"a process that analyses tickets failed\n{answer}"
            raise RuntimeError(sentence)  # noqa: TRY004 - the type only tells that it failed
        return answer


class _Workers:
    """Some processes, and as many threads that each wait for one of them.

    Each process holds the only other end of its line, so it ends when this one is killed.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._started: list[_Worker] = []
        self._threads = ThreadPoolExecutor(count)

    def __enter__(self) -> Self:
        try:
            for _ in range(self._count):
                worker = _start()
                self._started.append(worker)
                self._idle.put(worker)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._started:
            worker.process.terminate()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._started:
            worker.process.join()
            worker.line.close()
            worker.process.close()

    def invert(self, lots: Iterable[Lot]) -> Iterator[InvertedDocuments]:
        """Yield the lots, inverted, in order; read no more of them than keeps all busy."""
        waiting: deque[Future[InvertedDocuments]] = deque()
        for lot in lots:
            waiting.append(self._threads.submit(self._invert, lot))
            if len(waiting) > 2 * self._count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _invert(self, lot: Lot) -> InvertedDocuments:
        worker = self._idle.get()
        try:
            return worker.invert(lot)
        finally:
            self._idle.put(worker)


def _start() -> _Worker:
    """Start a process that inverts what it is sent, and never hears of Ctrl-C: we end it."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    resource_tracker.ensure_running()  # starting it below would let interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with theirs:
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return _Worker(process, ours)


def _work(line: "Connection[InvertedDocuments | str, Lot]") -> None:
    """Answer each lot with its inversion, or with what went wrong, until the line is cut."""
    inverter = Inverter()
    with suppress(EOFError, OSError):
        while True:
            line.send(_answer(inverter, line.recv()))


def _answer(inverter: Inverter, lot: Lot) -> InvertedDocuments | str:
    try:
        return inverter.invert(lot)
    except Exception:  # noqa: BLE001 - it is raised again in the process that asked
        return traceback.format_exc()
