"""Random queries with AND, OR, NOT and brackets, and what they find in plain Python.

`Desk` makes tickets of sample text and knows, word by word, which of them hold it. `expression`
makes a tree and `text` writes it as a query. `fulfilling` evaluates the same tree with sets: it
takes from the search only how each single word is read. The tests and `scripts/expert-queries`
share this.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import chain, islice
from random import Random
from typing import NamedTuple

from kbsearch.analysis.codes import normal_code
from kbsearch.analysis.tables import table
from kbsearch.analysis.terms import stop_words, term_of
from kbsearch.analysis.tokens import TokenKind, parts, tokens
from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.boolean_tree import leaves as leaves_of
from kbsearch.engines.indexing.document import filed_form, index_tokens, sections
from kbsearch.engines.plan import Clause, Condition, Phrase, Reading
from kbsearch.errors import QueryInvalid
from kbsearch.inverted.field import Field
from kbsearch.records.filters import Filters
from kbsearch.records.ticket import StoredTicket
from kbsearch.resources import resource
from kbsearch.search.query.expert.read import read
from kbsearch.search.query.tokens import MOST_WORDS, tokenize
from kbsearch.search.understand.conditions import forms_of
from kbsearch.search.understand.plan import Understanding

START = datetime(2026, 1, 1, tzinfo=UTC)
PRODUCTS = ("Modem 3", "Till", "")
STATUSES = ("open", "Solved", "waiting")
TAGS = ("usb", "Paper", "vpn")
_SHORTEST = 4
"""Letters of a word in a query: shorter ones are also read as letters that are spelt out."""


class Typed(NamedTuple):
    """A word, in any of its readings."""

    word: str


class Exactly(NamedTuple):
    """Words side by side, as they are typed."""

    words: tuple[str, ...]


class Chosen(NamedTuple):
    """A filter, and whether it lets a ticket pass."""

    typed: str
    passes: Callable[[StoredTicket], bool]


class Every(NamedTuple):
    """All of its parts; `written` is how they are joined."""

    parts: "tuple[Expression, ...]"
    written: str


class Either(NamedTuple):
    """At least one of its parts."""

    parts: "tuple[Expression, ...]"


class Without(NamedTuple):
    """All tickets but those of its part."""

    part: "Expression"


Expression = Typed | Exactly | Chosen | Every | Either | Without
_CONDITIONS = (Clause, Phrase, Filters)
_BINDING = {Either: 1, Every: 2, Without: 3}
"""The later, the closer; words side by side bind least of all."""


class Desk:
    """Tickets of sample text, and what each of them holds.

    others  tickets that it once had.
    """

    def __init__(self, tickets: int, chance: Random) -> None:
        """Make so many tickets by chance."""
        texts = [
            str(text)
            for path in sorted(resource("index/samples").glob("*.jsonl"))
            for line in path.read_text("utf-8").splitlines()
            for text in json.loads(line).values()
        ]
        self._runs = [text.split() for text in texts if len(text.split()) > 1]
        self.tickets = [self._ticket(number, chance) for number in range(1, tickets + 1)]
        self.others = [self._ticket(tickets + number, chance) for number in range(1, 101)]
        self.ids = frozenset(ticket.id for ticket in self.tickets)
        self._places: dict[tuple[Field, str], dict[int, set[int]]] = defaultdict(dict)
        for ticket in self.tickets:
            self._file(ticket)

    @cached_property
    def words(self) -> list[str]:
        """The words that queries are made of, as often as they occur; some are codes.

        Neither words of spelling alphabets, which are read together, nor stop words, next to which
        there is no operator.
        """
        kept_out = stop_words() | {
            word
            for name in ("spoken_letters.tsv", "spoken_symbols.tsv")
            for words, *_ in table(name)
            for word in words.split()
        }
        found = [token for run in self._runs for token in tokens(" ".join(run))]
        words = [
            token.surface
            for token in found
            if token.kind is TokenKind.WORD and token.surface.isalpha()
        ]
        codes = [token.surface for token in found if token.kind is TokenKind.CODE and token.whole]
        lettered = [code for code in codes if code[0].isalpha() and normal_code(code) == code]
        return [
            word
            for word in (*words, *lettered)
            if len(word) >= _SHORTEST and word not in kept_out and len(parts(word)) == 1
        ]

    def pair(self, chance: Random) -> tuple[str, ...]:
        """Return two words that stand side by side in some text."""
        while True:
            run = chance.choice(self._runs)
            start = chance.randrange(len(run) - 1)
            words = tuple(word.lower() for word in run[start : start + 2])
            if all(word.isascii() and word.isalpha() for word in words):
                return words

    def holding(self, condition: Condition) -> set[int]:
        """Return the ids of the tickets that hold a phrase, or any reading of a word."""
        assert not isinstance(condition, Filters)
        if isinstance(condition, Phrase):
            return self._side_by_side(condition.field, condition.terms)
        return set().union(*map(self._reading, condition.readings))

    def _reading(self, reading: Reading) -> set[int]:
        if reading.unordered:
            held = [self._side_by_side(reading.field, (term,)) for term in reading.terms]
            return set.intersection(*held)
        return self._side_by_side(reading.field, reading.terms)

    def _side_by_side(self, field: Field, terms: tuple[str, ...]) -> set[int]:
        first, *others = [self._places.get((field, term), {}) for term in terms]
        return {
            number
            for number, places in first.items()
            if not others or _consecutive([places, *(held.get(number, set()) for held in others)])
        }

    def _file(self, ticket: StoredTicket) -> None:
        """Take down every term of a ticket with its places."""
        for token in index_tokens(sections(ticket)):
            filed = [(Field.TEXT, term_of(token.kind, token.surface))]
            if token.kind is TokenKind.CODE:
                filed.append((Field.CODE, token.surface))
            elif form := filed_form(token.kind, token.surface):
                filed.append((Field.FORM, form))
            for key in filed:
                self._places[key].setdefault(ticket.id, set()).add(token.position)

    def _ticket(self, number: int, chance: Random) -> StoredTicket:
        return StoredTicket(
            id=number,
            revision=1,
            reference=f"T-{number}",
            subject=self._text(1, chance),
            problem=self._text(3, chance),
            resolution=self._text(2, chance),
            product=chance.choice(PRODUCTS),
            status=chance.choice(STATUSES),
            tags=tuple(chance.sample(TAGS, chance.randrange(3))),
            created_at=START + timedelta(days=chance.randrange(300)),
        )

    def _text(self, runs: int, chance: Random) -> str:
        picked: list[str] = []
        for run in chance.choices(self._runs, k=runs):
            start = chance.randrange(len(run))
            picked += run[start : start + 12]
        return " ".join(
            mistyped(word, chance) if chance.random() < 0.02 else word for word in picked
        )


def mistyped(word: str, chance: Random) -> str:
    """Return a word with two letters exchanged or one lost."""
    place = chance.randrange(max(len(word) - 1, 1))
    pair = word[place : place + 2]
    return word[:place] + (pair[::-1] if chance.random() < 0.5 else pair[:1]) + word[place + 2 :]


def queries(desk: Desk, chance: Random) -> Iterator[tuple[Expression, str]]:
    """Yield random trees without end, each with the query that it is written as."""
    while True:
        tree = expression(desk, chance, depth=chance.choice((2, 3, 3, 4)))
        words = sum(len(leaf.words) if isinstance(leaf, Exactly) else 1 for leaf in leaves(tree))
        if words <= MOST_WORDS and has_operator(query := text(tree, chance)):
            yield tree, query


def expression(desk: Desk, chance: Random, depth: int) -> Expression:
    """Return a random tree, at most so deep."""
    kind = chance.random() if depth else 0.0
    if kind < 0.3:
        return _leaf(desk, chance)
    if kind < 0.5:
        return Without(expression(desk, chance, depth - 1))
    parts = tuple(expression(desk, chance, depth - 1) for _ in range(chance.randint(2, 3)))
    if kind < 0.75:
        return Either(parts)
    return Every(parts, chance.choice((" ", " AND ", " && ")))


def _leaf(desk: Desk, chance: Random) -> Expression:
    kind = chance.random()
    if kind < 0.7:
        word = chance.choice(desk.words)
        slip = mistyped(word, chance) if word.isalpha() and chance.random() < 0.2 else word
        return Typed(word if slip in stop_words() else slip)
    if kind < 0.85:
        return Exactly(desk.pair(chance) if kind < 0.8 else (chance.choice(desk.words),))
    return _filter(chance)


def _filter(chance: Random) -> Chosen:
    product, status, tag = chance.choice(PRODUCTS[:2]), chance.choice(STATUSES), chance.choice(TAGS)
    day = START + timedelta(days=chance.randrange(300))
    return chance.choice(
        (
            Chosen(f'product:"{product.upper()}"', lambda ticket: ticket.product == product),
            Chosen(f"Status:{status.lower()}", lambda ticket: ticket.status == status),
            Chosen(f"tag:{tag}", lambda ticket: tag in ticket.tags),
            Chosen(f"since:{day:%Y-%m-%d}", lambda ticket: _created(ticket) >= day),
            Chosen(f"before:{day:%Y-%m-%d}", lambda ticket: _created(ticket) < day),
        )
    )


def _created(ticket: StoredTicket) -> datetime:
    assert ticket.created_at is not None
    return ticket.created_at


def text(tree: Expression, chance: Random) -> str:
    """Return a tree as a query, with no more brackets than it needs, and some."""
    match tree:
        case Typed(word):
            return word
        case Exactly(words):
            return f'"{" ".join(words)}"'
        case Chosen(typed, _):
            return typed
        case Without(part):
            return _negated(part, chance)
        case Either(parts):
            written = [_inside(part, 1, chance) for part in parts]
            return chance.choice((" OR ", " || ")).join(written)
        case Every(parts, joint):
            return joint.join(_inside(part, 0 if joint == " " else 2, chance) for part in parts)


def _negated(part: Expression, chance: Random) -> str:
    is_minus = isinstance(part, Exactly | Chosen) or (
        isinstance(part, Every | Either) and chance.random() < 0.3
    )
    if is_minus and chance.random() < 0.3:
        return "-" + (text(part, chance) if _binding(part) > 3 else f"({text(part, chance)})")
    return "NOT " + _inside(part, 3, chance)


def _inside(part: Expression, outer: int, chance: Random) -> str:
    """Return a part of a tree that binds so closely, in brackets if it needs them."""
    written = text(part, chance)
    return f"({written})" if _binding(part) <= outer or chance.random() < 0.1 else written


def _binding(tree: Expression) -> int:
    return 0 if isinstance(tree, Every) and tree.written == " " else _BINDING.get(type(tree), 4)


def has_operator(query: str) -> bool:
    """Tell whether a written tree has an operator, and not just words and a minus."""
    return not {"AND", "OR", "NOT", "&&", "||"}.isdisjoint(query.replace("(", " ").split())


def leaves(tree: Expression) -> Iterator[Typed | Exactly | Chosen]:
    """Yield the leaves in the order in which they are written."""
    match tree:
        case Without(part):
            yield from leaves(part)
        case Every(parts, _) | Either(parts):
            yield from chain.from_iterable(map(leaves, parts))
        case _:
            yield tree


def wants_something(tree: Expression, *, negated: bool = False) -> bool:
    """Tell whether anything in a tree is not left out."""
    match tree:
        case Without(part):
            return wants_something(part, negated=not negated)
        case Every(parts, _) | Either(parts):
            return any(wants_something(part, negated=negated) for part in parts)
        case _:
            return not negated


class Verdict(StrEnum):
    """What comes of a query."""

    AGREES = "finds what plain Python finds"
    REFUSED = "is refused, for it only leaves out"
    READ_TOGETHER = "has words that are read as one, and is not compared"
    DIFFERS = "finds something else"
    MISREAD = "is refused, or read without its operators"


def judge(desk: Desk, index: IndexSnapshot, tree: Expression, query: str) -> Verdict:
    """Return what comes of the query that a tree is written as."""
    try:
        plan = Understanding(index).plan(read(query, Filters()))
    except QueryInvalid:
        return Verdict.MISREAD if wants_something(tree) else Verdict.REFUSED
    if plan.must is None or not wants_something(tree):
        return Verdict.MISREAD
    conditions = [leaf for leaf, _ in leaves_of(plan.must) if isinstance(leaf, _CONDITIONS)]
    expected = fulfilling(desk, tree, conditions)
    if expected is None:
        return Verdict.READ_TOGETHER
    found = index.search(plan, limit=len(desk.ids))
    same = {one.ticket_id for one in found.scored} == expected
    return Verdict.AGREES if same and found.total == len(found.scored) else Verdict.DIFFERS


def fulfilling(desk: Desk, tree: Expression, conditions: Sequence[Condition]) -> set[int] | None:
    """Return the ids of the tickets that fulfil a tree, None if it is read otherwise.

    conditions  how the search reads the leaves, in their order.
    """
    written, rest = [*leaves(tree)], iter(conditions)
    read = [[*islice(rest, _conditions(leaf))] for leaf in written]
    if any(rest) or not all(map(_is_read_alone, written, read)):
        return None
    each = iter(read)
    return _fulfilling(desk, tree, lambda: next(each))


def _conditions(leaf: Typed | Exactly | Chosen) -> int:
    """Return how many conditions a leaf is read as: a quote also asks for each of its forms."""
    return 1 + len(forms_of([*tokenize(" ".join(leaf.words))])) if isinstance(leaf, Exactly) else 1


def _is_read_alone(leaf: Typed | Exactly | Chosen, read: Sequence[Condition]) -> bool:
    """Tell whether conditions are those of a leaf, and of no other one beside it."""
    if len(read) != _conditions(leaf):
        return False
    if isinstance(leaf, Typed):
        return isinstance(read[0], Clause) and read[0].word == leaf.word
    kind = Phrase if isinstance(leaf, Exactly) else Filters
    return all(isinstance(condition, kind) for condition in read)


def _fulfilling(
    desk: Desk, tree: Expression, conditions: Callable[[], Sequence[Condition]]
) -> set[int]:
    match tree:
        case Without(part):
            return set(desk.ids - _fulfilling(desk, part, conditions))
        case Every(parts, _):
            return set.intersection(*[_fulfilling(desk, part, conditions) for part in parts])
        case Either(parts):
            return set.union(*[_fulfilling(desk, part, conditions) for part in parts])
        case Chosen(_, passes):
            conditions()
            return {ticket.id for ticket in desk.tickets if passes(ticket)}
        case _:
            return set.intersection(*map(desk.holding, conditions()))


def _consecutive(places: Sequence[set[int]]) -> bool:
    """Tell whether some place of the first is followed by one of each other, one by one."""
    return any(all(place + step in held for step, held in enumerate(places)) for place in places[0])
