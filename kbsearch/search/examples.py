"""Queries that find something here: what an empty page shows to those who are new."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kbsearch.analysis.terms import stop_words
from kbsearch.analysis.tokens import TokenKind, tokens
from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.plan import Phrase, Plan
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.codes.near import SHORTEST, held_codes

Fetch = Callable[[Sequence[int]], Mapping[int, StoredTicket]]

_NEWEST = 40
"""Tickets whose words are taken: a page view must not read them all."""
_SHORTEST_WORD = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A query, and what is special about it."""

    query: str
    meaning: Message


def examples(index: IndexSnapshot, fetch: Fetch, products: Iterable[str]) -> tuple[Example, ...]:
    """Return up to one query of each kind; every one finds a ticket.

    products  the most frequent first.
    """
    newest = index.search(Plan(()), limit=_NEWEST)
    tickets = list(fetch([one.ticket_id for one in newest.scored]).values())
    pairs = _pairs(tickets, index)
    found = [*_phrase(pairs), *_exclusion(pairs, index), *_code(tickets, index)]
    for product in products:
        if product and '"' not in product:
            named = f'"{product}"' if " " in product else product
            found.append(Example(f"product:{named}", (Code.EXAMPLE_PRODUCT,)))
            break
    return tuple(found)


def _pairs(tickets: Iterable[StoredTicket], index: IndexSnapshot) -> list[tuple[str, str]]:
    """Return words that stand side by side in subjects, the most frequent pair first."""
    found = {pair for ticket in tickets for pair in pairwise(_words(ticket.subject)) if all(pair)}
    pairs = [pair for pair in found if pair[0] != pair[1]]
    counts = index.counts([Phrase(_terms(pair, index)) for pair in pairs])
    held = [(-count, pair) for count, pair in zip(counts, pairs, strict=True) if count]
    return [pair for _, pair in sorted(held)]


def _words(subject: str) -> Iterator[str]:
    """Yield the words of a subject, "" for each that makes no good example."""
    for token in tokens(subject):
        good = token.kind is TokenKind.WORD and token.whole and token.surface.isalpha()
        long = len(token.surface) >= _SHORTEST_WORD
        yield token.surface if good and long and token.surface not in stop_words() else ""


def _phrase(pairs: Sequence[tuple[str, str]]) -> Iterator[Example]:
    for first, second in pairs[:1]:
        yield Example(f'"{first} {second}"', (Code.EXAMPLE_PHRASE,))


def _exclusion(pairs: Sequence[tuple[str, str]], index: IndexSnapshot) -> Iterator[Example]:
    for pair in pairs:
        first, second = _terms(pair, index)
        one, both = index.counts([Phrase((first,)), Phrase((first, second), unordered=True)])
        if one > both:
            yield Example(f"{pair[0]} -{pair[1]}", (Code.EXAMPLE_EXCLUSION, pair[1]))
            return


def _code(tickets: Iterable[StoredTicket], index: IndexSnapshot) -> Iterator[Example]:
    texts = (text for ticket in tickets for text in (ticket.subject, ticket.problem))
    codes = (
        (token.surface, text[token.start : token.end])
        for text in texts
        for token in tokens(text)
        if token.kind is TokenKind.CODE and token.whole
    )
    for code, typed in codes:
        lettered = len(typed) >= SHORTEST and any(map(str.isalpha, typed))
        if lettered and held_codes([code], index):
            yield Example(typed, (Code.EXAMPLE_CODE,))
            return


def _terms(words: Iterable[str], index: IndexSnapshot) -> tuple[str, ...]:
    return tuple(index.lexicon.term(word) for word in words)
