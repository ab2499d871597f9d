"""The tokens of a query as plain texts, for tests to compare."""

from collections.abc import Iterable

from kbsearch.search.query.tokens import QueryToken


def texts(tokens: Iterable[QueryToken]) -> tuple[str, ...]:
    """Return the text of each token."""
    return tuple(token.text for token in tokens)


def phrases(found: Iterable[Iterable[QueryToken]]) -> tuple[tuple[str, ...], ...]:
    """Return the texts of each quote or exclusion."""
    return tuple(map(texts, found))
