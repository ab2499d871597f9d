"""The surface words of a build on disk: one file made with it, one that grows."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kbsearch.analysis.sounds import Sounds, sounds
from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.document import IndexToken
from kbsearch.engines.words import WordRow
from kbsearch.errors import IndexDamaged

BUILT = "words.tsv"
ADDED = "words-added.tsv"


def count_words(words: Counter[str], tokens: Iterable[IndexToken]) -> None:
    """Add to each surface word of a ticket the one ticket that holds it."""
    words.update({token.surface for token in tokens if token.kind is TokenKind.WORD})


def write_words(path: Path, words: Counter[str]) -> None:
    """Write all words of a build with their sounds."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(words))


def append_words(path: Path, words: Counter[str]) -> None:
    """Add the words of tickets that were taken in since the build.

    A last line that a crash left unfinished is dropped: its ticket is taken in again.
    """
    with path.open("a+b") as file:
        if file.tell():
            _drop_unfinished_line(file)
        file.writelines(line.encode() for line in _lines(words))


def read_words(path: Path, *, growing: bool = False) -> Iterator[WordRow]:
    """Yield the words of a file. Raises IndexDamaged for a line that cannot be read.

    growing  it may not be there yet, and its last line may still be written.
    """
    if growing and not path.exists():
        return
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if growing and not line.endswith("\n"):
                return
            try:
                word, count, *codes = line.removesuffix("\n").split("\t")
                yield WordRow(word, int(count), Sounds(*codes))
            except (ValueError, TypeError):
                raise IndexDamaged(
                    f"{path}, line {number} cannot be read; run: kbsearch reindex"
                ) from None


def _drop_unfinished_line(file: BinaryIO) -> None:
    file.seek(-1, os.SEEK_END)
    if file.read(1) != b"\n":
        file.seek(0)
        file.truncate(file.read().rfind(b"\n") + 1)


def _lines(words: Counter[str]) -> Iterable[str]:
    for word, count in words.items():
        yield "\t".join((word, str(count), *sounds(word))) + "\n"
