"""Let a fault strike an operation at every place, and tell what is then wrong with the index.

The oracle is strict: what CURRENT names verifies whole, and is a generation that was committed,
none older than the last that the operation had finished, without any help of the spare. And then
the index goes on as if nothing had happened.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from kbsearch.engines.disk.generations.manifest import Content, parsed, parsed_pointer
from kbsearch.errors import KbsearchError
from tests.engines.disk.faults.looking import Held, Wrong, held
from tests.engines.disk.faults.operations import Operation
from tests.engines.disk.faults.power import Folder, PowerCut, fsyncs, write_out
from tests.engines.disk.faults.watched import Call, Killed, QuickDisk, dying_at, recording


class Recorded(NamedTuple):
    """An operation that was run once.

    found  the folder as it was before; nothing in it changed since.
    left   the folder as it was afterwards.
    calls  the storage calls that it made, as if in `found`.
    """

    operation: Operation
    found: Path
    left: Path
    calls: list[Call]


def recorded(operation: Operation, scratch: Path) -> Recorded:
    """Run an operation in an empty folder, and record it."""
    left, found = scratch / "left", scratch / "found"
    left.mkdir()
    operation.prepare(left)
    shutil.copytree(left, found)
    disk, calls = recording()
    operation.run(left, disk)
    return Recorded(operation, found, left, [_moved(call, left, found) for call in calls])


def kills(done: Recorded, *, by_signal: bool = False, step: int = 1) -> Iterator[str]:
    """Kill the operation at every storage call; then run it again, and go on.

    by_signal  by SIGKILL to a process of its own.
    step       1 for every call, 2 for every second.

    Yields a sentence for each call: what is wrong, "" if nothing is.
    """
    root = done.found.with_name("killed")
    for fatal, call in list(enumerate(done.calls, start=1))[::step]:
        shutil.copytree(done.found, root)
        _run_and_die(done.operation, root, fatal, by_signal=by_signal)
        wrong = _wrong_after_kill(done, root)
        yield wrong and f"{done.operation.name}, killed before call {fatal} ({call}): {wrong}"
        shutil.rmtree(root)


def power_cuts(done: Recorded, random: Random, mixtures: int, *, step: int = 1) -> Iterator[str]:
    """Cut the power after every storage call, and replay whatever the disk may hold then.

    mixtures  how many states are tried at each call beside the extremes.
    step      1 for every state, 2 for every second.

    Yields a sentence for each state: what is wrong with it, "" if nothing is.
    """
    for call, state, allowed in islice(_states(done, random, mixtures), 0, None, step):
        wrong = _wrong_after_cut(state, done, allowed, goes_on=True)
        yield wrong and f"{done.operation.name}, power cut after {call or 'nothing'}: {wrong}"


def needless_fsyncs(done: Recorded, random: Random, mixtures: int) -> Iterator[str]:
    """Leave out each fsync, and see that a power cut shows it.

    Yields a sentence for each: "" if it is needed.
    """
    for n in fsyncs(done.calls):
        without = done._replace(calls=[*done.calls[:n], *done.calls[n + 1 :]])
        # Before the first swap nothing can be lost, and before this fsync nothing else.
        first = max(n, [call.kind for call in without.calls].index("replace") + 1)
        shown = any(
            _wrong_after_cut(state, done, allowed, goes_on=False)
            for _, state, allowed in _states(without, random, mixtures, first=first)
        )
        what = f"{done.operation.name} without call {n + 1} ({done.calls[n]})"
        yield "" if shown else f"{what}: nothing is lost"


def _states(
    done: Recorded, random: Random, mixtures: int, *, first: int = 0
) -> Iterator[tuple[Call | None, Folder, Sequence[Held]]]:
    """Yield (call before the cut, what the disk may hold, what the index may then be)."""
    cut = PowerCut(done.found)
    commits = [held(done.found)]
    lasting = 0
    seen: set[str] = set()
    for n in range(len(done.calls) + 1):
        call = done.calls[n - 1] if n else None
        if call:
            cut.call(call)
            if call.kind == "replace" and call.target:
                commits.append(_content(cut.written(call.target)))
            elif call.kind == "sync_folder" and call.path.name == "internal":
                lasting = len(commits) - 1
        if n < first:
            continue
        if n == len(done.calls):  # what the operation returned from must last
            lasting = len(commits) - 1
        for state in cut.states(random, mixtures):
            if (key := f"{lasting}{state}") not in seen:
                seen.add(key)
                yield call, state, commits[lasting:]


def _content(pointer_text: bytes) -> Content:
    pointer = parsed_pointer(pointer_text)
    return parsed(pointer.copy, pointer.number).content


def _wrong_after_cut(
    state: Folder, done: Recorded, allowed: Sequence[Held], *, goes_on: bool
) -> str:
    root = done.found.with_name("replayed")
    write_out(state, root)
    for beside in done.left.iterdir():  # the store, which waits for the disk by itself
        if beside.is_file():
            shutil.copy2(beside, root)
    try:
        if held(root) not in allowed:
            return "it is neither the old generation nor the new one"
        if goes_on:
            done.operation.go_on(root)
    except (KbsearchError, Wrong) as error:
        return str(error)
    finally:
        shutil.rmtree(root)
    return ""


def _wrong_after_kill(done: Recorded, root: Path) -> str:
    try:
        if held(root) == held(done.found):
            done.operation.run(root, QuickDisk())
        if held(root) == held(done.found):
            return "the operation did nothing when it was run again"
        done.operation.go_on(root)
    except (KbsearchError, Wrong) as error:
        return str(error)
    return ""


def _run_and_die(operation: Operation, root: Path, fatal: int, *, by_signal: bool) -> None:
    if not by_signal:
        try:
            operation.run(root, dying_at(fatal))
        except Killed:
            return
        raise Wrong("it outlived its death")
    child = os.fork()
    if not child:
        try:
            operation.run(root, dying_at(fatal, by_signal=True))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise Wrong("it outlived its death")


def _moved(call: Call, root: Path, to: Path) -> Call:
    target = call.target and to / call.target.relative_to(root)
    return Call(call.kind, to / call.path.relative_to(root), target, call.data)
