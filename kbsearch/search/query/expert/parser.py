"""Parse the operators of a query with Whoosh's parser.

Of Whoosh this takes the grammar: what AND, OR, NOT, brackets, quotes and fields bind. What a word
is, and which tickets have it, is not left to Whoosh: its analyzers would drop "C++" and cut
"won't". So every field is an ID, whose text is taken as it is. Words side by side must all
hold (`AndGroup`): with `OrGroup` a NOT would be one more choice.
"""

from collections.abc import Sequence
from functools import cache

from whoosh import query as parsed
from whoosh.fields import ID, Schema
from whoosh.qparser import QueryParser
from whoosh.qparser.plugins import (
    FieldsPlugin,
    GroupPlugin,
    OperatorsPlugin,
    PhrasePlugin,
)
from whoosh.qparser.syntax import AndGroup

from kbsearch.engines.boolean_tree import And, Not, Or, Tree
from kbsearch.search.query.expert.lexemes import Lexeme
from kbsearch.search.query.parse import filter_names

_WORDS = "words"
"""The field of what is no filter."""
_ALONE = r"(?<!\S){}(?!\S)"
"""A sign between blanks: `printer(s)` has no bracket that groups."""


def parse(found: Sequence[Lexeme]) -> Tree[str]:
    """Return the tree of lexemes that `scanner.check` found nothing wrong with.

    Its leaves are operands in the plain grammar.
    """
    return _tree(_parser().parse(" ".join(map(_written, found)), normalize=False))


@cache
def _parser() -> QueryParser:
    names = "|".join(filter_names())
    fields = {name: ID() for name in (_WORDS, *filter_names())}
    parser = QueryParser(_WORDS, Schema(**fields), plugins=[PhrasePlugin()], group=AndGroup)
    signs = {name.title(): _ALONE.format(name) for name in ("AND", "OR", "NOT")}
    parser.add_plugins(
        [
            GroupPlugin(_ALONE.format(r"\("), _ALONE.format(r"\)")),
            FieldsPlugin(rf"(?<!\S)(?P<text>{names}):(?=\")"),
            OperatorsPlugin(AndNot=None, AndMaybe=None, Require=None, **signs),
        ]
    )
    return parser


def _written(lexeme: Lexeme) -> str:
    return lexeme.plain or lexeme.kind


def _tree(query: parsed.Query) -> Tree[str]:
    """Return what Whoosh parsed as a tree of ours."""
    if isinstance(query, parsed.And):
        return And(tuple(map(_tree, query.subqueries)))
    if isinstance(query, parsed.Or):
        return Or(tuple(map(_tree, query.subqueries)))
    if isinstance(query, parsed.Not):
        return Not(_tree(query.query))
    if isinstance(query, parsed.Phrase):
        quoted = f'"{" ".join(query.words)}"'
        return quoted if query.fieldname == _WORDS else f"{query.fieldname}:{quoted}"
    if isinstance(query, parsed.Term):
        return str(query.text)
    raise TypeError(f"Whoosh parsed a {type(query).__name__}, which is in no grammar of ours")
