"""What a person says in plain words to leave out, and the query that does leave it out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile

from kbsearch.analysis.terms import small_words, stop_words
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.search.query.parse import Query
from kbsearch.search.query.tokens import QueryToken

_JOINING = frozenset({"and", "but", "or"})
_LONGEST = 3
"""Words to leave out together; a longer run is a sentence of its own."""


def leave_out(query: Query, held: Iterable[str]) -> Iterator[Message]:
    """Yield an offer to leave out what a query names last after "but not", "without" or a 2nd not.

    "tabs not showing not crashing"  ->  "tabs not showing -crashing"

    held  words that the hits have: another one need not be left out.
    """
    tokens, text = query.tokens, query.text
    for start, place in reversed([*_beginnings(tokens)]):
        unwanted = _following(tokens[place:], text)
        kept = [*tokens[:start], *tokens[place + 1 :]]
        named = {part.surface for token in unwanted for part in token.parts}
        wanted = [token for token in kept if token not in unwanted and _tells(token)]
        # "printer without paper" names the trouble.
        least = 2 if tokens[place - 1].text == "without" else 1
        if len(wanted) >= least and not named.isdisjoint(held):
            begin, end = unwanted[0].start, unwanted[-1].end
            words = text[begin:end]
            left_out = words if words.isalpha() else f'"{words}"'
            before, behind = text[: tokens[start].start].rstrip(" ,;"), text[end:]
            yield Code.LEAVE_OUT, words, f"{before} -{left_out}{behind}".strip()
            return


def _beginnings(tokens: Sequence[QueryToken]) -> Iterator[tuple[int, int]]:
    """Yield the place of each word that leaves out, and that of the word after it."""
    negated = False
    for place, token in enumerate(tokens):
        after_but = place > 0 and tokens[place - 1].text == "but"
        if token.text == "without" or (token.text == "not" and (negated or after_but)):
            joined = place > 0 and tokens[place - 1].text in _JOINING
            yield place - joined, place + 1
        negated = negated or small_words().get(token.text.replace("'", "")) == "not"


def _following(tokens: Sequence[QueryToken], text: str) -> list[QueryToken]:
    """Return the next words that tell something, as far as only blanks stand between them."""
    empty = [*takewhile(lambda token: not _tells(token), islice(tokens, 2))]
    found: list[QueryToken] = []
    for token in takewhile(_tells, tokens[len(empty) :][:_LONGEST]):
        if found and text[found[-1].end : token.start].strip():
            break
        found.append(token)
    return found


def _tells(token: QueryToken) -> bool:
    whole = token.whole
    return whole is None or whole.surface not in stop_words()
