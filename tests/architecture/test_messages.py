"""Every message has a maker that gives it its parameters."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Template

PACKAGE = Path(__file__).parents[2] / "kbsearch"
MODULES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
TEMPLATES = {name: one for name, one in vars(Code).items() if isinstance(one, Template)}


OF_ROWS = {"ALSO_CALLED", "SHORT_FOR", "SHORTENED_TO", "NAMED_IN_REGION", "NAME_OF_REGION"}
"""Codes that the rows of search/synonyms/phrase_table.py have, until a query has their phrase."""


def codes(node: ast.AST) -> set[str]:
    """Return the codes that a piece of source names."""
    return {
        one.attr
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and getattr(one.value, "id", "") == "Code"
    }


def makers() -> Iterator[tuple[str, str, int]]:
    """Yield (place, code, number of parameters) for every message that is made."""
    for path, tree in MODULES.items():
        for node in ast.walk(tree):
            first = node.elts[0] if isinstance(node, ast.Tuple) and node.elts else None
            if isinstance(node, ast.Tuple) and isinstance(first, ast.Attribute | ast.IfExp):
                place = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                yield from ((place, code, len(node.elts) - 1) for code in codes(first))


def test_every_message_is_made_somewhere() -> None:
    assert TEMPLATES.keys() - {code for _, code, _ in makers()} == OF_ROWS


def test_every_code_that_is_named_begins_a_message() -> None:
    named = [code for tree in MODULES.values() for code in codes(tree)]
    assert {*named} - {code for _, code, _ in makers()} == OF_ROWS


def test_every_message_gets_as_many_parameters_as_it_names() -> None:
    wrong = [
        f"{place}: {code} gets {number} of {TEMPLATES[code].names}"
        for place, code, number in makers()
        if number != len(TEMPLATES[code].names)
    ]
    assert wrong == []


SILENT_ROOMS = ("analysis", "engines", "indexer", "inverted", "lexicon", "search", "store")
"""Rooms whose errors have the only sentences in them; `failures.py` has the texts of some."""
STATEMENTS = {"compile", "execute", "info", "warning", "error"}
"""Functions that take a pattern, SQL, or a line of the log."""


def bases(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Yield the classes of a module with the names of their bases."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name, {ast.unparse(base) for base in node.bases}


def errors() -> set[str]:
    """Return the names of all our errors."""
    classes = dict(one for tree in MODULES.values() for one in bases(tree))
    found, more = set[str](), {"Exception", "ValueError", "LookupError"}
    while more - found:
        found |= more
        more = {name for name, above in classes.items() if above & found}
    return found


ERRORS = errors()


def no_message(node: ast.AST) -> bool:
    """Tell whether the texts in a piece of source are no messages: a docstring, an error, a log."""
    if isinstance(node, ast.FunctionDef):
        return node.returns is not None and ast.unparse(node.returns) in ERRORS
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).rpartition(".")[2] in STATEMENTS
    return isinstance(node, ast.Raise) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of every text in a piece of source that may be a message."""
    if no_message(node):
        return
    if isinstance(node, ast.JoinedStr):
        yield (
            node.lineno,
            " ".join(
                str(ast.literal_eval(one)) for one in node.values if isinstance(one, ast.Constant)
            ),
        )
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from texts(child)


def is_prose(text: str) -> bool:
    """Tell whether a text has four words in small letters, as a sentence has and no name does."""
    words = (word.strip(",.;:'\"()") for word in text.split())
    return sum(word.isalpha() and word.islower() for word in words) >= 4


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('def told(n: int) -> str:\n    return f"the index lacks {n} of them"', True),
        ('def wrong() -> IndexMissing:\n    return IndexMissing("there is no such index")', False),
        ('def told() -> None:\n    """Say what it is about."""', False),
        ('raise IndexMissing("there is no such index")', False),
        ('names = "one or two"', False),
    ],
)
def test_a_sentence_is_noticed_unless_an_error_has_it(source: str, found: bool) -> None:
    assert any(is_prose(text) for _, text in texts(ast.parse(source))) is found


@pytest.mark.parametrize("room", SILENT_ROOMS)
def test_only_errors_are_put_into_words_outside_of_the_catalogue(room: str) -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {text}"
        for path, tree in MODULES.items()
        if path.relative_to(PACKAGE).parts[0] == room and path.name != "failures.py"
        for line, text in texts(tree)
        if is_prose(text)
    ]
    assert found == []
