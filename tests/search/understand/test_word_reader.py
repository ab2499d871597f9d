"""Readings do not depend on how the lexicon finds its words."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, cast

import pytest

from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.plan import Phrase, Reading
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.lexicon.table import table_of
from kbsearch.records.index_state import IndexState
from kbsearch.search.understand.context import Context
from kbsearch.search.understand.word_reader import Neighbours, WordReader
from tests.lexicon.plain import PlainLexicon, word_counts
from tests.search.sample import sample_words

WORDS, TERMS = sample_words()
NONE = word_counts({})
ALL = word_counts(WORDS)
LEXICONS: dict[str, Lexicon] = {
    "built": Lexicon(table_of(ALL), NONE, lambda term: TERMS[term], WORDS.__getitem__),
    "added": Lexicon(table_of(NONE), ALL, lambda term: TERMS[term], WORDS.__getitem__),
}
PLAIN: Lexicon = PlainLexicon(WORDS, TERMS)
ASKED = """
printer prnter printr passwort pasword passwrd outlok calender kalender resolushun sinkronise
recieve fone invoise payslpi employe wifi passwordreset printerdriver teh a the xqzt calen conect
conection firmwear routr modem cheque colour barcode laptop preview dialogue café привет 42nd
""".split()


class WordsAlone(NamedTuple):
    """An index of which only the words are asked; of its tickets `pairs` stand side by side."""

    lexicon: Lexicon
    pairs: Mapping[tuple[str, ...], int]
    state: IndexState = IndexState(tickets=99, watermark=1, fingerprint="", size_bytes=0)

    def counts(self, phrases: Sequence[Phrase]) -> list[int]:
        return [self.pairs.get(phrase.terms, 0) for phrase in phrases]


def readings(
    lexicon: Lexicon,
    word: str,
    beside: Neighbours,
    pairs: Mapping[tuple[str, ...], int] = MappingProxyType({}),
) -> list[Reading]:
    index = cast("IndexSnapshot", WordsAlone(lexicon, pairs))
    return list(WordReader(index).readings(word, beside, Context(index, ()), prefix=True))


@pytest.mark.parametrize("kind", LEXICONS)
@pytest.mark.parametrize("word", ASKED)
def test_readings_are_those_that_looking_at_every_word_gives(word: str, kind: str) -> None:
    found = readings(LEXICONS[kind], word, Neighbours("", ""))
    expected = readings(PLAIN, word, Neighbours("", ""))
    weights = [one.weight for one in expected]
    assert [one.weight for one in found] == pytest.approx(weights, abs=1e-9)
    assert [(one.kind, one.terms, one.explanation) for one in found] == [
        (one.kind, one.terms, one.explanation) for one in expected
    ]


@pytest.mark.parametrize(
    ("before", "word", "behind"), [("pass", "word", ""), ("pay", "slip", "wi"), ("", "wi", "fi")]
)
def test_a_word_is_read_with_its_neighbours_alike(before: str, word: str, behind: str) -> None:
    beside = Neighbours(before, behind)
    found = readings(LEXICONS["built"], word, beside)
    assert [one.word for one in found] == [one.word for one in readings(PLAIN, word, beside)]


NOTES = {"note": 9, "notebook": 2, "book": 8, "pad": 3, "bookpad": 1}


def split(pairs: Mapping[tuple[str, ...], int]) -> list[str]:
    """Return the parts in which "notebookpad" is read, if these stand side by side in tickets."""
    words = Lexicon(table_of(word_counts(NOTES)), NONE, lambda _: 0)
    found = readings(words, "notebookpad", Neighbours("", ""), pairs)
    return [one.word for one in found if len(one.terms) > 1]


def test_a_word_run_together_is_read_as_the_two_parts_that_most_tickets_have_side_by_side() -> None:
    assert split({("notebook", "pad"): 2, ("note", "bookpad"): 1}) == ["notebook pad"]
    assert split({("notebook", "pad"): 1, ("note", "bookpad"): 2}) == ["note bookpad"]


def test_a_word_is_not_split_into_parts_that_stand_side_by_side_in_no_ticket() -> None:
    assert split({}) == split({("pad", "notebook"): 3}) == []


@pytest.mark.parametrize(("often", "joined"), [(1, False), (2, True)])
def test_two_words_are_one_unless_only_a_slip_joins_them(often: int, *, joined: bool) -> None:
    words = {"stapler": 150, "q": 150, "staplerq": often}
    lexicon = PlainLexicon(words, words)
    found = readings(lexicon, "q", Neighbours("stapler", ""))
    assert ("staplerq" in [one.word for one in found]) is joined
