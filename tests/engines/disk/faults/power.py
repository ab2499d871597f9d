"""What a disk may hold after the power went: a model of what fsync promises, and no more.

The bytes of a file are there once the file was synced; before that some of them may be, or zeros
in their place, or none. A name (made, replaced or removed) is there once its folder was synced;
before that it may be or not, each on its own. Renaming is one step.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.engines.disk.faults.watched import Call

_PAGE = 512


@dataclass
class File:
    """What was written, and what of it the disk is sure to hold."""

    written: bytes = b""
    held: bytes = b""


@dataclass
class Folder:
    """The names in a folder, those that the disk is sure to hold, and what was done since."""

    names: dict[str, "File | Folder"] = field(default_factory=dict)
    held: dict[str, "File | Folder"] = field(default_factory=dict)
    since: list[dict[str, "File | Folder | None"]] = field(default_factory=list)

    def change(self, changes: dict[str, "File | Folder | None"]) -> None:
        """Give names or, with None, take them: all of it in one step."""
        self.since.append(changes)
        _change(self.names, changes)


Names = Callable[[], bool]
Data = Callable[[File], bytes]


class PowerCut:
    """A folder and the storage calls made in it since everything was synced."""

    def __init__(self, root: Path) -> None:
        """Begin with the folders that are in `root` now; the files beside them are not ours."""
        self._root = root
        self._top = _read(root)
        for name in [name for name, below in self._top.names.items() if isinstance(below, File)]:
            del self._top.names[name], self._top.held[name]

    def call(self, call: Call) -> None:
        """Take in one storage call."""
        if call.kind == "sync_folder":
            synced = self._folder(call.path)
            synced.held, synced.since = dict(synced.names), []
            return
        folder, name = self._folder(call.path.parent), call.path.name
        if call.kind == "create":
            folder.change({name: File()})
        elif call.kind == "make_folder":
            folder.change({name: folder.names.get(name) or Folder()})
        elif call.kind == "remove":
            folder.change({name: None})
        elif call.kind == "replace" and call.target:
            folder.change({call.target.name: folder.names[name], name: None})
        else:
            self._file_call(folder.names[name], call)

    def written(self, path: Path) -> bytes:
        """Return what was written to a file, whether the disk holds it or not."""
        file = self._folder(path.parent).names[path.name]
        assert isinstance(file, File)
        return file.written

    def states(self, random: Random, extra: int) -> Iterator[Folder]:
        """Yield what the disk may hold: the extremes, and `extra` mixtures."""
        for names in (_never, _always):
            for data in (_nothing, _everything, _zeros, _half):
                yield _left(self._top, names, data)
        for _ in range(extra):
            yield _left(self._top, lambda: random.random() < 0.5, _mixture(random))

    def _folder(self, path: Path) -> Folder:
        folder = self._top
        for part in path.relative_to(self._root).parts:
            below = folder.names[part]
            assert isinstance(below, Folder)
            folder = below
        return folder

    @staticmethod
    def _file_call(file: "File | Folder", call: Call) -> None:
        assert isinstance(file, File)
        if call.kind == "write":
            file.written += call.data
        else:
            assert call.kind == "sync"
            file.held = file.written


def write_out(state: Folder, path: Path) -> None:
    """Make a folder what the disk holds."""
    path.mkdir()
    for name, below in state.names.items():
        if isinstance(below, Folder):
            write_out(below, path / name)
        else:
            (path / name).write_bytes(below.held)


def fsyncs(calls: Sequence[Call]) -> list[int]:
    """Return which of the calls are fsyncs."""
    return [n for n, call in enumerate(calls) if call.kind in {"sync", "sync_folder"}]


def _read(path: Path) -> Folder:
    folder = Folder()
    for below in path.iterdir():
        if below.is_dir():
            folder.names[below.name] = _read(below)
        else:
            content = below.read_bytes()
            folder.names[below.name] = File(content, content)
    folder.held = dict(folder.names)
    return folder


def _left(folder: Folder, names: Names, data: Data) -> Folder:
    left = dict(folder.held)
    for changes in folder.since:
        if names():
            _change(left, changes)
    return Folder(
        {
            name: _left(below, names, data)
            if isinstance(below, Folder)
            else File(held=data(below) if below.held != below.written else below.held)
            for name, below in left.items()
        }
    )


def _change(names: dict[str, File | Folder], changes: dict[str, "File | Folder | None"]) -> None:
    for name, below in changes.items():
        if below is None:
            names.pop(name, None)
        else:
            names[name] = below


def _never() -> bool:
    return False


def _always() -> bool:
    return True


def _nothing(file: File) -> bytes:
    return file.held


def _everything(file: File) -> bytes:
    return file.written


def _zeros(file: File) -> bytes:
    return bytes(len(file.written))


def _half(file: File) -> bytes:
    return file.written[: len(file.written) // 2]


def _mixture(random: Random) -> Data:
    def mixed(file: File) -> bytes:
        pages = [file.written[at : at + _PAGE] for at in range(0, len(file.written), _PAGE)]
        kept = pages[: random.randint(0, len(pages))]
        return b"".join(page if random.random() < 0.5 else bytes(len(page)) for page in kept)

    return mixed
