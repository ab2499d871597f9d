"""The words of the sample knowledge base."""

import json
from collections import Counter
from functools import cache

from kbsearch.analysis.terms import term
from kbsearch.analysis.tokens import TokenKind, tokens
from kbsearch.resources import resource


@cache
def sample_words() -> tuple[Counter[str], Counter[str]]:
    """Return how many of the sample tickets hold each word, and how many each term."""
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    for path in sorted(resource("index/samples").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text = "\n".join(map(str, json.loads(line).values()))
            held = {one.surface for one in tokens(text) if one.kind is TokenKind.WORD}
            words.update(held)
            terms.update(set(map(term, held)))
    return words, terms
