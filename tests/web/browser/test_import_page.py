"""A bad mapping mended by hand in a browser, saved, and used on the command line."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.patience import PAGE_PATIENCE
from tests.web.server import serving

TABLE = "Nr,Worum,Loesung\n1,Kein Papier,Fach 3\n2,Kein Netz,\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with an empty store."""
    settings = Settings(home=tmp_path / "home", database_url="")
    KnowledgeBase.open(settings).close()
    return settings.home


@pytest.fixture
def address(home: Path) -> Iterator[str]:
    """Where a server over it answers."""
    with serving(home) as running:
        yield running.address


def run(home: Path, *arguments: str) -> str:
    """Return what a command prints."""
    command = [sys.executable, "-m", "kbsearch", *arguments]
    environment = {**os.environ, "KBSEARCH_HOME": str(home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_mapping_mended_in_the_browser_serves_the_command_line(
    browser: Browser, address: str, home: Path, tmp_path: Path
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text(TABLE)
    page = browser.new_page(base_url=address)
    page.set_default_timeout(1000 * PAGE_PATIENCE)
    page.goto("/import")
    page.get_by_label("A file from your computer").set_input_files(table)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_text("has no column that can be searched")).to_be_visible()
    page.get_by_label("What Nr is taken for").select_option("Reference")
    page.get_by_label("What Worum is taken for").select_option("Subject")
    page.get_by_label("What Loesung is taken for").select_option("Resolution")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("1 · Kein Papier")).to_be_visible()
    page.get_by_label("Name of this mapping").fill("german")
    page.get_by_role("button", name="Save the mapping").click()
    expect(page.get_by_role("status")).to_contain_text("--mapping german")
    page.close()

    run(home, "import", str(table), "--mapping", "german")

    assert "Fach 3" in run(home, "show", "1")
