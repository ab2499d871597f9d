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

NOTES = 100
"""Paths that are noted because they are no files; of more, the number is."""


@dataclass(slots=True)
class FoundFiles:
    """The files to import, in order, what is wrong with others, and what is passed over."""

    files: list[InputFile] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    passed_over: int = 0

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    def pass_over(self, path: Path, why: str) -> None:
        """Note a path that is not read; of very many, the first and how many more."""
        self.passed_over += 1
        if self.passed_over <= NOTES:
            self.notes.append(f"{path} {why}.")

    def close(self) -> None:
        """Note how many paths were passed over without a note."""
        if self.passed_over > NOTES:
            self.notes.append(f"{self.passed_over - NOTES:,} more paths were passed over.")


def find_files(paths: Sequence[Path], encoding: str = "") -> FoundFiles:
    """Return each file that is named, and those in each folder that is named.

    Of a folder: every file that a reader knows by its name, in the folders below it too, in natural
    order; the mails of one folder count as one file, and the files of an archive come in its place.
    Hidden files and folders, rejects files and links are passed over, so that nothing outside the
    folder is read; links are noted. A file comes once, however often it is named.
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
    found.close()
    return found


def _unpack(path: Path, found: FoundFiles, encoding: str) -> None:
    """Add the files of an archive. Raises FileUnreadable if it cannot be read."""
    before = len(found.files), len(found.problems)
    unknown = []
    inside = members(path).items()
    for place, info in sorted(inside, key=lambda member: natural_order(member[1].filename)):
        name = Path(info.filename)
        if not has_reader(name) and not is_archive(name):
            unknown.append(info.filename)
            continue
        try:
            found.files.append(Member(path, place, encoding))
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
        for name in below:
            _is_ordinary(place / name, found)
        try:
            if holds_mails(place):
                yield place
        except FileUnreadable as error:
            found.problems.append(str(error))
        for path in (place / name for name in sorted(names, key=natural_order)):
            if _is_known(path) and _is_ordinary(path, found) and not is_mail(path):
                yield path


def _is_known(path: Path) -> bool:
    """Tell whether the name of a path says that it is a file to import."""
    hidden = path.name.startswith(".") or is_rejects_file(path)
    return not hidden and (has_reader(path) or is_archive(path))


def _is_ordinary(path: Path, found: FoundFiles) -> bool:
    """Tell whether a path of a folder is what its name says, and note it if it is not."""
    if path.is_symlink():
        found.pass_over(path, "is a link, and was passed over; import what it leads to by its name")
    elif path.is_dir():
        if _is_known(path):
            found.pass_over(path, "is a folder by the name of a file; the files in it are read")
    elif not path.is_file():
        found.pass_over(path, "is no ordinary file, and was passed over; copy what it holds")
    else:
        return True
    return False


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
