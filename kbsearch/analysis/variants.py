"""One form for the spellings of one word: British, Canadian, Australian, Indian, American."""

import re
from functools import cached_property

from kbsearch.analysis.tables import table

_REGIONS = {
    "B": "British",
    "Z": "British",
    "C": "Canadian",
    "A": "Australian",
    "I": "Indian",
    "U": "American",
}


class Variants:
    """The spelling variants of `index/variants.tsv` and the rules of `index/rules.tsv`."""

    @cached_property
    def _forms(self) -> dict[str, tuple[str, str]]:
        return {form: (canonical, region) for form, canonical, region in table("variants.tsv")}

    @cached_property
    def _canonicals(self) -> frozenset[str]:
        return frozenset(canonical for canonical, _ in self._forms.values())

    @cached_property
    def _rules(self) -> "tuple[_Rule, ...]":
        return tuple(_Rule(*row) for row in table("rules.tsv"))

    @cached_property
    def _any_rule(self) -> re.Pattern[str]:
        """What finds something in a word that one of the rules looks for: in one of eight."""
        return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in self._rules))

    @cached_property
    def _readings(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for word, also, *_ in table("readings.tsv"):
            found[word] = (*found.get(word, ()), also)
        return found

    def canonical(self, word: str) -> str:
        """Return the form under which a folded word is filed.

        >>> VARIANTS.canonical("colour"), VARIANTS.canonical("dockerised")
        ('color', 'dockerized')
        """
        known = self._forms.get(word)
        if known:
            return known[0]
        if word in self._canonicals:
            return word
        if self._any_rule.search(word):
            for rule in self._rules:
                if rule.letters in word:
                    word = rule.apply(word)
        return word

    def also(self, word: str) -> tuple[str, ...]:
        """Return words that this one may stand for where the spelling tells the meaning.

        >>> VARIANTS.also("cheque")
        ('check',)
        """
        return self._readings.get(word, ())

    def region(self, word: str) -> str:
        """Return who spells a word so, "British" for what a rule finds, "" for no one's own.

        >>> VARIANTS.region("colour"), VARIANTS.region("color"), VARIANTS.region("printer")
        ('British', 'American', '')
        """
        known = self._forms.get(word)
        if known:
            return _REGIONS[known[1][0]]
        if word in self._canonicals:
            return "American"
        return "British" if self.canonical(word) != word else ""


VARIANTS = Variants()
"""The one instance; its tables are read when the first word comes."""


class _Rule:
    """A piece of a word that is spelt in two ways; `index/README.md` describes the columns.

    It applies at the first match of which the letters before are at least `least`, end in one of
    `only` (if any are named) and in none of `excepted`; "^" marks their beginning.
    """

    def __init__(
        self, pattern: str, replacement: str, least: str, only: str, excepted: str, _note: str
    ) -> None:
        self.pattern = re.compile(pattern)
        self.letters = _leading_letters(pattern)
        self._replacement = "" if replacement == "-" else replacement
        self._least = int(least)
        self._only = _endings(only)
        self._excepted = _endings(excepted)

    def apply(self, word: str) -> str:
        """Return the word, changed if the rule applies."""
        for match in self.pattern.finditer(word):
            before = "^" + word[: match.start()]
            if match.start() < self._least or before.endswith(self._excepted):
                continue
            if not self._only or before.endswith(self._only):
                return before[1:] + match.expand(self._replacement) + word[match.end() :]
        return word


def _leading_letters(pattern: str) -> str:
    """Return the letters with which every match begins: to miss them is cheaper than to search."""
    found = re.match(r"[a-z]*(?![?*{|])", pattern)
    return found[0] if found else ""


def _endings(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split(" "))
