"""Sounds: rewrites before the phonetic code, and what is mistaken for what."""

import re

import jellyfish
import pytest

from tests.index.tables import read

REWRITES = [
    (re.compile(row["pattern"]), row["replacement"].replace("-", "")) for row in read("sounds.tsv")
]
CLASSES = {row["sound"]: row["class"] for row in read("confusions.tsv")}


def code(word: str) -> str:
    """Return the phonetic code of a word after the rewrites."""
    for pattern, replacement in REWRITES:
        word = pattern.sub(replacement, word)
    return jellyfish.metaphone(word)


def confused(word: str) -> str:
    """Return the classes of a code, a repeated one once."""
    classes = "".join(CLASSES[letter] for letter in code(word))
    return re.sub(r"(.)\1+", r"\1", classes)


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("schedule", "skedule"),
        ("schedule", "shedule"),
        ("synchronise", "syncronise"),
        ("chrome", "krome"),
        ("technical", "teknikal"),
        ("anchor", "ankor"),
        ("architecture", "arkitecture"),
        ("mechanism", "mekanism"),
        ("psychology", "sikology"),
        ("enough", "enuf"),
        ("design", "dezine"),
        ("account", "acount"),
        ("science", "sience"),
        ("receipt", "reseet"),
        ("column", "colum"),
        ("phone", "fone"),
        ("knife", "nife"),
        ("queue", "kew"),
    ],
)
def test_a_word_and_its_sound_have_one_code(word: str, heard: str) -> None:
    assert code(word) == code(heard)


@pytest.mark.parametrize("word", ["cache", "searches", "danger", "password", "number", "pst"])
def test_a_rewrite_spares_words_that_sound_as_written(word: str) -> None:
    assert code(word) == jellyfish.metaphone(word)


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("light", "right"),
        ("very", "berry"),
        ("version", "wersion"),
        ("file", "pile"),
        ("website", "wepsite"),
        ("think", "tink"),
        ("think", "sink"),
        ("job", "chob"),
        ("house", "ouse"),
        ("update", "apdate"),
    ],
)
def test_what_some_ears_mistake_shares_a_class(word: str, heard: str) -> None:
    assert confused(word) == confused(heard)


def test_a_last_sound_that_goes_unheard_is_one_of_the_code() -> None:
    last = {sound[0] for sound in CLASSES if sound.endswith("$")}
    assert last <= {sound for sound in CLASSES if len(sound) == 1}
    assert {CLASSES[f"{sound}$"] for sound in last} == {"-"}


def test_every_letter_of_the_code_has_a_class() -> None:
    letters = {sound for sound in CLASSES if not sound.endswith("$")}
    assert letters == set("0ABEFHIJKLMNOPRSTUWXY")
    assert {CLASSES[name] for name in letters} <= letters
