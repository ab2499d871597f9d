"""Nothing that is printed steers the terminal, hides on it or turns its direction."""

import json
import unicodedata
from pathlib import Path
from typing import cast

import pytest

from kbsearch.cli.steering import clean, escaped
from kbsearch.records.ticket import FIELDS, TicketFields
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.cli.conftest import Command

HARMLESS = {"\n", "\t"}
STEERING = [
    sign
    for sign in map(chr, range(0x110000))
    if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} and sign not in HARMLESS
]
TYPED = "x\u202ey\u2066\u2069\u061c\u200b\u200f\u2028\ufeff\u00ad\U000e0041z"
"""What a caller may paste: one of each kind."""


def hidden(text: str) -> list[str]:
    """Return the names of what steers in a text."""
    return [f"U+{ord(sign):04X}" for sign in text if sign in STEERING]


@pytest.mark.parametrize("sign", STEERING, ids=lambda sign: f"U+{ord(sign):04X}")
def test_no_such_character_stays_between_letters(sign: str) -> None:
    shown = clean(f"a{sign}b")
    assert (len(shown), hidden(shown)) == (3, [])
    assert json.loads(escaped(json.dumps(f"a{sign}b", ensure_ascii=False))) == f"a{sign}b"
    assert hidden(escaped(json.dumps(f"a{sign}b", ensure_ascii=False))) == []


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # family
        "\u2764\ufe0f\u200d\U0001f525",  # heart on fire
        "\U0001f469\U0001f3fd\u200d\U0001f4bb",  # woman at a computer, with a skin tone
        "\u0915\u094d\u200d\u0937",  # half ka, ssa
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian: I want
        "\u2600\ufe0f sunny",
    ],
    ids=ascii,
)
def test_what_writing_needs_stays(text: str) -> None:
    assert clean(text) == text


def test_variation_selectors_do_not_pile_up() -> None:
    assert clean("a\ufe0f\ufe0f \ufe0f") == "a\ufe0f\ufffd \ufffd"


@pytest.fixture
def desk(home: Path, call: Command) -> Command:
    """Run a command where every text of a ticket steers, and the path of the data folder, too."""
    kb = KnowledgeBase.open(Settings(home=home, database_url=""))
    kb.parts.index.reindex()
    texts = {name: f"printer {name} {TYPED}" for name in FIELDS if name in TEXTS}
    given = {"reference": f"R{TYPED}", "tags": (f"tag{TYPED}",), **texts}
    kb.local.tickets.add(cast(TicketFields, given))
    kb.local.tickets.add(
        TicketFields(reference="N-1", subject=f"PRN-10{TYPED}", resolution=f"printer {TYPED}")
    )
    kb.close()
    return call


TEXTS = ("subject", "problem", "environment", "cause", "resolution", "product", "category")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("search", f"printer {TYPED}"),
    ("search", "--explain", "printer"),
    ("search", "--json", f"printer {TYPED}"),
    ("search", "--product", f"none{TYPED}", "printer"),
    ("search", f"product:none{TYPED} printer"),
    ("search", f"since:{TYPED} printer"),
    ("search", f"PRN-11{TYPED}"),
    ("search", f"--option{TYPED}"),
    ("search", "printer", "--limit", TYPED),
    ("search", "printer", "--from", TYPED),
    ("search", "printer", "--kind", TYPED),
    ("search",),
    ("show", f"R{TYPED}"),
    ("show", "--json", f"R{TYPED}"),
    ("show", f"none{TYPED}"),
    ("show", "--source", TYPED, "N-1"),
    ("show", "a", TYPED),
    ("similar", f"R{TYPED}"),
    ("similar", "N-1", "--explain"),
    ("similar", "N-1", "--json"),
    ("similar", "--text", f"printer {TYPED}"),
    ("suggest", "pri"),
    ("suggest", "--json", "pri"),
    ("outcome", f"none{TYPED}", "--solved"),
    ("outcome", f"R{TYPED}", "--solved", "--call", TYPED),
    ("delete", f"none{TYPED}"),
    ("delete", f"R{TYPED}", "--yes", TYPED),
    ("undelete", f"none{TYPED}"),
    ("stats",),
    ("stats", "--json"),
    ("stats", TYPED),
    ("import", f"none{TYPED}.csv"),
    ("import", "FOLDER"),
    ("import", "FOLDER", "--map", f"{TYPED}=x"),
    ("gate", "add", f"printer {TYPED}", f"R{TYPED}"),
    ("gate",),
    ("gate", TYPED),
    ("run", "FOLDER", "--output", TYPED),
    ("synonyms", "add", f"mfp {TYPED}", "printer", "--note", TYPED),
    ("synonyms", "list"),
    (TYPED,),
    (f"--{TYPED}",),
    ("reindex", TYPED),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii(" ".join(command[:2])))
def test_no_command_prints_what_steers(
    desk: Command, tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder = tmp_path / f"files{TYPED}"
    folder.mkdir()
    header = f"id,subject,what{TYPED}\n"
    (folder / f"a{TYPED}.csv").write_text(f"{header}{TYPED},{TYPED},x\n,y,z\n", encoding="utf-8")
    (folder / f"b{TYPED}.csv").write_text(f"{TYPED}\n1\n", encoding="utf-8")
    desk("gate", "add", f"printer {TYPED}", "N-1")
    result = desk(*(str(folder) if part == "FOLDER" else part for part in command))
    assert result.exit_code != 70, result.output
    assert hidden(result.stdout) == []
    assert hidden(result.stderr) == []


def test_json_says_what_stands_there(desk: Command) -> None:
    printed = desk("show", "--json", f"R{TYPED}").stdout
    assert r"x\u202ey\u2066\u2069\u061c\u200b\u200f\u2028\ufeff\u00ad\udb40\udc41z" in printed
    assert json.loads(printed)["subject"] == f"printer subject {TYPED}"
