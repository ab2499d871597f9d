"""From all tickets to what segments are made of, by several processes.

They invert lots of tickets; this one reads the tickets, and joins the lots to runs. What comes of
it depends on the tickets alone, not on how many processes there are or which of them is quicker.
"""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

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
    """Yield the lots, inverted, in order; read no more of them than keeps all processes busy.

    A single lot is not worth another process.
    """
    first = list(islice(lots, 2))
    if len(first) < 2:
        yield from map(Inverter().invert, first)
        return
    count = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES)
    waiting: deque[Future[InvertedDocuments]] = deque()
    with _processes(count) as pool:
        for lot in chain(first, lots):
            waiting.append(_submit(pool, lot))
            if len(waiting) > 2 * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _invert(lot: Lot) -> InvertedDocuments:
    return _inverter().invert(lot)


@cache
def _inverter() -> Inverter:
    """Return the inverter of this process, which remembers the words of earlier lots."""
    return Inverter()


@contextmanager
def _processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """Start processes that never hear of Ctrl-C; end them at once, whatever they are doing.

    They hold the only other end of a line, so they also end when this process is killed.
    """
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    ending = _end_with, (theirs,)
    with theirs, ProcessPoolExecutor(count, context, *ending) as pool, _heard_out(pool), ours:
        try:
            yield pool
        except BrokenProcessPool:
            raise AnalysisStopped(
                "A process that analyses tickets was ended, perhaps because memory ran out. The"
                " index is as it was before; free some memory and try again."
            ) from None


@contextmanager
def _heard_out(pool: ProcessPoolExecutor) -> Iterator[None]:
    """Let a pool see that its processes have ended, even one in the middle of an answer.

    The pool waits for the rest of that answer as long as it can write to the line itself.
    """
    try:
        yield
    finally:
        answers: Any = pool._result_queue  # noqa: SLF001 - nothing else lets go of the line
        answers._writer.close()  # noqa: SLF001


def _submit(pool: ProcessPoolExecutor, lot: Lot) -> "Future[InvertedDocuments]":
    """Let a process invert a lot; one that is started for it inherits that interrupts are blocked.

    The pool starts a process at any lot for which none is idle.
    """
    resource_tracker.ensure_running()  # starting it below would let interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_invert, lot)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with(line: "Connection[None, None]") -> None:
    """End this process as soon as the other end of the line is closed."""

    def wait() -> None:
        line.poll(None)
        os._exit(1)

    Thread(target=wait, daemon=True).start()
