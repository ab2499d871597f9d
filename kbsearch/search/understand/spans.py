"""What several tokens of a query are only together: a code with spaces in it, or one spelt out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kbsearch.analysis.terms import stop_words, term_of
from kbsearch.analysis.tokens import Part
from kbsearch.engines.plan import Clause, Reading
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.messages.catalogue import Code
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.codes.joined import JoinedCode, joined_codes
from kbsearch.search.codes.spoken import Spoken, spoken_code
from kbsearch.search.query.tokens import QueryToken, tokenize
from kbsearch.search.understand.code_clauses import CodeReader
from kbsearch.search.understand.merge_readings import best_of_each
from kbsearch.search.understand.token_clauses import as_typed, own_readings_of

_NUMBER_WEIGHT = 0.85
"""Of the number after an article."""


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
    texts = [f"{token.text}*" if token.begins else token.text for token in typed]
    codes = CodeReader(lexicon)
    for code in joined_codes(texts, codes.is_held):
        yield TokenSpan(code.start, code.end, (_joined(typed[code.start : code.end], code, codes),))
    for spoken in spoken_code(texts):
        said = typed[spoken.start : spoken.end]
        clauses = _spoken(said, spoken, codes, alone=len(said) == len(typed))
        yield TokenSpan(spoken.start, spoken.end, tuple(clauses))


def _joined(typed: Sequence[QueryToken], found: JoinedCode, codes: CodeReader) -> Clause:
    """Read tokens as the one code that they are: whole, or side by side as they were typed.

    Of "a 4" the number alone is meant as well: it may be "a 4 port switch".
    """
    text = " ".join(token.text for token in typed)
    pieces = [part for token in typed for part in token.steps]
    whole = Reading(
        ReadingKind.COMPOUND,
        (found.code,),
        1.0,
        found.code,
        (Code.ALSO_WRITTEN, text, found.code),
        Field.CODE,
    )
    typed_so = Reading(ReadingKind.EXACT, _terms(pieces), 1.0, text)
    last = own_readings_of(pieces[-1], codes.lexicon) if _is_article(typed) else ()
    alone = [one._replace(weight=_NUMBER_WEIGHT) for one in last]
    others = codes.clause(text, found.code, (), numbered=False).readings[1:]
    return Clause(text, best_of_each((whole, typed_so, *others, *alone)))


def _is_article(typed: Sequence[QueryToken]) -> bool:
    return typed[0].text in stop_words() and len(typed) == len("a4")


def _spoken(
    said: Sequence[QueryToken], spoken: Spoken, codes: CodeReader, *, alone: bool
) -> Iterator[Clause]:
    """Yield what was spelt out; also the words as typed, if the index has nothing spelt so.

    alone  nothing else was typed: a number may be that of a ticket.
    """
    text = " ".join(token.text for token in said)
    spelt = [part for token in tokenize(spoken.text) for part in token.parts]
    whole = [part for part in spelt if part.whole] or spelt
    found = []
    for part in whole:
        readings = codes.readings(part, numbered=alone)
        found.append(any(map(codes.has, readings)))
        kind, because = ReadingKind.SPOKEN, spoken.explanation
        spelt_so = (one._replace(kind=kind, explanation=because) for one in readings)
        yield Clause(text, tuple(spelt_so))
    if not all(found):
        yield from (as_typed(part, codes.lexicon) for token in said for part in token.steps)


def _terms(found: Sequence[Part]) -> tuple[str, ...]:
    return tuple(term_of(part.kind, part.surface) for part in found)
