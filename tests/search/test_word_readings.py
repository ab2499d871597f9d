"""Readings do not depend on how the lexicon finds its words."""

import pytest

from kbsearch.engines.base import Lexicon, Reading
from kbsearch.engines.lexicon.joined import IndexLexicon
from kbsearch.engines.lexicon.table import table_of
from kbsearch.search.word_readings import Neighbours, WordReader
from tests.engines.lexicon.plain import PlainLexicon, word_counts
from tests.search.sample import sample_words

WORDS, TERMS = sample_words()
NONE = word_counts({})
ALL = word_counts(WORDS)
LEXICONS: dict[str, Lexicon] = {
    "built": IndexLexicon(table_of(ALL), NONE, lambda term: TERMS[term]),
    "added": IndexLexicon(table_of(NONE), ALL, lambda term: TERMS[term]),
}
PLAIN: Lexicon = PlainLexicon(WORDS, TERMS)
ASKED = """
printer prnter printr passwort pasword passwrd outlok calender kalender resolushun sinkronise
recieve fone invoise payslpi employe wifi passwordreset printerdriver teh a the xqzt calen conect
conection firmwear routr modem cheque colour barcode laptop preview dialogue café привет 42nd
""".split()  # noqa: SIM905 - as in a list of words


def readings(lexicon: Lexicon, word: str, beside: Neighbours) -> list[Reading]:
    return list(WordReader(lexicon).readings(word, beside, prefix=True))


@pytest.mark.parametrize("kind", LEXICONS)
@pytest.mark.parametrize("word", ASKED)
def test_readings_are_those_that_looking_at_every_word_gives(word: str, kind: str) -> None:
    found = readings(LEXICONS[kind], word, Neighbours("", ""))
    expected = readings(PLAIN, word, Neighbours("", ""))
    weights = [one.weight for one in expected]
    assert [one.weight for one in found] == pytest.approx(weights, abs=1e-9)
    assert [(one.kind, one.terms, one.because) for one in found] == [
        (one.kind, one.terms, one.because) for one in expected
    ]


@pytest.mark.parametrize(
    ("before", "word", "behind"), [("pass", "word", ""), ("pay", "slip", "wi"), ("", "wi", "fi")]
)
def test_a_word_is_read_with_its_neighbours_alike(before: str, word: str, behind: str) -> None:
    beside = Neighbours(before, behind)
    found = readings(LEXICONS["built"], word, beside)
    assert [one.word for one in found] == [one.word for one in readings(PLAIN, word, beside)]


def test_a_word_run_together_is_read_as_its_likeliest_two_parts() -> None:
    counts = {"note": 9, "notebook": 2, "book": 8, "pad": 3, "bookpad": 1}
    words = IndexLexicon(table_of(word_counts(counts)), NONE, lambda _: 0)
    found = readings(words, "notebookpad", Neighbours("", ""))
    assert [one.word for one in found if len(one.terms) > 1] == ["notebook pad"]
