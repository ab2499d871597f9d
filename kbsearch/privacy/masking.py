"""Put a mark in the place of each piece of personal data."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple, Protocol

from kbsearch.errors import MaskingFailed
from kbsearch.privacy.detect.detectors import find_anywhere, find_in_prose
from kbsearch.privacy.detect.lists import AdminLists
from kbsearch.privacy.detect.names.known_people import KnownName, KnownPeople
from kbsearch.privacy.detect.reading.normalised import folded
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.spans import merged
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import found, name_mark
from kbsearch.privacy.people import NOBODY_KNOWN, People
from kbsearch.privacy.rules import Rules

_ROUNDS = 6
"""A mark may lead to another finding, such as a name after `[name] and`; few do more than once."""


class Masked(NamedTuple):
    """A masked text, and what was found in the text before, in order and apart."""

    text: str
    findings: tuple[Finding, ...]


class Recogniser(Protocol):
    """A model of an admin's own, which finds more in a text than the rules do."""

    def __call__(self, text: str, /) -> Iterable[tuple[int, int, Kind]]:
        """Return where personal data starts and ends, and what it is."""


class Masker:
    """Masks texts by rules, and by a recogniser if there is one.

    common  words in small letters that strict rules do not take for names, such as those that many
            tickets of the desk have.
    """

    def __init__(
        self,
        rules: Rules,
        recogniser: Recogniser | None = None,
        common: Container[str] = frozenset(),
    ) -> None:
        self.rules = rules
        self._common = common
        self._lists = AdminLists(rules)
        self._recogniser = recogniser

    def mask(self, text: str, people: People = NOBODY_KNOWN) -> Masked:
        """Return the text with a mark for each finding. Raises MaskingFailed.

        >>> Masker(Rules()).mask("Hi Anna, card 4242 4242 4242 4242, ask Anna or Peter").text
        'Hi [name], card [card ending 4242], ask [name] or [name 2]'
        """
        return self.ticket(people).mask(text)

    def ticket(self, people: People = NOBODY_KNOWN) -> "TicketMasker":
        """Return what masks the texts of one ticket, the same person with the same mark."""
        return TicketMasker(self, KnownPeople(people))

    def find(
        self, text: Text, known: Iterable[KnownName] = (), *, prose: bool = True
    ) -> list[Finding]:
        """Return what is personal in a text, in order and apart.

        prose  whether it is one: names of strangers and passwords are looked for in no other text.
        """
        findings = [*find_anywhere(text, self.rules), *self._lists.denied(text)]
        if prose:
            findings += find_in_prose(text, self.rules, self._common)
        findings += self._recognised(text)
        findings.extend(found(name.start, name.end, Kind.NAME) for name in known)
        return self._lists.without_allowed(merged(findings, text.plain), text) if findings else []

    def _recognised(self, text: Text) -> Iterator[Finding]:
        if self._recogniser is not None:
            for start, end, kind in self._recogniser(text.raw):
                if not 0 <= start < end <= len(text.raw):
                    raise ValueError(f"the recogniser found something at {start} to {end}")
                yield found(start, end, kind)


class TicketMasker:
    """Masks one text of a ticket after the other, and remembers who was named."""

    def __init__(self, masker: Masker, known: KnownPeople) -> None:
        self._masker = masker
        self._known = known
        self._numbers: dict[int | frozenset[str], int] = {}

    def mask(self, text: str, *, prose: bool = True) -> Masked:
        """Return the text with a mark for each finding. Raises MaskingFailed.

        prose  whether it is one, see `Masker.find`.
        """
        try:
            return self._masked(text, prose=prose)
        except Exception as error:
            # Whatever goes wrong, a text that was not masked must go no further.
            raise MaskingFailed(f"A text could not be masked: {type(error).__name__}") from error

    def _masked(self, raw: str, *, prose: bool) -> Masked:
        """Mask until nothing more is found, so that masking again changes nothing."""
        done, all_findings = raw, list[Finding]()
        for _ in range(_ROUNDS):
            text = Text(done)
            known = list(self._known.find(text))
            findings = [
                self._numbered(each, text, known)
                for each in self._masker.find(text, known, prose=prose)
            ]
            if not findings:
                break
            all_findings = _joined(all_findings, findings)
            done = _written(raw, all_findings)
        return Masked(done, tuple(all_findings))

    def _numbered(self, finding: Finding, text: Text, known: list[KnownName]) -> Finding:
        if finding.kind is not Kind.NAME:
            return finding
        who = next(
            (
                name.person
                for name in known
                if name.start < finding.end > finding.start and name.end > finding.start
            ),
            None,
        )
        number = self._number(text.plain[finding.start : finding.end] if who is None else who)
        return finding._replace(mark=name_mark(number))

    def _number(self, who: str | int) -> int:
        """Return the number of a person of the ticket; a part of a name is that of the whole."""
        key = who if isinstance(who, int) else frozenset(folded(who).replace(".", "").split())
        if isinstance(key, frozenset):
            for other in self._numbers:
                if isinstance(other, frozenset) and (key <= other or other <= key):
                    return self._numbers[other]
        return self._numbers.setdefault(key, len(set(self._numbers.values())) + 1)


def _written(raw: str, findings: list[Finding]) -> str:
    pieces, place = [], 0
    for finding in findings:
        pieces += [raw[place : finding.start], finding.mark]
        place = finding.end
    return "".join([*pieces, raw[place:]])


def _joined(before: list[Finding], later: list[Finding]) -> list[Finding]:
    """Return findings of a text together with later ones, of the text that these made."""
    if not before:
        return later
    moved, shift, rest = list[Finding](), 0, list(before)
    for finding in later:
        while rest and rest[0].start + shift < finding.start:
            first = rest.pop(0)
            shift += len(first.mark) - (first.end - first.start)
            moved.append(first)
        moved.append(finding._replace(start=finding.start - shift, end=finding.end - shift))
    return [*moved, *rest]
