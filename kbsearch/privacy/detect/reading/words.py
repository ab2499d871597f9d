"""The words that come with personal data: `index/personal_words.tsv`."""

import re
from functools import cache

from kbsearch.analysis.tables import table


@cache
def words(what: str) -> frozenset[str]:
    """Return the words of a sort, such as `greeting`.

    >>> "dear" in words("greeting")
    True
    """
    return frozenset(word for word, sort in table("personal_words.tsv") if sort == what)


def any_of(*sorts: str) -> str:
    """Return a pattern for each word of these sorts, the longest first.

    >>> any_of("box").startswith("(?:post {1,3}office {1,3}box|")
    True
    """
    listed = set().union(*map(words, sorts))
    longest_first = sorted(listed, key=lambda word: (-len(word), word))
    patterns = (re.escape(word).replace("\\ ", " {1,3}") for word in longest_first)
    return f"(?:{'|'.join(patterns)})"


@cache
def beginnings(*sorts: str) -> frozenset[str]:
    """Return the first word of each phrase, by which a text without any is passed over.

    >>> sorted(beginnings("box"))
    ['gpo', 'p', 'po', 'post', 'postfach', 'private']
    """
    listed = frozenset[str]().union(*map(words, sorts))
    return frozenset(re.split(r"[\W_]", word)[0] for word in listed)
