"""Take the files of a ZIP archive as files to import, each by its own path."""

import stat
import zipfile
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import RATIO, InputFile, is_bomb

ENDING = ".zip"
MEMBERS = 10_000
"""Files in one archive."""
_ENCRYPTED = 0x1


class Member(InputFile):
    """One file in an archive, such as `calls.zip!/may/calls.csv`; `place` is its own among all."""

    def __init__(self, archive: Path | str, place: int, encoding: str = "") -> None:
        self._archive = Path(archive)
        self._place = place
        self._info = _opened(self._archive).infolist()[place]
        super().__init__(f"{archive}!/{self._info.filename}", encoding)

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What it is opened with again, by this process or another."""
        return str(self._archive), self._place, self.encoding

    def _open(self) -> BinaryIO:
        try:
            return cast(BinaryIO, _opened(self._archive).open(self._info))
        except (OSError, ValueError, RuntimeError, zipfile.BadZipFile) as error:
            raise FileUnreadable(
                f"{self.path} cannot be unpacked ({error}); pack it again, or import it unpacked."
            ) from None

    def _check(self) -> int:
        why = _refusal(self._info)
        if why:
            raise FileUnreadable(f"{self.path} {why}; import it by itself.")
        return self._info.file_size


def members(path: Path) -> dict[int, zipfile.ZipInfo]:
    """Return place -> file of an archive, without those that are hidden.

    Raises FileUnreadable if it cannot be read, or unpacks to more than any export does.
    """
    size = InputFile(path).size
    infos = {
        place: info for place, info in enumerate(_opened(path).infolist()) if not _is_hidden(info)
    }
    unpacked = sum(info.file_size for info in infos.values())
    if len(infos) > MEMBERS or is_bomb(unpacked, size):
        raise FileUnreadable(
            f"{path} holds {len(infos):,} files of {unpacked:,} bytes; the limits are {MEMBERS:,}"
            f" files and {RATIO} times the size of the archive. Import its files by themselves."
        )
    return infos


def _opened(path: Path) -> zipfile.ZipFile:
    """Return an archive. Raises FileUnreadable if it is none."""
    try:
        return _last_opened(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile) as error:
        raise FileUnreadable(
            f"{path} is no whole ZIP archive ({error}); copy or download it again, then import it"
            " again."
        ) from None


@lru_cache(maxsize=1)
def _last_opened(path: Path, _changed: int) -> zipfile.ZipFile:
    """Return an archive; its list of files is read once for all of them."""
    return zipfile.ZipFile(path)


def is_archive(path: Path) -> bool:
    """Whether a file of this name is an archive of files."""
    return path.suffix.casefold() == ENDING


def _is_hidden(info: zipfile.ZipInfo) -> bool:
    """Whether this is a folder, or what a Mac or an editor keeps next to a file."""
    parts = PurePosixPath(info.filename).parts
    return info.is_dir() or "__MACOSX" in parts or (bool(parts) and parts[-1].startswith("."))


def _refusal(info: zipfile.ZipInfo) -> str:
    """Return why a file of an archive is not opened, as the end of a sentence, or ""."""
    name = PurePosixPath(info.filename)
    if name.is_absolute() or ".." in name.parts or "\\" in info.filename:
        return "has a path that leads out of its archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if is_archive(Path(info.filename)):
        return "is an archive inside an archive"
    if is_bomb(info.file_size, info.compress_size):
        return "unpacks to more than any export does"
    return ""
