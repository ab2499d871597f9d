"""From what was typed to what it may mean: a plan that an engine can answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from kbsearch.analysis.terms import small_words, stop_words
from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.boolean_tree import leaves
from kbsearch.engines.plan import Clause, Phrase, Plan, Reading
from kbsearch.errors import shown
from kbsearch.inverted.field import Field
from kbsearch.messages.catalogue import Code, first_of
from kbsearch.messages.message import Message
from kbsearch.records.filters import Filters
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.codes.references import named_references
from kbsearch.search.query.expert.query import ExpertQuery, Quote, Words
from kbsearch.search.query.parse import LONGEST_TYPED, Query, few
from kbsearch.search.query.tokens import MOST_WORDS, QueryToken
from kbsearch.search.synonyms.phrase_table import (
    PhraseTable,
    abbreviations,
    cut,
    dialects,
    same_names,
)
from kbsearch.search.understand.conditions import (
    Placed,
    conditions,
    forms_of,
    one_after_the_other,
    phrases_of,
)
from kbsearch.search.understand.context import Context
from kbsearch.search.understand.merge_readings import best_of_each
from kbsearch.search.understand.small_words import begun, tie_breakers, with_phrases
from kbsearch.search.understand.spans import token_spans
from kbsearch.search.understand.telling import telling
from kbsearch.search.understand.token_clauses import (
    Around,
    TokenReader,
    as_typed,
    plain_clauses,
    slipped,
)
from kbsearch.search.understand.word_reader import Neighbours, WordReader

_NAMED = 8
"""Words of a long query that a note names."""
_ALTERNATIVE_WEIGHT = 0.5
"""Of a phrase that means the same as what was typed, in another English or on this desk.

