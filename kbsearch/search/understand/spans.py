"""What several tokens of a query are only together: a code with spaces in it, or one spelt out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import Part
from kbsearch.engines.plan import Clause, Reading
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.messages.catalogue import Code
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.codes.joined import JoinedCode, joined_codes
from kbsearch.search.codes.spoken import Spoken, spoken_code
from kbsearch.search.query.tokens import QueryToken, tokenize
from kbsearch.search.understand.token_clauses import as_typed, exact


class TokenSpan(NamedTuple):
    """The tokens `start:end` of a query, and what they ask for together."""

    start: int
    end: int
    clauses: tuple[Clause, ...]


def token_spans(typed: Sequence[QueryToken], lexicon: Lexicon) -> dict[int, TokenSpan]:
    """Return what tokens are together, by the place of the first; none overlaps another."""
    found: dict[int, TokenSpan] = {}
    behind = 0
    for each in sorted(_all(typed, lexicon)):
        if each.start >= behind:
            found[each.start] = each
            behind = each.end
    return found


def _all(typed: Sequence[QueryToken], lexicon: Lexicon) -> Iterator[TokenSpan]:
    texts = [token.text for token in typed]
    for code in joined_codes(texts, lambda code: lexicon.count_term(code) > 0):
        yield TokenSpan(code.start, code.end, (_joined(typed[code.start : code.end], code),))
    for spoken in spoken_code(texts):
        said = typed[spoken.start : spoken.end]
        yield TokenSpan(spoken.start, spoken.end, tuple(_spoken(said, spoken, lexicon)))


def _joined(typed: Sequence[QueryToken], found: JoinedCode) -> Clause:
    """Read tokens as the one code that they are: whole, or side by side as they were typed."""
    text = " ".join(token.text for token in typed)
    pieces = [part for token in typed for part in token.steps]
    because = (Code.ALSO_WRITTEN, text, found.code)
    whole = Reading(ReadingKind.COMPOUND, (found.code,), 1.0, found.code, because, Field.CODE)
    return Clause(text, (whole, Reading(ReadingKind.EXACT, _terms(pieces), 1.0, text)))


def _spoken(said: Sequence[QueryToken], spoken: Spoken, lexicon: Lexicon) -> Iterator[Clause]:
    """Yield what was spelt out; also the words as typed, if the index has nothing spelt so."""
    text = " ".join(token.text for token in said)
    spelt = [part for token in tokenize(spoken.text) for part in token.parts]
    whole = [part for part in spelt if part.whole] or spelt
    for part in whole:
        reading = exact(part)._replace(kind=ReadingKind.SPOKEN, explanation=spoken.explanation)
        yield Clause(text, (reading,))
    if not all(map(lexicon.count_term, _terms(whole))):
        yield from (as_typed(part) for token in said for part in token.steps)


def _terms(found: Sequence[Part]) -> tuple[str, ...]:
    return tuple(term_of(part.kind, part.surface) for part in found)
