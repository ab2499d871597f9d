"""Every message has a maker that gives it its parameters."""

import ast
from collections.abc import Iterator
from pathlib import Path

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
