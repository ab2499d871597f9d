"""Spellings: the table, the rules, and that neither undoes the other."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.tables import read, respell, rules

ROOT = Path(__file__).resolve().parents[2]
RULES = rules()
VARIANTS = {row["form"]: row["canonical"] for row in read("variants.tsv")}

OTHER_WORDS = """
advertise advise appraise arise braise bruise chastise chemise circumcise clockwise comprise
compromise concise cruise demise despise devise disable disabled disguise enfranchise enterprise
excise exercise expertise fundraiser improvise improvisation incise liaise likewise malvertising
merchandise miser mortise noise otherwise paradise poise practise praise precise premise promise
raise revise rise sunrise supervise surprise televise tortoise treatise turquoise uprising visor
wise contour detour flour four hour our pour sour tour troubadour velour your
acre genre massacre mediocre ogre timbre metre
called controlled excelled filled installed patrolled propelled rebelled rolled skilled
changeable noticeable malleable permeable agreeable programme prologue complexion
daemon aerial maestro shoestring shoes canoe phoenix science silence greyhound
"""


def canonical(word: str) -> str:
    """Return the table's answer, or that of the rules."""
    return VARIANTS.get(word) or respell(word, RULES)


def test_a_canonical_spelling_is_never_a_form() -> None:
    assert {form: word for form, word in VARIANTS.items() if word in VARIANTS} == {}


def test_a_form_is_one_word_and_differs_from_its_canonical_spelling() -> None:
    assert [form for form, word in VARIANTS.items() if form == word or " " in form + word] == []


def test_regions_are_known_letters_in_one_order() -> None:
    order = "BZCAIU"
    tables = read("variants.tsv") + read("readings.tsv")
    regions = {row["region"] for row in tables}
    assert [
        region for region in regions if "".join(c for c in order if c in region) != region
    ] == []


def test_rules_leave_every_canonical_spelling_alone() -> None:
    assert [word for word in VARIANTS.values() if respell(word, RULES) != word] == []


def test_rules_contradict_no_row_of_the_table() -> None:
    found = {form: respell(form, RULES) for form in VARIANTS}
    assert {f: w for f, w in found.items() if w not in (f, VARIANTS[f])} == {}


def test_no_table_explains_itself_in_a_spelling_that_is_not_canonical() -> None:
    words = [word for row in read("readings.tsv") for word in (row["word"], row["also"])]
    words += [word for row in read("abbreviations.tsv") for word in row["long"].split()]
    words += [row["joined"] for row in read("compounds.tsv")]
    assert [word for word in words if canonical(word) != word] == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("containerisation", "containerization"),
        ("dockerised", "dockerized"),
        ("prioritising", "prioritizing"),
        ("colourisation", "colorization"),
        ("multicoloured", "multicolored"),
        ("datacentres", "datacenters"),
        ("recentring", "recentering"),
        ("relabelled", "relabeled"),
        ("travellers", "travelers"),
        ("cataloguing", "cataloging"),
        ("analysed", "analyzed"),
        ("licences", "licenses"),
        ("anaesthetising", "anesthetizing"),
        ("manoeuvred", "maneuvered"),
        ("greyscale", "grayscale"),
        ("enrolment", "enrollment"),
        ("scaleable", "scalable"),
        ("targetted", "targeted"),
        ("judgemental", "judgmental"),
        ("kilometres", "kilometers"),
    ],
)
def test_rules_alone_know_a_spelling(word: str, expected: str) -> None:
    assert respell(word, RULES) == expected


@pytest.mark.parametrize("word", OTHER_WORDS.split())
def test_rules_leave_other_words_alone(word: str) -> None:
    assert respell(word, RULES) == word


@pytest.mark.parametrize("word", ["cheque", "tyre", "storey", "programme", "metre", "practise"])
def test_a_spelling_that_carries_meaning_is_a_reading_and_no_variant(word: str) -> None:
    assert canonical(word) == word
    assert word in {row["word"] for row in read("readings.tsv")}


def test_the_table_is_what_the_script_builds() -> None:
    script = ROOT / "scripts" / "make-variants"
    run = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_a_pattern_keeps_its_alternatives_in_a_group() -> None:
    open_ones = []
    for rule in RULES:
        rest = rule.pattern.pattern
        while (less := re.sub(r"\([^()]*\)", "", rest)) != rest:
            rest = less
        if "|" in rest:
            open_ones.append(rule.pattern.pattern)
    assert open_ones == []
