"""The documentation says what the code does, and its links lead somewhere."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kbsearch.cli.main import main
from kbsearch.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("**/*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
TEST_SWITCHES = {"KBSEARCH_REQUIRE_POSTGRESQL", "KBSEARCH_REQUIRE_BROWSER"}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def anchors(page: Path) -> set[str]:
    """Return the names that the headings of a page can be linked by."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_generated_pages_are_as_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "docs", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize(
    "command",
    [
        click.Command("silent"),
        click.Command("half", help="Do it.", params=[click.Option(["--how"])]),
    ],
    ids=["no help", "an option without help"],
)
def test_a_command_that_says_nothing_about_itself_is_an_error(command: click.Command) -> None:
    docs = runpy.run_path(str(ROOT / "scripts" / "docs"))
    with pytest.raises(docs["Undocumented"], match="is not documented"):
        docs["command_section"](command, click.Context(command, info_name="kbsearch"))


@each_page
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text("utf-8")):
        target, _, anchor = link.partition("#")
        path = (page.parent / target) if target else page
        if not target.startswith(("http://", "https://")) and (
            not path.exists() or (anchor and anchor not in anchors(path))
        ):
            broken.append(link)
    assert broken == []


def test_the_index_of_the_documentation_names_every_page() -> None:
    linked = set(LINK.findall((ROOT / "docs" / "README.md").read_text("utf-8")))
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in PAGES[2:]} - {"README.md"}
    assert pages - linked == set()


@each_page
def test_every_command_that_is_shown_exists(page: Path) -> None:
    lines = re.findall(r"^(?: {4}|\$ |)kbsearch ([a-z]\S*)", page.read_text("utf-8"), re.MULTILINE)
    assert set(lines) - set(main.list_commands(main.make_context("kbsearch", ["search"]))) == set()


@each_page
def test_every_setting_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"KBSEARCH_[A-Z_]+", page.read_text("utf-8")))
    assert (
        named - TEST_SWITCHES - {f"KBSEARCH_{name.upper()}" for name in Settings.model_fields}
        == set()
    )


def test_the_readme_and_the_checks_use_the_same_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    steps = re.findall(r"\./scripts/\w+", (ROOT / ".ci" / "run").read_text("utf-8"))
    assert {"./scripts/start", "./scripts/test"} <= set(steps)
    assert [step for step in steps if step not in readme] == []


PLAINER = {
    "anew": "again",
    "behind": "after",
    "beside": "next to, or besides",
    "nobody": "no person, or say who",
    "somebody": "a rep, an admin, a person",
    "stands": "is",
    "told": "said, or given",
    "whoever": "who",
}
"""A word that makes a sentence hard to read, and what to write in its place."""
MEANT = ("falls behind", "behind (changes")
"""Where such a word has its plain meaning, or is the name of something."""


@each_page
def test_pages_are_in_plain_english(page: Path) -> None:
    written = page.read_text("utf-8")
    if page.name == "rep-queries.md":  # its tables are what reps type and what tickets say
        written = re.sub(r"^\|.*$", "", written, flags=re.MULTILINE)
    text = re.sub(r"^    .*$|`[^`\n]+`", "", written, flags=re.MULTILINE)
    for meant in MEANT:
        text = text.replace(meant, "")
    found = {word for word in PLAINER if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
    assert {word: PLAINER[word] for word in found} == {}
