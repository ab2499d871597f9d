"""What may a person be about to type: the end of the last word, or the subject of a ticket?"""

import math
import time
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from kbsearch.analysis.terms import stop_words
from kbsearch.analysis.tokens import TokenKind, tokens
from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.plan import Clause, Phrase
from kbsearch.errors import QueryInvalid
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.records.filters import Filters
from kbsearch.search.codes.near import having, held_codes, written_as
from kbsearch.search.query.parse import Query, read_query
from kbsearch.search.query.tokens import QueryToken
from kbsearch.search.results import Suggestions
from kbsearch.search.searcher import Fetch
from kbsearch.search.understand.plan import Understanding

WORDS = 8
"""Completions that are offered: what is taken in at a glance."""
SUBJECTS = 5
"""Subjects that are offered."""
_SHORTEST = 2
"""Letters of a word that is completed: one begins too much."""
_SHORTEST_MISTAKE = 4
"""Letters of a word whose beginning may be mistyped."""
_BEGUN = 32
"""Completions that are weighed up."""
_LOOKED_AT = 20
"""Tickets whose subjects are weighed up."""
_WEIGHED = 10
"""Completions of which it is asked how often they go with the other words."""
_SELDOM = 1 / 200
"""The part of the tickets up to which what a word begins may be a slip."""
_LIKELIER = 5
"""How many times as frequent a word must be before it is offered for a beginning of another."""
_LONG = 8
"""Letters from which on a word may be two edits away."""
_RARE = 1 / 5_000
"""The part of the tickets up to which a word tells nothing of its neighbours: many are slips."""
_COMMON = 1 / 5
"""The part of the tickets from which on a word tells nothing of its neighbours."""
_MISTAKEN = 10
"""How many times as frequent a word one edit away is before one passes for a slip of it."""
_SHORTEST_SLIP = 5
"""Letters of a word that may pass for a slip: shorter ones are too close to each other."""


def suggest(text: str, index: IndexSnapshot, fetch: Fetch, *, patience: float) -> Suggestions:
    """Return how a query may go on; nothing for one that cannot be read, or not yet.

    fetch     asks the store what tickets say.
    patience  seconds after which the search for subjects looks at no further word.
    """
    query = _begun_query(text)
    if query is None:
        return Suggestions()
    subjects = _subjects(query, index, fetch, patience)
    return Suggestions(_words(query, index, fetch), tuple(subjects))


def completions(text: str, index: IndexSnapshot, fetch: Fetch) -> tuple[str, ...]:
    """Return what the last word of a query may become, as `suggest` does."""
    query = _begun_query(text)
    return () if query is None else _words(query, index, fetch)


def _begun_query(text: str) -> Query | None:
    try:
        return read_query(text, Filters())
    except QueryInvalid:  # a person is still typing, such as a quote or a word to leave out
        return None


def _words(query: Query, index: IndexSnapshot, fetch: Fetch) -> tuple[str, ...]:
    if not query.open_end:
        return ()
    whole = query.tokens[-1].whole
    if whole is not None and whole.kind is TokenKind.CODE:
        return tuple(_codes(whole.surface, index, fetch))
    return tuple(_completions(query, index))


def _codes(begun: str, index: IndexSnapshot, fetch: Fetch) -> Iterator[str]:
    """Yield the most frequent codes that begin so, as their newest tickets write them."""
    if len(begun) < _SHORTEST:
        return
    longer = [one for one in index.lexicon.codes.beginning(begun, _BEGUN) if one != begun]
    counts = held_codes(longer, index)
    for code in sorted(counts, key=lambda code: -counts[code])[:WORDS]:
        ids = [one.ticket_id for one in index.search(having(code), limit=1).scored]
        yield written_as(code, fetch(ids).values())


def _completions(query: Query, index: IndexSnapshot) -> list[str]:
    """Return what the last word may become: slips last, what goes with the other words first."""
    begun = _begun(query.tokens[-1])
    if not begun:
        return []
    counts = _continued(begun, index)
    slips = _slips(counts)
    ranked = sorted(counts, key=lambda word: (word in slips, -counts[word], word))
    likely, others = ranked[:_WEIGHED], ranked[_WEIGHED:]
    if beside := _beside(query.tokens[:-1], index):
        pairs = (Phrase((index.lexicon.term(word), beside), unordered=True) for word in likely)
        together = dict(zip(likely, index.counts([*pairs]), strict=True))
        likely.sort(key=lambda word: (word in slips, -together[word]))
    return list(islice(_held([*likely, *others], index.lexicon), WORDS))


