"""Whatever goes wrong in a command ends here, as one sentence and an exit code."""

import errno
import os
import re
import secrets
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click
from rich.text import Text

from kbsearch import __version__
from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import READER_GONE, errors, write
from kbsearch.errors import KbsearchError, shown
from kbsearch.settings import load_settings

DEFECT = 70
"""The exit code of a defect of ours: EX_SOFTWARE of sysexits.h."""
INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 and the number of the signal, as shells count."""
_LONG = re.compile(r"\S{1000,}")
"""What no sentence repeats in full, longer than any name or path."""


class Failure(click.ClickException):
    """A sentence for the person at the terminal and a code for the script."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from either

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence to stderr."""
        del file
        write(errors(), Text.assemble(("Error: ", "bold red"), clean(self.message)))


@contextmanager
def translated() -> Iterator[None]:
    """Turn what is raised inside into what click shows and exits with."""
    try:
        yield
    except KbsearchError as error:
        raise Failure(str(error), error.exit_code) from error
    except KeyboardInterrupt:
        raise click.exceptions.Exit(INTERRUPTED) from None
    except click.UsageError as error:  # it may repeat what was typed
        sentence = _LONG.sub(lambda word: shown(word[0]), error.format_message())
        raise click.UsageError(clean(sentence), error.ctx) from error
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:  # the last stop before the person: no traceback
        if isinstance(error, OSError) and error.errno == errno.EPIPE:
            raise click.exceptions.Exit(READER_GONE) from None
        raise Failure(_incident(error), DEFECT) from error


def _incident(error: Exception) -> str:
    """Keep the traceback in a file and return the sentence that names it."""
    incident = secrets.token_hex(4)
    opening = f"Something went wrong inside kbsearch (incident {incident}); "
    try:
        log = _log(incident, error)
    except (KbsearchError, OSError):
        return opening + "its details could not be written down. Try it again."
    return opening + f"its details are in {log}. Try it again, and report it if it comes back."


def _folder() -> Path:
    """Return the data folder; where there is none, a new one for temporary files."""
    home = load_settings().home
    return home if home.exists() else Path(tempfile.mkdtemp(prefix="kbsearch-"))


def _log(incident: str, error: Exception) -> Path:
    log = _folder() / "errors.log"
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    head = f"{moment} incident {incident}, kbsearch {__version__}\n"
    descriptor = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(head + "".join(traceback.format_exception(error)) + "\n")
    return log
