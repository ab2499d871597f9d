"""Negations and other small words: they find no ticket, and break ties among those found."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from kbsearch.analysis.terms import small_words
from kbsearch.engines.plan import Clause, Reading
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.tokens import QueryToken

_TYPED, _LIKE = 0.9, 0.2
"""Weights of a small word, and of one that says the same, "cannot" for "won't"; measured."""
_MOST_LIKE = 6
"""Words that say the same and are looked for, the most frequent ones."""


def with_phrases(tokens: Sequence[QueryToken]) -> tuple[QueryToken, ...]:
    """Return tokens, those of a phrase such as "fails to" as the small word that it is like."""
    phrases = [small_words().get(f"{one.text} {other.text}") for one, other in pairwise(tokens)]
    if not any(phrases):
        return tuple(tokens)
    beside = zip(tokens, (None, *phrases), (*phrases, None), strict=True)
    return tuple(
        token.word(like) if (like := before or behind) else token
        for token, before, behind in beside
    )


def tie_breakers(clauses: Iterable[Clause], lexicon: Lexicon) -> Iterator[Clause]:
    """Yield a clause for the small words of a query that are alike; it finds nothing."""
    found: dict[str, str] = {}
    for clause in clauses:
        if like := small_words().get(clause.word):
            found.setdefault(like, clause.word)
    for like, word in found.items():
        others = lexicon.cached(("like", like), partial(_frequent, like, lexicon))
        terms = dict.fromkeys((lexicon.term(word), *others))
        readings = [Reading(ReadingKind.EXACT, (term,), _LIKE, word) for term in terms]
        yield Clause(word, (), (readings[0]._replace(weight=_TYPED), *readings[1:]))


def begun(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """Yield small words that a person still types, as what they may begin."""
    for clause in clauses:
        readings = [one for one in clause.readings if one.kind is ReadingKind.PREFIX]
        if readings:
            yield Clause(clause.word, tuple(readings))


def _frequent(like: str, lexicon: Lexicon) -> list[str]:
    """Return the terms of the words that are like a small one, the most frequent first."""
    terms = {lexicon.term(word) for word, other in small_words().items() if other == like}
    ranked = sorted(terms, key=lambda term: (-lexicon.count_term(term), term))
    return [term for term in ranked[:_MOST_LIKE] if lexicon.count_term(term)]