def _held(words: Iterable[str], lexicon: Lexicon) -> Iterator[str]:
    """Yield those that a ticket holds yet: the lexicon also has the words of deleted ones."""
    return (word for word in words if lexicon.count_term(lexicon.term(word)))


def _begun(token: QueryToken) -> str:
    """Return the word that a token begins, "" where it is a code or too short to tell."""
    whole = token.whole
    if whole is None or whole.kind is TokenKind.CODE or len(whole.surface) < _SHORTEST:
        return ""
    return whole.surface


def _continued(begun: str, index: IndexSnapshot) -> dict[str, int]:
    """Return words that begin so, or nearly so where hardly any does; each with its tickets."""
    lexicon = index.lexicon
    found = lexicon.starting(begun, _BEGUN)
    most = max(map(lexicon.count, found), default=0)
    if len(begun) >= _SHORTEST_MISTAKE and most <= math.ceil(index.state.tickets * _SELDOM):
        found += [
            word for word in _nearly(begun, lexicon) if lexicon.count(word) > _LIKELIER * most
        ]
    terms: dict[str, str] = {}
    for word in sorted(dict.fromkeys(found), key=lambda word: -lexicon.count(word)):
        if word != begun and word not in stop_words():
            terms.setdefault(lexicon.term(word), word)
    return {word: lexicon.count(word) for word in terms.values()}


def _nearly(begun: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield words that a mistyped one may be, or may begin."""
    for word, _ in lexicon.similar(begun, 1 if len(begun) < _LONG else 2, WORDS):
        if word[0] == begun[0]:
            yield word
    for other in dict.fromkeys(_mistyped(begun)):
        yield from lexicon.starting(other, WORDS)


def _mistyped(begun: str) -> Iterator[str]:
    """Yield how a beginning may be spelt rightly: letters exchanged, doubled, or one too many.

    >>> list(_mistyped("pasw"))
    ['paasw', 'psaw', 'psw', 'passw', 'paws', 'paw', 'pasww']
    """
    for place in range(1, len(begun)):
        before, letter, behind = begun[:place], begun[place], begun[place + 1 :]
        yield before + letter + letter + behind
        if behind:
            yield before + behind[0] + letter + behind[1:]
            yield before + behind


def _slips(counts: dict[str, int]) -> set[str]:
    """Return the words that pass for slips of one among them that is far more frequent."""
    words = [word for word in counts if len(word) >= _SHORTEST_SLIP]
    often = np.fromiter(map(counts.__getitem__, words), np.int64, len(words))
    edits = cdist(words, words, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    slipped = (edits == 1) & (often[:, None] * _MISTAKEN <= often[None, :])
    return {words[place] for place in np.flatnonzero(slipped.any(axis=1))}


def _beside(typed: Iterable[QueryToken], index: IndexSnapshot) -> str:
    """Return the most telling term of the words before, "" if there is none."""
    tickets = index.state.tickets
    counts = {
        (term := index.lexicon.term(part.surface)): index.lexicon.count_term(term)
        for token in typed
        for part in token.parts
        if part.surface not in stop_words()
    }
    telling = [
        (count, term)
        for term, count in counts.items()
        if tickets * _RARE < count <= tickets * _COMMON
    ]
    return min(telling)[1] if telling else ""


def _subjects(query: Query, index: IndexSnapshot, fetch: Fetch, patience: float) -> list[str]:
    """Return the subjects of what is found in time, those with most of its words first."""
    understanding = Understanding(index, typing=True)
    plan = understanding.plan(understanding.loosened(query))
    wanted = [_terms(clause) for clause in plan.clauses if clause.word not in stop_words()]
    if not wanted:
        return []
    found = index.search(plan, limit=_LOOKED_AT, deadline=time.monotonic() + patience)
    tickets = fetch([one.ticket_id for one in found.scored])
    met: dict[str, tuple[int, str]] = {}
    for one in found.scored:
        subject = tickets[one.ticket_id].subject.strip() if one.ticket_id in tickets else ""
        held = _terms_of(subject, index.lexicon)
        number = sum(not held.isdisjoint(terms) for terms in wanted)
        met.setdefault(subject.casefold(), (number, subject))
    best = sorted(met.values(), key=lambda pair: -pair[0])
    return [subject for number, subject in best if number][:SUBJECTS]


def _terms(clause: Clause) -> frozenset[str]:
    """Return what stands for a word of the query in a text."""
    return frozenset(term for reading in clause.readings for term in reading.terms)


def _terms_of(subject: str, lexicon: Lexicon) -> set[str]:
    return {
        token.surface if token.kind is TokenKind.CODE else lexicon.term(token.surface)
        for token in tokens(subject)
    }
