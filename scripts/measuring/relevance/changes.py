"""Read what was changed in a query: which word became which, and which list has that pair."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA


@dataclass(frozen=True, slots=True)
class WordChange:
    """A word that a query has as another one.

    word         what was meant.
    replacement  what the query has.
    sources      the lists that have the pair, such as `birkbeck`; of a spelling variant whether
                 it goes `us>other` or `other>us`.
    """

    word: str
    replacement: str
    sources: tuple[str, ...]

    @property
    def edits(self) -> int:
        """Letters put in, left out, replaced, or swapped with their neighbour (OSA).

        >>> WordChange("receive", "recieve", ("wikipedia",)).edits
        1
        """
        return OSA.distance(self.word, self.replacement)


def parse_changes(text: str) -> tuple[WordChange, ...]:
    """Read `word>replacement:source[+source]`, several of them with semicolons between them.

    Of `respelling:birkbeck` or `homophone:cmudict` the list counts, not how it was chosen.
    Raises ValueError if there is no replacement or no source.

    >>> [(one.replacement, one.sources) for one in parse_changes("size>sise:respelling:a+b")]
    [('sise', ('a', 'b'))]
    >>> parse_changes("colors>colours:varcon:us>B/C")[0].sources
    ('us>other',)
    """
    return tuple(_change(one) for one in text.split(";"))


def _change(text: str) -> WordChange:
    pair, _, source = text.partition(":")
    word, _, replacement = pair.partition(">")
    if not (word and replacement and source):
        raise ValueError(f"{text!r} is not `word>replacement:source`")
    how, _, rest = source.rpartition(":")
    if how == "varcon":
        return WordChange(
            word, replacement, ("us>other" if rest.startswith("us>") else "other>us",)
        )
    return WordChange(word, replacement, tuple(rest.split("+")))
