"""What was changed in a query: which word became which, where that misspelling was seen."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA


@dataclass(frozen=True, slots=True)
class Change:
    """A word that stands in a query as another one.

    word         what was meant.
    replacement  what stands there.
    sources      the lists that have the pair, such as `birkbeck`; of a spelling variant whether
                 it goes `us>other` or `other>us`.
    """

    word: str
    replacement: str
    sources: tuple[str, ...]

    @property
    def edits(self) -> int:
        """Letters put in, left out, replaced, or swapped with their neighbour (OSA).

        >>> Change("receive", "recieve", ("wikipedia",)).edits
        1
        """
        return OSA.distance(self.word, self.replacement)


def parse_changes(text: str) -> tuple[Change, ...]:
    """Read `word>replacement:source[+source]`, several of them parted by semicolons.

    Of `respelling:birkbeck` or `homophone:cmudict` the list counts, not how it was chosen.
    Raises ValueError if there is no replacement or no source.

    >>> [(one.replacement, one.sources) for one in parse_changes("size>sise:respelling:a+b")]
    [('sise', ('a', 'b'))]
    >>> parse_changes("colors>colours:varcon:us>B/C")[0].sources
    ('us>other',)
    """
    return tuple(_change(one) for one in text.split(";"))


def _change(text: str) -> Change:
    pair, _, told = text.partition(":")
    word, _, replacement = pair.partition(">")
    if not (word and replacement and told):
        raise ValueError(f"{text!r} is not `word>replacement:source`")
    how, _, rest = told.rpartition(":")
    if how == "varcon":
        return Change(word, replacement, ("us>other" if rest.startswith("us>") else "other>us",))
    return Change(word, replacement, tuple(rest.split("+")))
