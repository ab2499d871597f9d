"""Which tokens of a long query tell most about the tickets that are wanted?"""

import math
from collections import Counter
from collections.abc import Sequence

from kbsearch.analysis.terms import stop_words, term_of
from kbsearch.analysis.tokens import Part
from kbsearch.engines.scoring.bm25 import idf
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.search.query.tokens import MOST_WORDS, QueryToken

_SHORTEST = 3
"""Letters of a word of a log that tells anything; a number of so few digits is a part of a time."""


def telling(
    tokens: Sequence[QueryToken], lexicon: Lexicon, tickets: int, *, pasted: bool
) -> list[QueryToken]:
    """Return as many tokens as are searched, each once, in their order: those that tell most.

    The rarer a token is in the tickets and the oftener the query has it, the more it tells.

    tickets  how many there are.
    pasted   the query is a log: what no ticket has, and what is too short, is left out.
    """
    times = Counter(tokens)
    worth = {one: _worth(one, often, lexicon, tickets) for one, often in times.items()}
    ranked = sorted(worth, key=lambda one: -worth[one])
    if pasted and worth[ranked[0]] > 0:
        ranked = [one for one in ranked if worth[one] > 0]
    kept = set(ranked[:MOST_WORDS])
    return [one for one in worth if one in kept]


def _worth(token: QueryToken, times: int, lexicon: Lexicon, tickets: int) -> float:
    """Return how much a token tells, 0 if no ticket has it, below 0 if it is noise."""
    if token.text in stop_words() or len(token.text) < _SHORTEST:
        return -1.0
    holding = _holding([token.whole] if token.whole else [], lexicon)
    if not holding and all(len(one.surface) >= _SHORTEST for one in token.pieces):
        holding = _holding(token.pieces, lexicon)
    return (1 + math.log(times)) * idf(tickets, holding) if holding else 0.0


def _holding(parts: Sequence[Part], lexicon: Lexicon) -> int:
    """Return how many tickets hold the one of these parts that most hold."""
    terms = (term_of(one.kind, one.surface) for one in parts)
    return max(map(lexicon.count_term, terms), default=0)
