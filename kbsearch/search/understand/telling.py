"""Which tokens of a long query tell most about the tickets that are wanted?"""

from collections.abc import Sequence

from kbsearch.analysis.terms import stop_words, term_of
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.search.query.tokens import MOST_WORDS, QueryToken


def telling(tokens: Sequence[QueryToken], lexicon: Lexicon) -> list[QueryToken]:
    """Return as many tokens as are searched: the rarest that any ticket holds, in their order.

    Of those that no ticket holds, the first; a stop word only if there is nothing else.
    """
    ranked = sorted(range(len(tokens)), key=lambda place: (_rank(tokens[place], lexicon), place))
    return [tokens[place] for place in sorted(ranked[:MOST_WORDS])]


def _rank(token: QueryToken, lexicon: Lexicon) -> tuple[int, int]:
    """Return what sorts a token: how little it tells, then how many tickets hold it."""
    if token.text in stop_words():
        return 2, 0
    counts = [lexicon.count_term(term_of(part.kind, part.surface)) for part in token.parts]
    held = [count for count in counts if count]
    return (0, min(held)) if held else (1, 0)
