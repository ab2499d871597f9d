"""Mask every text of a ticket; keep what it said for the vault, of a card only the last digits."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple, cast

from kbsearch.analysis.marks import MARK
from kbsearch.errors import MaskingFailed, TicketInvalid
from kbsearch.privacy.detect.numbers.cards import find_cards
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.masking import Masked, Masker, TicketMasker
from kbsearch.privacy.people import People, Person
from kbsearch.privacy.traces import bare, is_sought
from kbsearch.records.masking import MaskedTicket
from kbsearch.records.message import Message, Role
from kbsearch.records.places import places, with_texts
from kbsearch.records.ticket import (
    LISTS,
    NAME_LIMIT,
    NAMES,
    TEXT_LIMIT,
    TEXTS,
    Ticket,
    TicketFields,
)

WITHHELD = "[text withheld: it could not be masked]"
"""What is shown in the place of a text that could not be masked."""
_NO_PERSON = (Role.SYSTEM, Role.ATTACHMENT)
"""What writes messages and is no person; the author of an attachment is its file name."""
_SHORT = frozenset(NAMES) - {"requester"}
"""The places of values that many tickets share, such as a product."""
_SHORT_KEPT = 20_000
_PERSON = "[name]"
_IDENTITY = ("reference", "source")
"""What tells a ticket from others: never changed, so it is refused if it is personal."""
_NO_REFERENCE = {
    Kind.CARD: "a card number",
    Kind.EMAIL: "an e-mail address",
    Kind.IBAN: "a bank account",
}
_ADDRESS = re.compile(r"[^\s<>()\"']+@[^\s<>()\"']+")
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d(?:[\s\W_]?\d){3,}")
_BARE = re.compile(r"[\W_]+")


class Found(NamedTuple):
    """A finding, and the text of the ticket where it was found."""

    text: str
    finding: Finding


class TicketMasking:
    """Masks tickets and what people type. Threads may share it."""

    def __init__(self, masker: Masker) -> None:
        """Mask by the rules of this masker."""
        self._masker = masker
        self._is_clean = lru_cache(maxsize=_SHORT_KEPT)(self._shows_nothing)

    @property
    def version(self) -> str:
        """What changes when the same text might be masked otherwise."""
        return self._masker.rules.version

    def text(self, typed: str) -> str:
        """Return what a person typed, such as a query, with personal data masked.

        Nothing is left of what cannot be masked.
        """
        return self._typed(typed, prose=True)

    def line(self, said: str) -> str:
        """Return a sentence of ours, which may quote a value, masked but for names."""
        return self._typed(said, prose=False)

    def _typed(self, text: str, *, prose: bool) -> str:
        try:
            return self._masker.ticket().mask(text, prose=prose).text
        except MaskingFailed:
            return ""

    def without_cards(self, given: TicketFields) -> TicketFields:
        """Return the fields with a mark for each card number, which no one keeps.

        A raw text goes where it may hold a card that only its plain text shows.
        """
        fields: dict[str, Any] = dict(given)
        for name in (*NAMES, *TEXTS):
            if fields.get(name) and name not in _IDENTITY:
                fields[name] = _without_cards(fields[name])
        for name in LISTS:
            if fields.get(name):
                fields[name] = tuple(_without_cards(one) for one in fields[name])
        if fields.get("messages"):
            fields["messages"] = tuple(_message_without_cards(one) for one in fields["messages"])
        if raw := fields.get("raw"):
            kept = {name: _raw_without_cards(text, given.get(name)) for name, text in raw.items()}
            fields["raw"] = {name: text for name, text in kept.items() if text}
        return cast("TicketFields", fields)

    def mask(self, ticket: Ticket) -> MaskedTicket:
        """Return a ticket without cards as others may see it.

        Raises TicketInvalid if its reference or source is a card, a mail address or the like.
        """
        people = People.of(_people(ticket))
        masker = self._masker.ticket(people)
        masked: dict[str, str] = {}
        originals: dict[str, str] = {}
        withheld: list[str] = []
        for place, text in places(ticket):
            if place in _IDENTITY:
                self._check(place, text)
                continue
            if place in _SHORT and not people and self._is_clean(text):
                continue
            try:
                shown = _shown(masker, ticket, place, text)
            except MaskingFailed:
                withheld.append(place)
                masked[place] = WITHHELD
                originals[place] = _DIGITS.sub("[number]", text)  # any of them may be a card
                continue
            if shown != text:
                masked[place], originals[place] = _cut(place, shown), text
        return MaskedTicket(with_texts(ticket, masked), originals, tuple(withheld))

    def sought(self, originals: Iterable[str]) -> Iterator[str]:
        """Yield the values in originals that must be nowhere else, as `traces` looks for them."""
        for text in originals:
            for finding in self._masker.mask(text).findings:
                value = text[finding.start : finding.end]
                if is_sought(finding.kind, value):
                    yield bare(value)

    def findings(self, ticket: Ticket) -> Iterator[Found]:
        """Yield what is found in the texts of a ticket. Raises MaskingFailed."""
        masker = self._masker.ticket(People.of(_people(ticket)))
        for place, text in places(ticket):
            if place.partition("/")[0] != "raw" and place not in _IDENTITY:
                for finding in masker.mask(
                    text, prose=place in TEXTS or place.startswith("messages/")
                ).findings:
                    yield Found(text, finding)

    def _shows_nothing(self, text: str) -> bool:
        """Whether nothing of a short text is masked, of whatever ticket."""
        return not self._masker.ticket().mask(text, prose=False).findings

    def _check(self, place: str, text: str) -> None:
        try:
            if self._is_clean(text):
                return
            findings = self._masker.mask(text).findings
        except MaskingFailed:
            raise TicketInvalid(
                place, f"cannot be checked; give the ticket another {place}"
            ) from None
        for finding in findings:
            if what := _NO_REFERENCE.get(finding.kind):
                raise TicketInvalid(
                    place, f"holds {what}; give the ticket another {place}, without personal data"
                )


def _shown(masker: TicketMasker, ticket: Ticket, place: str, text: str) -> str:
    """Return a text as others may see it."""
    field, _, rest = place.partition("/")
    if field == "raw":
        return _raw_shown(masker, text, getattr(ticket, rest))
    if field == "messages":
        number, _, part = rest.partition("/")
        message = ticket.messages[int(number)]
        if part == "raw":
            return _raw_shown(masker, text, message.text)
        if part == "author" and message.role not in _NO_PERSON:
            return _person_shown(masker, text)
        return masker.mask(text).text
    if field in ("requester", "agents"):
        return _person_shown(masker, text)
    return masker.mask(text, prose=field in TEXTS).text


def _person_shown(masker: TicketMasker, name: str) -> str:
    """Return the mark of a person; a number that a system has for one stays."""
    if not _LETTER.search(name):
        return masker.mask(name).text
    mark = MARK.search(masker.mask(name).text)
    return mark[0] if mark else _PERSON


def _raw_shown(masker: TicketMasker, raw: str, plain: str) -> str:
    """Return a text as it came, or "" if its plain text shows more that is personal."""
    masked, of_plain = masker.mask(raw), masker.mask(plain)
    return masked.text if _values(plain, of_plain) <= _values(raw, masked) else ""


def _values(text: str, masked: Masked) -> set[tuple[Kind, str]]:
    """Return what was found, without marks and blanks between letters and digits."""
    return {(one.kind, _bare(text[one.start : one.end])) for one in masked.findings}


def _bare(text: str) -> str:
    return _BARE.sub("", text).casefold()


def _cut(place: str, shown: str) -> str:
    """Return a text no longer than its place can hold; a mark may be longer than what it hides."""
    long = place.partition("/")[0] in (*TEXTS, "raw") or place.endswith(("/text", "/raw"))
    return shown[: TEXT_LIMIT if long else NAME_LIMIT]


def _cards(text: str) -> list[Finding]:
    return sorted(find_cards(Text(text))) if any(map(str.isdigit, text)) else []


def _without_cards(text: str) -> str:
    """Return a text with a mark for each card.

    >>> _without_cards("Paid with 4242 4242 4242 4242.")
    'Paid with [card ending 4242].'
    """
    for finding in reversed(_cards(text)):
        text = text[: finding.start] + finding.mark + text[finding.end :]
    return text


def _raw_without_cards(raw: str, plain: object) -> str:
    of_plain = {_bare(str(plain)[one.start : one.end]) for one in _cards(str(plain or ""))}
    of_raw = {_bare(raw[one.start : one.end]) for one in _cards(raw)}
    return _without_cards(raw) if of_plain <= of_raw else ""


def _message_without_cards(message: Message) -> Message:
    return replace(
        message,
        author=_without_cards(message.author),
        text=_without_cards(message.text),
        raw=_raw_without_cards(message.raw, message.text) if message.raw else "",
    )


def _people(ticket: Ticket) -> Iterator[Person]:
    """Yield whom a ticket names as asking, answering or writing."""
    authors = (one.author for one in ticket.messages if one.role not in _NO_PERSON)
    for name in (ticket.requester, *ticket.agents, *authors):
        if _LETTER.search(name):
            yield _person(name)


def _person(name: str) -> Person:
    """Return a person of a name, an address, or a name with an address.

    >>> _person("Ann Lee <ann@example.org>"), _person("ann@example.org").name
    (Person(name='Ann Lee', email='ann@example.org'), '')
    """
    found = _ADDRESS.search(name)
    if not found:
        return Person(name)
    rest = (name[: found.start()] + name[found.end() :]).strip(" <>()\"'\t")
    return Person(rest, found[0])


def restored(ticket: Ticket, originals: Mapping[str, str]) -> Ticket:
    """Return a masked ticket as it was, but for its cards."""
    return with_texts(ticket, originals)
