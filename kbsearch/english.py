"""The words of English."""

import gzip
from functools import cache

from kbsearch.resources import resource


@cache
def english_words() -> frozenset[str]:
    """Return the words of `index/words.gz`, three letters or more; read when first asked for."""
    return frozenset(gzip.decompress(resource("index/words.gz").read_bytes()).decode().split("\n"))
