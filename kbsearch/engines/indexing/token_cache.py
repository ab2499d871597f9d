"""What each chunk that was met is filed as, all in numbers, so that it is analysed only once."""

from array import array

from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import TokenKind, filed
from kbsearch.engines.indexing.document import filed_form
from kbsearch.inverted.field import Field

NONE = -1
"""Instead of a number: it is not filed there."""
_LONGEST = 64
"""Characters of a chunk that is remembered; a longer one hardly comes twice."""


class TermIds:
    """What each form of a word or code is filed as, in one field or among the words."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.names: list[str] = []
        self.of_forms = array("i")
        """The number of each form's name; NONE where a form has none."""

    def add_form(self, name: str) -> None:
        """File the next form under a name, or nowhere if that is empty."""
        number = NONE
        if name:
            number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        self.of_forms.append(number)


class TokenIdCache(dict[str, int]):
    """The number of each chunk as it is written, and which forms it is filed under.

    ends    of the forms of chunk c, `ends[c] : ends[c + 1]`.
    forms   their numbers.
    steps   how far each lies behind the one before, as in `tokens.Part`.
    """

    def __init__(self) -> None:
        """Remember nothing yet."""
        super().__init__()
        self.ends = array("q", [0])
        self.forms = array("i")
        self.steps = array("b")
        self.filings = {field: TermIds() for field in Field}
        self.words = TermIds()
        self._known_forms: dict[TokenKind, dict[str, int]] = {kind: {} for kind in TokenKind}

    def __missing__(self, chunk: str) -> int:
        forms = [(self._form(part.kind, part.surface), part.step) for part in filed(chunk)]
        for form, step in forms:
            self.forms.append(form)
            self.steps.append(step)
        number = len(self.ends) - 1
        self.ends.append(len(self.forms))
        if len(chunk) <= _LONGEST:
            self[chunk] = number
        return number

    def _form(self, kind: TokenKind, surface: str) -> int:
        known = self._known_forms[kind].get(surface)
        if known is not None:
            return known
        is_code = kind is TokenKind.CODE
        filings = (
            (self.filings[Field.TEXT], term_of(kind, surface)),
            (self.filings[Field.CODE], surface if is_code else ""),
            (self.filings[Field.FORM], filed_form(kind, surface)),
            (self.words, "" if is_code else surface),
        )
        number = self._known_forms[kind][surface] = len(self.words.of_forms)
        for filing, name in filings:
            filing.add_form(name)
        return number
