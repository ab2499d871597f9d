"""An index that another version of the analysis has made."""

from dataclasses import replace
from pathlib import Path

from kbsearch.engines.disk.generations.disk import Disk
from kbsearch.engines.disk.generations.generations import Generations


def make_outdated(folder: Path) -> None:
    """Let the index of a view say that another analysis made it."""
    generations = Generations(folder, Disk())
    content = replace(generations.current().content, fingerprint="0" * 16)
    with generations.writing() as writing:
        writing.extend(generations.open(), content)
