"""What the commands print with: colours and bars on a terminal, plain text anywhere else."""

import io
import sys

from rich.console import Console
from rich.text import Text

from kbsearch.cli.steering import clean

WIDEST = 100
"""Columns of a line at most: longer ones are hard to read."""
READER_GONE = 141
"""The exit code when no one reads what is printed: 128 and SIGPIPE, as shells count."""


class _Console(Console):
    """A console that ends quietly when its reader is gone, as other commands in a pipe do."""

    def on_broken_pipe(self) -> None:
        try:
            super().on_broken_pipe()
        except SystemExit:
            raise SystemExit(READER_GONE) from None


def prepare_streams() -> None:
    """Let a terminal that lacks a letter show its number rather than stop the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def output() -> Console:
    """Return the console for what was asked for."""
    console = _Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST)
    return console


def errors() -> Console:
    """Return the console for everything else: errors, bars, remarks."""
    return _Console(stderr=True, highlight=False, markup=False, emoji=False)


def write(console: Console, text: str | Text) -> None:
    """Print a sentence: wrapped between words on a terminal, one line anywhere else."""
    console.print(_harmless(text), soft_wrap=not console.is_terminal)


def _harmless(text: str | Text) -> Text:
    """Return a text that cannot steer the terminal; whatever is printed comes through here."""
    shown = Text(clean(text)) if isinstance(text, str) else text.copy()
    shown.plain = clean(shown.plain)
    return shown


def write_labelled(console: Console, label: str, text: Text, indent: int = 12) -> None:
    """Print a label at the left and the text next to it, wrapped; no line ends in spaces."""
    head = Text(clean(label).ljust(indent), style="dim")
    for line in _harmless(text).wrap(console, max(console.width - indent, 20)):
        line.rstrip()
        row = Text.assemble(head, line)
        row.rstrip()
        console.print(row, soft_wrap=True)
        head = Text(" " * indent)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> count(1, "ticket"), count(12345, "ticket"), count(0, "query", "queries")
    ('1 ticket', '12,345 tickets', '0 queries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(octets: int) -> str:
    """Return a size in the unit that fits.

    >>> size(999), size(1_500), size(45_200_000)
    ('999 bytes', '1.5 kB', '45.2 MB')
    """
    if octets < 1000:
        return count(octets, "byte")
    amount = float(octets)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 999.95:
            return f"{amount:.1f} {unit}"
    return f"{amount / 1000:.1f} TB"
