"""What a code of a query asks for: itself, in every way in which it may be written."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import Part, TokenKind
from kbsearch.engines.plan import Clause, Reading
from kbsearch.errors import shown
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.codes.forms import Form, irregular_groups, models, other_forms
from kbsearch.search.codes.joined import written_apart
from kbsearch.search.codes.references import reference_codes
from kbsearch.search.understand.own_readings import own_readings

_APART_WEIGHT = 0.85
_SERIES_WEIGHT = 0.8
"""Of a model for which only its series was typed."""
_NUMBER_WEIGHT = 0.7
"""Of a number in a text, where it is that of a ticket as well."""
_SURELY_WHOLE = 5
"""Digits of a number with which hardly any longer code begins."""
_MOST_MODELS = 8
_MOST_LISTED = 256
"""Codes that a star may find, the first by the alphabet."""
_MOST_BEGUN = 64
"""Of these, how many are searched, the most frequent."""


class CodeReader:
    """Reads codes over one index."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Look codes up in `lexicon`."""
        self.lexicon = lexicon

    def clause(self, chunk: str, code: str, pieces: Sequence[Part], *, numbered: bool) -> Clause:
        """Return what a chunk asks for.

        code      as it is filed.
        pieces    in which a ticket may have it as well.
        numbered  it may be the number of a ticket.
        """
        named = [*self._references(code)] if numbered else []
        weight = _NUMBER_WEIGHT if named else 1.0
        readings = [Reading(ReadingKind.EXACT, (code,), weight, code, field=Field.CODE), *named]
        same = [*self._same(chunk, code)]
        readings += same
        if "&" in chunk:
            names = chunk.split("&")
            ways = (tuple(names), tuple(" and ".join(names).split()))
            readings += [
                _also(chunk, " ".join(way), self._terms(way), _APART_WEIGHT) for way in ways
            ]
        elif pieces:
            readings.append(parts_reading(chunk, pieces))
        else:
            readings += self._begun(chunk, code, held=bool(same))
        return Clause(chunk, tuple(readings))

    def readings(self, part: Part, *, numbered: bool) -> tuple[Reading, ...]:
        """Return the readings of a part that was spelt out, a word as it is."""
        if part.kind is TokenKind.CODE:
            return self.clause(part.surface, part.surface, (), numbered=numbered).readings
        return own_readings(part.surface, self.lexicon)

    def has(self, reading: Reading) -> bool:
        """Tell whether the index has all terms of a reading."""
        return all(map(self.lexicon.count_term, reading.terms))

    def beginning(self, code: str) -> Clause:
        """Return what a code with a star asks for: the codes that begin so, the most frequent."""
        count = self.lexicon.count_term
        found = sorted(self.lexicon.codes.beginning(code, _MOST_LISTED), key=count, reverse=True)
        exact = Reading(ReadingKind.EXACT, (code,), 1.0, code, field=Field.CODE)
        longer = [_begun(code, one, 1.0) for one in found[:_MOST_BEGUN] if one != code]
        return Clause(code, (exact, *longer))

    def is_held(self, code: str) -> bool:
        """Tell whether any ticket has a code in one piece, however it is written."""
        whole = (form[0] for form in other_forms(code) if len(form) == 1)
        return any(map(self.lexicon.count_term, chain((code,), whole)))

    def _references(self, number: str) -> Iterator[Reading]:
        for code in reference_codes(number, self.lexicon):
            if self.lexicon.count_term(code):
                yield Reading(ReadingKind.EXACT, (code,), 1.0, number, field=Field.CODE)

    def _same(self, chunk: str, code: str) -> Iterator[Reading]:
        """Yield the other forms of a code that the index has."""
        for form in other_forms(code):
            terms = self._terms(form)
            if all(map(self.lexicon.count_term, terms)):
                field = Field.CODE if len(terms) == 1 else Field.TEXT
                yield _also(chunk, " ".join(form), terms, 1.0, field)

    def _begun(self, chunk: str, code: str, *, held: bool) -> Iterator[Reading]:
        """Yield the pieces of a code, and the models of a series that no ticket has by itself."""
        held = held or self.lexicon.count_term(code) > 0
        if (apart := written_apart(code.replace(".", ""))) and self._is_whole(
            code, apart[1], held=held
        ):
            terms = self._terms(apart)
            if all(map(self.lexicon.count_term, terms)):
                yield _also(chunk, " ".join(apart), terms, _APART_WEIGHT)
        if not held:
            found = islice(models(code, self.lexicon.codes), _MOST_MODELS)
            yield from (_begun(chunk, model, _SERIES_WEIGHT) for model in found)
            for form in filter(self._holds, irregular_groups(code)):
                yield _also(chunk, " ".join(form), self._terms(form), 1.0)

    def _is_whole(self, code: str, number: str, *, held: bool) -> bool:
        """Tell whether the pieces of a code side by side are hardly those of another one.

        PAY-4417-X has those of PAY4417.
        """
        if len(number) >= _SURELY_WHOLE:
            return True
        return not (held or self.lexicon.codes.beginning(code, 1))

    def _holds(self, form: Form) -> bool:
        return all(map(self.lexicon.count_term, self._terms(form)))

    def _terms(self, form: Form) -> Form:
        """Return what the groups of a code are filed as."""
        return tuple(self.lexicon.term(one) if one.isalpha() else one for one in form)


def cut_beginnings(clauses: Iterable[Clause]) -> Iterator[Message]:
    """Yield a note for each code with a star that may begin more codes than are searched."""
    for clause in clauses:
        begun = [one for one in clause.readings if one.kind is ReadingKind.PREFIX]
        if len(begun) >= _MOST_BEGUN:
            yield Code.MANY_BEGIN, shown(clause.word), len(begun)


def _begun(chunk: str, code: str, weight: float) -> Reading:
    because = (Code.BEGINS, chunk, code)
    return Reading(ReadingKind.PREFIX, (code,), weight, code, because, Field.CODE)


def parts_reading(chunk: str, pieces: Sequence[Part]) -> Reading:
    """Return the reading of a chunk as its pieces, side by side."""
    spelt = " ".join(part.surface for part in pieces)
    terms = tuple(term_of(part.kind, part.surface) for part in pieces)
    return _also(chunk, spelt, terms, _APART_WEIGHT)


def _also(chunk: str, spelt: str, terms: Form, weight: float, field: Field = Field.TEXT) -> Reading:
    because = (Code.ALSO_WRITTEN, chunk, spelt)
    return Reading(ReadingKind.COMPOUND, terms, weight, spelt, because, field)
