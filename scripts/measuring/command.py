"""Read and write what both commands share."""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path


def some_of(kind: str, known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of names with commas between them; it returns them in the known order."""

    def read(text: str) -> tuple[str, ...]:
        wanted = text.split(",")
        if unknown := set(wanted).difference(known):
            raise argparse.ArgumentTypeError(f"there is no {kind} {', '.join(sorted(unknown))}")
        return tuple(name for name in known if name in wanted)

    return read


def write_figures(path: Path | None, figures: object) -> None:
    """Write the figures for programs, if a file is named."""
    if path:
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
