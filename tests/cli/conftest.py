"""Commands run as people run them, on a knowledge base of a few tickets."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kbsearch
from kbsearch.cli.main import main
from kbsearch.progress import silent
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import Kind, TicketFields
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.patience import PATIENCE, PATIENT

Command = Callable[..., Result]
Process = Callable[..., subprocess.CompletedProcess[str]]
CALL = "from kbsearch.cli.main import main; main(prog_name='kbsearch')"

TICKETS = (
    TicketFields(
        reference="T-1",
        subject="Color printer jams",
        problem="The color printer jams on every second page since it was moved.",
        resolution="Reseat the paper tray and clean the rollers.",
        product="Printers",
        status="resolved",
        tags=("paper", "hardware"),
        created_at=datetime(2026, 1, 5, tzinfo=UTC),
        resolved_at=None,
        messages=(Message("Kim", Role.AGENT, None, False, "Asked them twice.\n\n> Is it\n> on?"),),
    ),
    TicketFields(
        reference="T-2",
        subject="Outlook asks for the password again and again",
        problem="Since the update Outlook keeps asking for the password, error 0x80070005.",
        product="Outlook",
        raw={"problem": "<p>Since the update\x1b[2J <b>Outlook</b> keeps asking</p>"},
        created_at=datetime(2026, 2, 5, tzinfo=UTC),
    ),
    TicketFields(
        reference="A-1",
        kind=Kind.ARTICLE,
        subject="How to print on both sides",
        resolution="Open the printer settings and choose duplex.",
        product="Printers",
    ),
)


def environment(home: Path) -> dict[str, str]:
    """Return an environment that names this data folder and no other setting."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("KBSEARCH_")}
    for name in ("COLUMNS", "FORCE_COLOR", "EDITOR", "VISUAL"):
        kept.pop(name, None)
    return {
        **kept,
        **PATIENT,
        "KBSEARCH_HOME": str(home),
        "PYTHONPATH": str(Path(kbsearch.__path__[0]).parent),
    }


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a few tickets and their index; only for commands that read."""
    home = tmp_path_factory.mktemp("filled") / "home"
    fill(home)
    return home


def fill(home: Path) -> None:
    """Put the tickets in a data folder and index them."""
    kb = KnowledgeBase.open(Settings(home=home, database_url=""))
    kb.parts.index.reindex(silent)
    for fields in TICKETS:
        kb.local.tickets.add(fields)
    kb.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture
def empty_store(home: Path) -> None:
    """Make the data folder, and in it a store without tickets and without an index."""
    KnowledgeBase.open(Settings(home=home, database_url="")).close()


@pytest.fixture
def ask(filled_home: Path) -> Command:
    """Run a command on the filled knowledge base."""
    return _runner(filled_home)


@pytest.fixture
def call(home: Path) -> Command:
    """Run a command on a knowledge base of the test's own, empty at first."""
    return _runner(home)


@pytest.fixture
def process(home: Path) -> Process:
    """Run a command in a process of its own."""

    def run(
        *arguments: str, folder: Path = home, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", CALL, *arguments],
            env={**environment(folder), **variables},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    return run


def _runner(home: Path) -> Command:
    def run(*arguments: str, typed: str = "", **variables: str | None) -> Result:
        settings = {name: None for name in os.environ if name.startswith("KBSEARCH_")}
        quiet = dict.fromkeys(("COLUMNS", "FORCE_COLOR", "EDITOR", "VISUAL"))
        env = {**settings, **quiet, "KBSEARCH_HOME": str(home), **PATIENT, **variables}
        return CliRunner(env=env).invoke(main, arguments, input=typed, prog_name="kbsearch")

    return run