What no ticket has does not count more than its other names.
"""
_NAME_WEIGHT = 0.7
"""Of another name that every desk has for the same: "sign in" for "log in"."""
_ALONE_WEIGHT = 0.4
"""Of a word that is a part of a name, such as the "log" of "log in"."""
NO_SYNONYMS = PhraseTable(())


@dataclass(frozen=True, slots=True)
class Understanding:
    """How to read queries over one index.

    tolerant  False leaves each word as it is typed, in any form.
    typing    the last word may be unfinished.
    synonyms  what this desk calls by other names.
    exact     a word that is not read otherwise has to be in the very form that was typed.
    """

    index: IndexSnapshot
    tolerant: bool = True
    typing: bool = False
    synonyms: PhraseTable = NO_SYNONYMS
    exact: bool = False

    def plan(self, query: Query) -> Plan:
        """Return what to ask the engine for a query, of which `loosened` left what can be held."""
        if isinstance(query, ExpertQuery):
            return self._expert_plan(query)
        tokens = with_phrases(self._parted(query.tokens))[:MOST_WORDS]
        placed = self._placed(tokens, tokens, unfinished=query.open_end)
        return Plan(
            clauses=self._clauses(placed, query.quoted),
            pairs=tuple(_pairs(placed)),
            required=tuple(
                chain.from_iterable(self._required(one, query.filters) for one in query.quoted)
            ),
            excluded=tuple(phrase for quote in query.excluded for phrase in phrases_of(quote)),
            filters=query.filters,
        )

    def _expert_plan(self, query: ExpertQuery) -> Plan:
        """Return what to ask the engine for a query with operators.

        What it does not leave out is scored, as if it stood there without the operators.
        """
        found = [*leaves(query.must)]
        wanted = dict.fromkeys(leaf for leaf, negated in found if not negated)
        read = {
            leaf: self._placed(
                self._parted(leaf.tokens),
                self._parted(query.tokens if leaf in wanted else leaf.tokens),
                unfinished=query.open_end and leaf == found[-1][0],
            )
            for leaf, _ in found
            if isinstance(leaf, Words)
        }
        placed = one_after_the_other(read[leaf] for leaf in wanted if isinstance(leaf, Words))
        return Plan(
            clauses=self._clauses(
                placed, [leaf.tokens for leaf in wanted if isinstance(leaf, Quote)]
            ),
            pairs=tuple(_pairs(placed)),
            filters=query.filters,
            must=conditions(query.must, read),
        )

    def _clauses(
        self, placed: Iterable[Placed], quoted: Iterable[Sequence[QueryToken]]
    ) -> tuple[Clause, ...]:
        """Return what tickets are scored by: what tells most of words and of quotes.

        Of nothing but small words none is left, save for what the last may begin.
        """
        tokens = chain.from_iterable(quoted)
        as_quoted = [as_typed(part, self.index.lexicon) for token in tokens for part in token.steps]
        clauses = [*(one.clause for one in placed), *as_quoted][:MOST_WORDS]
        telling = [clause for clause in clauses if clause.word not in stop_words()]
        if not telling:
            return tuple(as_quoted or begun(clauses[-1:]))
        return (*telling, *tie_breakers(clauses, self.index.lexicon))

    def loosened(self, query: Query) -> Query:
        """Return a query without the quotes that no ticket satisfies; a note names each.

        Their words are looked for like all others: a slip inside quotes must not hide the answer.
        """
        query = self._narrowed(query)
        if not (self.tolerant and query.quoted):
            return query
        loose = [
            quote
            for quote in dict.fromkeys(query.quoted)
            if not self._is_held(quote, query.filters)
        ]
        notes: list[Message] = [
            (Code.QUOTE_LOOSENED, shown(" ".join(token.text for token in quote))) for quote in loose
        ]
        return replace(
            query,
            quoted=tuple(quote for quote in query.quoted if quote not in loose),
            tokens=tuple(chain(query.tokens, *loose))[:MOST_WORDS],
            open_end=query.open_end and not loose,
            notes=few((*query.notes, *notes)),
        )

    def _parted(self, tokens: tuple[QueryToken, ...]) -> tuple[QueryToken, ...]:
        """Return tokens, in two where an apostrophe slipped between two words."""
        if not any("'" in token.text for token in tokens):
            return tokens
        return tuple(word for token in tokens for word in slipped(token, self.index.lexicon))

    def _required(self, quote: Sequence[QueryToken], filters: Filters) -> tuple[Phrase, ...]:
        """Return what a ticket must hold of a quote: other forms only if none has the very ones."""
        words, forms = phrases_of(quote)[0], forms_of(quote)
        very = Plan((), required=(words, *forms), filters=filters)
        if forms and not self.index.search(very, limit=1).total:
            return (words,)
        return words, *forms

    def _is_held(self, quote: Sequence[QueryToken], filters: Filters) -> bool:
        """Tell whether any ticket that the filters let pass holds a quote."""
        phrases = phrases_of(quote)
        if filters == Filters():
            return any(self.index.counts(phrases))
        asked = (Plan((), required=(phrase,), filters=filters) for phrase in phrases)
        return any(self.index.search(plan, limit=1).total for plan in asked)

    def _narrowed(self, query: Query) -> Query:
        """Return a query with no more tokens than are searched: those that tell most."""
        if len(query.tokens) <= MOST_WORDS or isinstance(query, ExpertQuery):
            return query
        tokens = [*dict.fromkeys(query.tokens)]
        pasted = len(query.text) > LONGEST_TYPED
        if len(tokens) > MOST_WORDS or pasted:
            held = self.index.state.tickets
            tokens = telling(query.tokens, self.index.lexicon, held, pasted=pasted)
            named = first_of([shown(token.text) for token in tokens[:_NAMED]], len(tokens))
            note = (Code.TELLING_SEARCHED, len(tokens), named)
            query = replace(query, notes=few((note, *query.notes)))
        return replace(query, tokens=tuple(tokens), open_end=False)

    def _placed(
        self, tokens: Sequence[QueryToken], among: Sequence[QueryToken], *, unfinished: bool
    ) -> list[Placed]:
        """Return the clauses of tokens that stand side by side.

        among       the tokens of the query that they are some of.
        unfinished  the last of them may go on.
        """
        if self.tolerant:
            return [*self._read(tokens, among, unfinished=unfinished and self.typing)]
        return [
            Placed(place, clause)
            for place, token in enumerate(tokens)
            for clause in plain_clauses(token, self.index.lexicon, exact=self.exact)
        ]

    def _read(
        self, typed: Sequence[QueryToken], among: Sequence[QueryToken], *, unfinished: bool
    ) -> Iterator[Placed]:
        """Yield the clauses of the tokens, in all their readings."""
        texts = ["", *[token.text for token in typed], ""]
        words = WordReader(self.index)
        context = Context(self.index, [*map(words.alone, _words(among))])
        reader = TokenReader(self.index.lexicon, words)
        joined = token_spans(typed, self.index.lexicon)
        numbered = named_references(texts[1:-1])
        elsewhere, names = self._alternatives(typed), self._names(typed)
        behind = 0
        for place, token in enumerate(typed):
            if place in joined:
                behind = joined[place].end
                yield from (Placed(place, clause) for clause in joined[place].clauses)
            if place < behind:
                continue
            goes_on = unfinished and place == len(typed) - 1
            beside = Neighbours(texts[place], texts[place + 2])
            around = Around(beside, context, goes_on, place in numbered)
            for clause in reader.clauses(token, around):
                yield Placed(place, _also_read(clause, elsewhere.get(place, ()), names.get(place)))

    def _alternatives(self, typed: Sequence[QueryToken]) -> Mapping[int, Sequence[Reading]]:
        """Return what the token at each place is called elsewhere, as far as the index has it."""
        found: dict[int, list[Reading]] = defaultdict(list)
        lexicon = self.index.lexicon
        pieces = cut(typed, lexicon.term)
        for phrases in (dialects(), abbreviations(), same_names(), self.synonyms):
            for other in phrases.among(pieces):
                terms = tuple(map(lexicon.term, other.words))
                if not all(map(lexicon.count_term, terms)):
                    continue
                typed_terms = map(lexicon.term, _words_of(typed[other.start : other.end]))
                weight = other.weight
                if all(map(lexicon.count_term, typed_terms)):
                    weight *= _NAME_WEIGHT if phrases is same_names() else _ALTERNATIVE_WEIGHT
                reading = Reading(
                    other.kind, terms, weight, " ".join(other.words), other.explanation
                )
                for place in range(other.start, other.end):
                    if other.end - other.start == 1 or not _is_code(typed[place]):
                        found[place].append(reading)
        return found

    def _names(self, typed: Sequence[QueryToken]) -> Mapping[int, Reading]:
        """Return what the words at each place are together only: "log in" is no "log"."""
        found: dict[int, Reading] = {}
        for start, end, *_ in same_names().among(cut(typed, self.index.lexicon.term)):
            words = _words_of(typed[start:end])
            if len(words) > 1 and start not in found:
                terms = tuple(map(self.index.lexicon.term, words))
                reading = Reading(ReadingKind.EXACT, terms, 1.0, " ".join(words))
                places = [place for place in range(start, end) if not _is_code(typed[place])]
                found.update(dict.fromkeys(places, reading))
        return found


def _words_of(tokens: Iterable[QueryToken]) -> list[str]:
    return [part.surface for token in tokens for part in token.steps]


def _words(tokens: Iterable[QueryToken]) -> dict[str, None]:
    """Return the words of a query that tell anything, in order."""
    return dict.fromkeys(
        part.surface
        for token in tokens
        for part in token.parts
        if part.kind is not TokenKind.CODE and part.surface not in stop_words()
    )


def _is_code(token: QueryToken) -> bool:
    return token.whole is not None and token.whole.kind is TokenKind.CODE


def _also_read(clause: Clause, others: Sequence[Reading], name: Reading | None) -> Clause:
    """Return a clause with other readings, the likeliest first.

    name  what it is with the words next to it, of which it means little alone.
    """
    first, readings = clause.readings[0], clause.readings
    if name is not None:
        readings = tuple(one._replace(weight=one.weight * _ALONE_WEIGHT) for one in readings)
    if not (others or name):
        return clause
    meant = [name] if name else [first] if first.kind is ReadingKind.EXACT else []
    return Clause(clause.word, best_of_each((*meant, *others, *readings)))


def _pairs(placed: Iterable[Placed]) -> Iterator[Phrase]:
    """Yield the terms of words that stand side by side in the query, as each is likeliest meant.

    One of the two is more than a small word.
    """
    for one, other in pairwise(placed):
        terms = _likeliest(one.clause), _likeliest(other.clause)
        words = one.clause.word, other.clause.word
        telling = all(terms) and terms[0] != terms[1] and not stop_words().issuperset(words)
        if telling and other.place - one.place <= 1:
            yield Phrase(terms)


def _likeliest(clause: Clause) -> str:
    """Return the one term that a clause likeliest asks the text for, "" if it tells nothing."""
    if clause.word in stop_words() and clause.word not in small_words():
        return ""
    for reading in clause.readings:
        if reading.field is Field.TEXT and len(reading.terms) == 1:
            return reading.terms[0]
    return ""
