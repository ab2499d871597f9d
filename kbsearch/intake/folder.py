"""Find the files to import among the paths that were named."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kbsearch.errors import FileUnreadable
from kbsearch.intake.archive import ENDING, Member, is_archive, members
from kbsearch.intake.columns import listed
from kbsearch.intake.mail.folder import (
    MAILDIR_FOLDERS,
    MailFolder,
    holds_mails,
    is_mail,
    is_maildir,
)
from kbsearch.intake.opening import InputFile, shortened
from kbsearch.intake.readers.registry import READERS, has_reader
from kbsearch.intake.rejects import is_rejects_file


@dataclass(slots=True)
class FoundFiles:
    """The files to import, in order, what is wrong with others, and which no reader knows."""

    files: list[InputFile] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def find_files(paths: Sequence[Path], encoding: str = "") -> FoundFiles:
    """Return each file that is named, and those in each folder that is named.

    Of a folder: every file that a reader knows by its name, in the folders below it too, in natural
    order; the mails of one folder count as one file, and the files of an archive come in its place.
    Hidden files and folders, rejects files and links are passed over, so that nothing outside the
    folder is read. A file comes once, however often it is named.
    """
    found = FoundFiles()
    seen: set[Path] = set()
    for path in paths:
        for name in _named(path, found):
            place = name.resolve()
            if place in seen:
                continue
            seen.add(place)
            try:
                if is_archive(name):
                    _unpack(name, found, encoding)
                else:
                    found.files.append((MailFolder if name.is_dir() else InputFile)(name, encoding))
            except FileUnreadable as error:
                found.problems.append(str(error))
    return found


def _unpack(path: Path, found: FoundFiles, encoding: str) -> None:
    """Add the files of an archive. Raises FileUnreadable if it cannot be read."""
    before = len(found.files), len(found.problems)
    unknown = []
    for info in sorted(members(path), key=lambda info: natural_order(info.filename)):
        name = Path(info.filename)
        if not has_reader(name) and not is_archive(name):
            unknown.append(info.filename)
            continue
        try:
            found.files.append(Member(path, info, encoding))
        except FileUnreadable as error:
            found.problems.append(str(error))
    if before == (len(found.files), len(found.problems)):
        found.problems.append(f"{path} holds no file to import; {_endings()}.")
    elif unknown:
        found.notes.append(shortened(f"{path}: passed over {listed(unknown)}; {_endings()}."))


def _endings() -> str:
    return f"its name must end in one of {', '.join((*READERS, ENDING))}"


def _named(path: Path, found: FoundFiles) -> list[Path]:
    if not path.is_dir():
        return [path]
    names = list(_walk(path, found))
    if not names:
        found.problems.append(f"{path} holds no file to import; {_endings()}.")
    return names


def _walk(top: Path, found: FoundFiles) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        found.problems.append(
            f"{error.filename} cannot be read ({error.strerror}); check who may read it."
        )

    for folder, below, names in os.walk(top, onerror=refuse):
        place = Path(folder)
        below[:] = sorted((name for name in below if _is_entered(place, name)), key=natural_order)
        try:
            if holds_mails(place):
                yield place
        except FileUnreadable as error:
            found.problems.append(str(error))
        for name in sorted(names, key=natural_order):
            path = Path(folder, name)
            if name.startswith(".") or is_rejects_file(path) or path.is_symlink():
                continue
            known = has_reader(path) and not is_mail(path)
            if (known or is_archive(path)) and path.is_file():
                yield path


def natural_order(name: str) -> tuple[tuple[int, str], ...]:
    """Return what names are sorted by so that their numbers count as numbers.

    >>> sorted(["part-10.csv", "part-2.csv"], key=natural_order)
    ['part-2.csv', 'part-10.csv']
    """
    parts = re.split(r"(\d+)", name)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _is_entered(folder: Path, name: str) -> bool:
    """Tell whether a folder below one is looked into: a Maildir has others of its kind in it."""
    if is_maildir(folder):
        return name not in MAILDIR_FOLDERS and (name[:1] != "." or is_maildir(folder / name))
    return not name.startswith(".")
