"""What else do the tickets say where they mean a word of the query?"""

from collections.abc import Sequence

from kbsearch.engines.plan import Clause, Reading
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.messages.catalogue import Code
from kbsearch.records.reading_kind import ReadingKind

_WEIGHT = 0.3
"""Of a word that is used exactly like the one in the query; see docs/decisions.md."""
_MOST = 3
"""Words of a query, the rarest, that others are related to: more make nothing better."""


def with_related(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Clause]:
    """Return clauses, the rarest with the words that the tickets use like their likeliest reading.

    What the query says anyway, or may mean, is related to nothing.
    """
    said = {clause.readings[0].terms for clause in clauses}
    plain = [place for place, clause in enumerate(clauses) if _is_plain(clause.readings[0])]
    if len(plain) > _MOST:
        plain.sort(key=lambda place: lexicon.count_term(clauses[place].readings[0].terms[0]))
    found = list(clauses)
    for place in plain[:_MOST]:
        found[place] = clauses[place]._replace(related=_related(clauses[place], said, lexicon))
    return found


def _is_plain(reading: Reading) -> bool:
    """Tell whether a reading is one word of the text."""
    return reading.field is Field.TEXT and len(reading.terms) == 1


def _related(clause: Clause, said: set[tuple[str, ...]], lexicon: Lexicon) -> tuple[Reading, ...]:
    first = clause.readings[0]
    known = said.union([reading.terms for reading in clause.readings])
    found = []
    for word, term, likeness in lexicon.related(first.word):
        if (term,) not in known:
            because = (Code.USED_LIKE, word, first.word)
            weight = _WEIGHT * likeness * first.weight
            found.append(Reading(ReadingKind.RELATED, (term,), weight, word, because))
    return tuple(found)
