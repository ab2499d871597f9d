"""Whoosh parses the operators, and is loaded only for queries that have some."""

import subprocess
import sys

import pytest

from kbsearch.engines.boolean_tree import And, Not, Or, Tree
from kbsearch.search.query.expert.lexemes import lexemes
from kbsearch.search.query.expert.parser import parse


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("C++ AND won't", And[str]((And(("C++", "won't")),))),
        ('red OR tag:"a b"', And[str]((Or(("red", 'tag:"a b"')),))),
        ('red NOT "a  b"', And(("red", Not('"a b"')))),
        ("std:: OR C:\\tag", And[str]((Or(("std::", "C:\\tag")),))),
    ],
)
def test_whoosh_parses_what_operators_bind_and_keeps_operands(text: str, tree: Tree[str]) -> None:
    assert parse(lexemes(text)) == tree


def test_a_search_without_operators_loads_no_whoosh() -> None:
    script = (
        "import sys, kbsearch.search.searcher;"
        "from kbsearch.search.query.expert.read import read;"
        "from kbsearch.engines.plan import Filters;"
        "read('PRINTER NOT READY', Filters()); print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "whoosh" not in loaded.stdout.split()
