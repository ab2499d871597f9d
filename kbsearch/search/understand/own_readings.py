"""What a word asks for as it is: any form of it, and more of the very form that was typed."""

from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.indexing.document import filed_form
from kbsearch.engines.plan import Reading
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.records.reading_kind import ReadingKind

OTHER_FORM = 0.8
"""Weight of another form of a word that tickets have as it was typed; see docs/decisions.md."""


def own_readings(word: str, lexicon: Lexicon) -> tuple[Reading, ...]:
    """Return the readings of a word as it is; its stem is first, and sets the idf.

    "printers"  ->  the stem "printer", for less than the form "printers".
    """
    term = lexicon.term(word)
    any_form = Reading(ReadingKind.EXACT, (term,), 1.0, word)
    form = filed_form(TokenKind.WORD, word)
    if not 0 < lexicon.count_form(form) < lexicon.count_term(term):
        return (any_form,)
    return any_form._replace(weight=OTHER_FORM), very_form(word, form)


def very_form(word: str, form: str) -> Reading:
    """Return the reading of a word in the form that was typed, as it is filed, and in no other."""
    return Reading(ReadingKind.EXACT, (form,), 1.0, word, field=Field.FORM)
