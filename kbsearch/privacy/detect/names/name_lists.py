"""What a capitalised word is, by itself."""

from enum import Enum
from functools import cache, lru_cache

from kbsearch.analysis.tables import read_table
from kbsearch.english import english_words
from kbsearch.privacy.detect.reading.normalised import folded
from kbsearch.privacy.detect.reading.words import words
from kbsearch.resources import resource


class Sort(Enum):
    """What a capitalised word is, by itself."""

    GIVEN = "a given name"
    FAMILY = "a family name"
    EITHER_GIVEN = "a given name or another word"
    EITHER_FAMILY = "a family name or another word"
    UNKNOWN = "in no list"
    WORD = "no name"
    INITIAL = "a letter"


_MAY_BE_NAMES = ("verb", "word", "month or day")
_SHORT_FORMS = ("n't", "'m", "'re", "'ll", "'ve", "'d", "'s")


_SHORT = 5
"""Letters below which a name that only one source lists is a word of some other language."""


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(row[0] for row in read_table(resource(f"index/{name}.tsv")))


@cache
def _things() -> frozenset[str]:
    """Return products, places and the like, after which a name is rarely meant."""
    rows = read_table(resource("index/no_names.tsv"))
    return frozenset(word for word, what in rows if what not in _MAY_BE_NAMES)


@cache
def _foreign_words() -> frozenset[str]:
    rows = read_table(resource("index/given_names.tsv"))
    return frozenset(name for name, source in rows if len(name) < _SHORT and source == "faker")


@lru_cache(maxsize=1 << 16)
def sort_of(word: str) -> Sort:
    """Return what a capitalised word is; of a double name, what its first half is.

    >>> [sort_of(word).name for word in ("John", "Baker", "Fitzgerald", "Printer", "J")]
    ['GIVEN', 'EITHER_GIVEN', 'GIVEN', 'WORD', 'INITIAL']
    """
    if len(word) == 1:
        return Sort.INITIAL
    name = folded(word.partition("-")[0])
    if len(name) < 3 or name.endswith(_SHORT_FORMS):
        return Sort.EITHER_GIVEN if name in words("given") else Sort.WORD
    name = name.replace("'", "")
    if _is_lead(name) or name in _things() or name.removesuffix("s") in _things():
        return Sort.WORD
    other = name in english_words() or name in _foreign_words() or name in _listed("no_names")
    is_other = other and name not in words("given")
    if name in _listed("given_names") or name in words("given"):
        return Sort.EITHER_GIVEN if is_other else Sort.GIVEN
    if name in _listed("family_names"):
        return Sort.EITHER_FAMILY if is_other else Sort.FAMILY
    return Sort.WORD if is_other else Sort.UNKNOWN


def _is_lead(name: str) -> bool:
    return any(name in words(what) for what in ("title", "greeting", "group"))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(
        row[0] for row in read_table(resource("index/no_names.tsv")) if row[1] == "verb"
    )


def is_verb(word: str) -> bool:
    """Tell whether a name is a word of every other sentence, such as Will.

    >>> is_verb("Will"), is_verb("Miller")
    (True, False)
    """
    return word.lower() in _verbs()


def is_other_word(word: str) -> bool:
    """Tell whether a word has a meaning besides a name: it is English, a month, a product.

    >>> is_other_word("January"), is_other_word("Steinfelden")
    (True, False)
    """
    return folded(word) in english_words() or folded(word) in _listed("no_names")
