"""Commit generation after generation while other processes read whatever is current."""

import hashlib
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from typing import NamedTuple

from kbsearch.engines.base import View
from kbsearch.engines.disk.generations.disk import Disk
from kbsearch.engines.disk.generations.opened import GenerationReader
from kbsearch.engines.whoosh.engine import WhooshEngine
from tests.engines.desk import Listed, asking, ids, ticket
from tests.engines.disk.faults.looking import generations
from tests.engines.disk.faults.watched import QuickDisk

SPAWN = get_context("spawn")
TICKETS = 20
"""Tickets of each rebuild under searches."""
ANSWERS = 7
"""Tickets that an answer lists."""


class Seen(NamedTuple):
    """What a reader saw at one moment: which state of the index, and what was wrong with it."""

    state: int
    wrong: str


class Read(NamedTuple):
    """What one reader saw: how often it looked, how many states, and what was wrong."""

    looks: int
    states: int
    wrong: list[str]


Look = Callable[[Path], Iterator[Seen]]


def swap_under_readers(
    root: Path, swap: Callable[[int], None], swaps: int, look: Look, readers: int
) -> list[Read]:
    """Call `swap` with 1, 2, ... while `readers` processes look; return what each of them saw."""
    stop, ready = SPAWN.Event(), SPAWN.Barrier(readers + 1)
    said: SimpleQueue[Read] = SPAWN.SimpleQueue()
    processes = [
        SPAWN.Process(target=_read, args=(root, look, stop, ready, said), daemon=True)
        for _ in range(readers)
    ]
    for process in processes:
        process.start()
    ready.wait()  # each has looked once: however slow it is, it saw the state before the swaps
    try:
        for number in range(1, swaps + 1):
            swap(number)
    finally:
        stop.set()
    seen = [said.get() for _ in processes]
    for process in processes:
        process.join()
    return seen


def opening(root: Path) -> Iterator[Seen]:
    """Open the current generation again and again, hashing what was handed out."""
    index = generations(root, QuickDisk())
    newest = 0
    while True:
        found = index.open()
        number = found.manifest.number
        older = number < newest
        newest = number
        yield Seen(number, f"{number} came after a newer one" if older else _mixed(found))


def searching(root: Path) -> Iterator[Seen]:
    """Search again and again; all tickets of an answer must be of one rebuild."""
    engine = WhooshEngine(root)
    while True:
        found = engine.snapshot(View.INTERNAL).search(asking("printer"), limit=ANSWERS)
        rounds = {number // 1000 for number in ids(found)}
        sound = len(rounds) == 1 and len(ids(found)) == ANSWERS and found.total == TICKETS
        yield Seen(min(rounds, default=0), "" if sound else f"{found.total} of {sorted(rounds)}")


def rebuilding(root: Path, disk: Disk) -> Callable[[int], None]:
    """Return what makes an index of other tickets each time it is called."""
    engine = WhooshEngine(root, disk)

    def rebuild(number: int) -> None:
        made = [ticket(1000 * number + n, f"The printer jams {n}") for n in range(TICKETS)]
        engine.rebuild(View.INTERNAL, Listed(made, number))

    return rebuild


def _read(root: Path, look: Look, stop: Event, ready: Barrier, said: "SimpleQueue[Read]") -> None:
    states: set[int] = set()
    wrong: list[str] = []
    looks = 0
    looking = look(root)
    last = False
    while not last:
        last = stop.is_set()  # the last look sees the state after the swaps
        try:
            seen = next(looking)
        except Exception as error:  # noqa: BLE001 - whatever a reader meets is a violation
            wrong.append(repr(error))
            looking = look(root)
        else:
            states.add(seen.state)
            wrong += [seen.wrong] if seen.wrong else []
        looks += 1
        if looks == 1:
            ready.wait()
    said.put(Read(looks, len(states), wrong))


def _mixed(found: GenerationReader) -> str:
    """Tell of files that are not those of this generation."""
    content = found.manifest.content
    wanted = [entry.file.sha256 for entry in content.segments]
    got = [hashlib.sha256(segment.buffer).hexdigest() for segment in found.segments]
    if content.lexicon and found.lexicon is not None:
        wanted.append(content.lexicon.sha256)
        got.append(hashlib.sha256(found.lexicon).hexdigest())
    return "" if got == wanted else f"generation {found.manifest.number} is mixed"
