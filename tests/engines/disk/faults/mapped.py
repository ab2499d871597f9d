"""Damage done in place to files that a process has mapped: searches go on, and it is noticed.

A disk that loses bytes changes neither the size nor the time of a file, so that nothing but the
bytes tells of it. Each trial damages one file of an open index, asks questions, checks every byte,
and asks again.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any, NamedTuple

from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.intake.values.facts import FileFacts
from kbsearch.intake.values.fields import CellReader
from kbsearch.intake.values.notes import CellNotes
from kbsearch.messages.message import render
from kbsearch.records.filters import Filters
from kbsearch.resources import resource
from kbsearch.search.results import SearchRequest, SearchResult, SimilarRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.services.parts import Parts
from kbsearch.settings import Settings
from kbsearch.store.store import Store
from tests.engines.disk.faults.looking import generations
from tests.engines.disk.faults.watched import QuickDisk
from tests.masking import unmasked

ADDED = 12
"""Tickets that were added after the last rebuild: their words lie in a segment, not the lexicon."""
PATIENCE = 200
"""How many times as many steps a question may take as it takes in an index that is whole."""
_PAGE = 4096

Change = Callable[[bytearray, Random], None]


class Noticed(StrEnum):
    """When damage was noticed."""

    BY_READING = "by a question"
    BY_CHECK_SAME = "by the check; all answers were right"
    BY_CHECK_OTHER = "by the check; an answer was another"


class Trial(NamedTuple):
    """What was damaged, when it was noticed, and what is wrong with that: "" if nothing is."""

    what: str
    noticed: Noticed
    wrong: str


class TooManySteps(BaseException):
    """A walk does not end; nothing catches this."""


def flip(content: bytearray, random: Random) -> None:
    """Flip some bits, mostly one."""
    for _ in range(random.choice((1, 1, 1, 20, 200))):
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)


def zero(content: bytearray, random: Random) -> None:
    """Write zeros over some pages."""
    part = random.choice((0.02, 0.3))
    for at in range(0, len(content), _PAGE):
        if random.random() < part:
            content[at : at + _PAGE] = bytes(len(content[at : at + _PAGE]))


def overwrite(content: bytearray, random: Random) -> None:
    """Write noise over a range."""
    at = random.randrange(len(content))
    size = min(random.choice((8, 500, 20_000)), len(content) - at)
    content[at : at + size] = random.randbytes(size)


def move(content: bytearray, random: Random) -> None:
    """Write one range over another."""
    size = min(random.choice((4, 64, _PAGE)), len(content))
    at, source = (random.randrange(len(content) - size + 1) for _ in range(2))
    content[at : at + size] = content[source : source + size]


CHANGES: tuple[Change, ...] = (flip, zero, overwrite, move)


def prepare(home: Path, *, spare: bool) -> None:
    """Make an index of the sample tickets: some added, one changed and one deleted since."""
    home.mkdir(exist_ok=True)
    cells = CellReader(FileFacts(), CellNotes())
    rows = [cells.fields(0, row, {name: (name,) for name in row}) for row in _samples()]
    with closing(_opened(home)) as kb:
        kb.parts.store.save_many(rows[ADDED:])
        kb.parts.index.reindex()
        if spare:
            kb.parts.index.reindex()
        kb.parts.store.save_many(rows[:ADDED])
        kb.parts.index.catch_up()
        kb.parts.store.save({**rows[ADDED], "problem": "The tray is empty."})
        kb.parts.store.delete(rows[ADDED + 1]["reference"])
        kb.parts.index.catch_up()


def trials(prepared: Path, random: Random, count: int, *, mended_each: int = 1) -> Iterator[Trial]:
    """Damage files of an open index in place, so many times, each time in a copy.

    mended_each  every so manieth damage is also mended, which takes longer.
    """
    home = prepared.with_name("damaged")
    right = _right(prepared, home)
    for number in range(count):
        with _copied(prepared, home) as kb:
            mended = number % mended_each == 0
            yield _trial(kb, home, random, right, mended=mended)


class Right(NamedTuple):
    """What an index answers that is whole, and in how many steps; and once it was mended.

    Words count otherwise once those of added tickets stand in the lexicon, or in other segments.
    """

    answers: list[Any]
    mended: list[Any]
    steps: int


def _right(prepared: Path, home: Path) -> Right:
    with _copied(prepared, home) as kb:
        with counting() as steps:
            found = answers(kb)
        if kb.parts.index.state().spare:
            kb.parts.index.rollback()
        else:
            kb.parts.index.reindex()
        return Right(found, answers(kb), steps.taken)


@contextmanager
def _copied(prepared: Path, home: Path) -> Iterator[KnowledgeBase]:
    """Open a copy of a knowledge base, which goes afterwards."""
    shutil.copytree(prepared, home)
    with closing(_opened(home)) as kb:
        yield kb
    shutil.rmtree(home)


def answers(kb: KnowledgeBase) -> list[Any]:
    """Return what the knowledge base answers to questions of all kinds, as plain values."""
    searched = [_plain(kb.local.searching.search(request)) for request in _requests()]
    alike = [
        _plain(kb.local.searching.similar(SimilarRequest(reference="RT-1005"))),
        _plain(
            kb.local.searching.similar(
                SimilarRequest(text="The wifi drops several times a day, light green")
            )
        ),
    ]
    typed = [
        kb.local.searching.suggest(text)
        for text in ("wi", "printr", "calendar syn", "the vpn is slo")
    ]
    return [*searched, *alike, *([list(one.words), list(one.subjects)] for one in typed)]


@contextmanager
def counting(most: float = float("inf")) -> Iterator["Steps"]:
    """Count the lines of the engines that run, and raise TooManySteps after so many."""
    steps, before = Steps(most), sys.gettrace()
    sys.settrace(steps.enter)
    try:
        yield steps
    finally:
        sys.settrace(before)


class Steps:
    """Counts lines."""

    def __init__(self, most: float) -> None:
        self.taken = 0
        self._most = most

    def enter(self, frame: FrameType, event: str, argument: object) -> Any:
        """Count in frames of the engines, which alone walk through files."""
        return self._line if "kbsearch/engines" in frame.f_code.co_filename else None

    def _line(self, frame: FrameType, event: str, argument: object) -> Any:
        self.taken += 1
        if self.taken > self._most:
            raise TooManySteps
        return self._line


def _trial(kb: KnowledgeBase, home: Path, random: Random, right: Right, *, mended: bool) -> Trial:
    if random.random() < 0.3:
        answers(kb)  # so that much of it is kept
    kb.parts.index.snapshot()
    what = _damage(home, random)
    try:
        with counting(PATIENCE * right.steps):
            found = answers(kb)
    except TooManySteps:
        return Trial(what, Noticed.BY_CHECK_OTHER, "a walk does not end")
    except Exception as error:  # noqa: BLE001 - whatever is raised is wrong here
        return Trial(what, Noticed.BY_CHECK_OTHER, f"{type(error).__name__}: {error}")
    if kb.parts.index.snapshot().state.damage:
        noticed = Noticed.BY_READING
    else:
        noticed = Noticed.BY_CHECK_SAME if found == right.answers else Noticed.BY_CHECK_OTHER
    return Trial(what, noticed, _wrong_afterwards(kb, right, mended=mended))


def _wrong_afterwards(kb: KnowledgeBase, right: Right, *, mended: bool) -> str:
    """Return what is wrong once every byte was checked, and once it was mended."""
    kb.parts.index.check(lambda _: None)
    state = kb.parts.index.snapshot().state
    if not state.damage:
        return "the check noticed nothing"
    for answer, other in zip(answers(kb), right.answers, strict=True):
        says_so = not isinstance(answer, dict) or answer["notes"]
        if not says_so and (state.partial or answer != other):
            return f"an answer does not say that tickets may be missing, or are old: {answer}"
    if mended:
        kb.parts.index.ensure()
        if answers(kb) not in (right.answers, right.mended):
            return "an answer is another after it was mended"
    return ""


def _damage(home: Path, random: Random) -> str:
    """Change the bytes of a file of the index in place, and nothing else of it."""
    current = generations(home, QuickDisk()).current()
    folder = generations(home, QuickDisk()).path / "segments"
    path = folder / random.choice([file.name for file in current.content.files() if file.bytes])
    before, status = path.read_bytes(), path.stat()
    changed, change = bytearray(before), random.choice(CHANGES)
    while changed == before:
        change(changed, random)
    with path.open("r+b") as file:
        file.write(changed)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return f"{change.__name__} in {path.name}"


def _opened(home: Path) -> KnowledgeBase:
    """Open a knowledge base that trusts files it has hashed for no time, and is never late."""
    settings = Settings(
        home=home, query_deadline_ms=60_000, suggest_deadline_ms=60_000, recent_queries=0
    )
    store = Store.open(settings.store_url, masking=unmasked)
    ticks = iter(range(0, sys.maxsize, 1_000))
    engine = WhooshEngine(settings.index_folder, QuickDisk(), clock=lambda: float(next(ticks)))
    return KnowledgeBase(Parts.over(settings, store, engine, unmasked))


def _samples() -> Iterator[dict[str, Any]]:
    for path in sorted(resource("index/samples").glob("*.jsonl")):
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def _requests() -> Sequence[SearchRequest]:
    subjects = [str(row["subject"]) for row in islice(_samples(), 0, None, 20)]
    texts = (
        *subjects,
        *(subject[1:] for subject in subjects),
        "recipt pinter not prnting",
        "calender sinc mobil",
        '"receipt printer" blank -drawer',
        "BW-M5799 firmware 10.2.11",
        "error ML-20O1",
        "pay slip tag:x product:Wagefinch",
        "status:solved",
        "wi",
    )
    return [
        *(SearchRequest(text) for text in texts),
        *(SearchRequest(text, tolerant=False) for text in texts[:3]),
        *(SearchRequest(text[:9], typing=True) for text in texts[:5]),
        SearchRequest("printer", Filters(products=("Tillbarrow", "Mailthrush"), kinds=("ticket",))),
    ]


def _plain(result: SearchResult) -> dict[str, Any]:
    return {
        "hits": [(hit.ticket.id, round(hit.score, 4), str(hit.reasons)) for hit in result.hits],
        "total": result.total,
        "notes": [*map(render, result.notes)],
        "partial": result.partial,
        "did_you_mean": result.did_you_mean,
        "near": [(near.found, near.total) for near in result.near_codes],
    }
