"""Print what an import would do."""

from rich.console import Console
from rich.text import Text

from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import write
from kbsearch.records.import_preview import FilePreview, ImportPreview
from kbsearch.records.message import Message
from kbsearch.records.ticket import TicketFields

_WIDEST = 30
"""Letters of the name of a column."""
_TICKETS = 3
"""Tickets of a file that are shown."""
_SHOWN = 200
"""Characters of a field that are shown."""


def print_preview(console: Console, preview: ImportPreview) -> None:
    """Print the columns and the first tickets of each file."""
    for file in preview.files:
        if file.columns:
            write(console, Text(clean(file.path), style="bold"))
            _print_columns(console, file)
            for row in file.rows[:_TICKETS]:
                _print_ticket(console, row)


def _print_columns(console: Console, file: FilePreview) -> None:
    width = min(_WIDEST, max(len(column.name) for column in file.columns))
    taken = max(len(column.field or "nothing") for column in file.columns)
    for column in file.columns:
        name = clean(column.name)[:width]
        line = Text(f"  {name:<{width}}  ")
        line.append(f"{column.field or 'nothing':<{taken}}", "" if column.field else "dim")
        line.append("  " + clean(" | ".join(column.samples)), "dim")
        console.print(line, no_wrap=True, overflow="ellipsis", crop=True)


def _print_ticket(console: Console, row: TicketFields) -> None:
    write(console, "")
    for name, value in row.items():
        if value:
            console.print(
                Text(f"  {name}: {clean(_shown(value))}"),
                no_wrap=True,
                overflow="ellipsis",
                crop=True,
            )


def _shown(value: object) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], Message):
        return f"{len(value)} from {', '.join(dict.fromkeys(one.role.value for one in value))}"
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return " ".join(text[: 4 * _SHOWN].split())[:_SHOWN]
