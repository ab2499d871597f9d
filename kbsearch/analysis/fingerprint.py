"""Which analysis made these terms: its tables, its code and its libraries."""

import hashlib
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kbsearch.resources import resource

_LIBRARIES = ("jellyfish", "nltk")
_TABLES = (
    *("apart", "variants", "rules", "sounds", "confusions", "stopwords", "small_words"),
    "quoted_mail",
)
"""The tables that terms are made with; the others serve the understanding of a query only."""


@cache
def fingerprint() -> str:
    """Return 16 hex digits that change when the same text might give other terms.

    A query that is analysed otherwise than the tickets were would silently miss some of them.
    """
    digest = hashlib.sha256(unicodedata.unidata_version.encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    tables = [resource(f"index/{name}.tsv") for name in _TABLES]
    for path in [*sorted(Path(__file__).parent.glob("*.py")), *tables]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
