"""Names of people whom the ticket knows, however they are written."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kbsearch.analysis.tables import table
from kbsearch.english import english_words
from kbsearch.privacy.detect.names.leads import starts_sentence
from kbsearch.privacy.detect.reading.normalised import folded
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.reading.words import words
from kbsearch.privacy.people import People, Person

_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f\u00ad]*)+")
_JOINED = re.compile(r"[ .,'_\-\u200b]{1,3}|[ \t]?\r?\n[ \t>]{0,4}")
_SPELT_OUT = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"), ("ß", "ss"))
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]{2,}")


class KnownName(NamedTuple):
    """`text[start:end]` is the name of a person, who has this number."""

    start: int
    end: int
    person: int


class _Token(NamedTuple):
    start: int
    end: int
    folded: str


class KnownPeople:
    """People, and the words of their names and of their addresses before the `@`."""

    def __init__(self, people: People) -> None:
        self._parts: defaultdict[str, set[int]] = defaultdict(set)
        self._joined: dict[str, int] = {}
        self._initials: list[frozenset[str]] = []
        self._whole: list[tuple[str, int]] = []
        for person in people:
            self._add(person)

    def _add(self, person: Person) -> None:
        name, local = person.name.partition("@")[0], person.email.partition("@")[0]
        parts = [part for part in _parts(name) if part not in _no_part()]
        mail = {part for part in _parts(local) if len(part) > 2 and part not in _no_part()}
        listed = {*parts, *mail}
        if not listed:
            return
        number = self._same(listed)
        if number == len(self._initials):
            self._initials.append(frozenset())
        self._initials[number] |= {part[0] for part in parts}
        for part in listed | _spelt_out(name):
            if len(part) > 1:
                self._parts[part].add(number)
        for joined in _run_together(parts, local):
            self._joined[joined] = number
        self._whole.extend((each, number) for each in _UNSPACED.findall(name))
        if re.search(r"\w[._+-]\w", local):
            self._whole.append((local.lower(), number))

    def _same(self, listed: set[str]) -> int:
        """Return the number of the person who has these words already, or the next one."""
        counts: defaultdict[int, int] = defaultdict(int)
        for part in listed:
            for number in self._parts.get(part, ()):
                counts[number] += 1
        best = max(counts, key=lambda number: counts[number], default=None)
        if best is not None and counts[best] >= min(2, len(listed)):
            return best
        return len(self._initials)

    def find(self, text: Text) -> Iterator[KnownName]:
        """Yield where a text names them: in any case and order, with initials and accents.

        >>> known = KnownPeople(People([Person("Ángel de la Cruz", "angel77@example.org")]))
        >>> text = Text("ANGEL'S mouse; de la Cruz, Angel; A. Cruz; angel77; the angel of it")
        >>> [text.raw[name.start : name.end] for name in known.find(text)]
        ['ANGEL', 'de la Cruz, Angel', 'A. Cruz', 'angel77']
        """
        for written, person in self._whole:
            if written not in text.lower:
                continue
            for match in re.finditer(rf"(?<![a-z0-9]){re.escape(written)}(?![a-z0-9])", text.lower):
                yield KnownName(*match.span(), person)
        if not self._initials or self._is_apart(text):
            return
        tokens = [_Token(*match.span(), folded(match[0])) for match in _TOKEN.finditer(text.plain)]
        place = 0
        while place < len(tokens):
            name, place = self._name_at(text, tokens, place)
            if name is not None:
                yield name

    def _is_apart(self, text: Text) -> bool:
        if not text.plain.isascii() or "_" in text.plain:
            return False
        return text.words.isdisjoint(self._parts) and text.words.isdisjoint(self._joined)

    def _name_at(
        self, text: Text, tokens: list[_Token], place: int
    ) -> tuple[KnownName | None, int]:
        """Return the name that begins with a token, if any, and where to go on."""
        token = tokens[place]
        if token.folded in self._joined:
            return KnownName(token.start, token.end, self._joined[token.folded]), place + 1
        for person in self._people_of(tokens, place):
            last = self._last(text, tokens, place, person)
            if self._is_name(text, tokens[place : last + 1]):
                return KnownName(token.start, tokens[last].end, person), last + 1
        return None, place + 1

    def _people_of(self, tokens: list[_Token], place: int) -> Iterable[int]:
        token = tokens[place].folded
        if token in self._parts:
            return sorted(self._parts[token])
        if (len(token) == 1 or token in words("particle")) and place + 1 < len(tokens):
            following = [
                tokens[after].folded for after in range(place + 1, min(place + 3, len(tokens)))
            ]
            return sorted(
                {
                    person
                    for part in following
                    for person in self._parts.get(part, ())
                    if len(token) > 1 or token in self._initials[person]
                }
            )
        return ()

    def _last(self, text: Text, tokens: list[_Token], place: int, person: int) -> int:
        """Return the last token that belongs to the same name."""
        last = place
        for after in range(place + 1, min(place + 8, len(tokens))):
            gap = text.plain[tokens[after - 1].end : tokens[after].start]
            token = tokens[after].folded
            if not _JOINED.fullmatch(gap):
                break
            if person in self._parts.get(token, ()):
                last = after
            elif not (len(token) == 1 and token in self._initials[person]) and (
                token not in words("particle")
            ):
                break
            elif len(token) == 1 and gap.strip("\n") and text.plain[tokens[after].start].isupper():
                last = after
        return last

    def _is_name(self, text: Text, tokens: list[_Token]) -> bool:
        """Tell whether these tokens are a name here, and no other words."""
        parts = [token for token in tokens if token.folded in self._parts]
        if len(parts) > 1:
            return True
        if not parts:
            return False
        (part,) = parts
        if text.plain[part.start].isupper():
            is_other = part.folded in _stop_words() and len(tokens) == 1
            return not is_other or not starts_sentence(text, part.start)
        is_word = part.folded in english_words() and part.folded not in words("given")
        return not is_word and len(part.folded) > 2 and part.folded not in _stop_words()


def _no_part() -> frozenset[str]:
    return words("group") | words("title") | words("particle")


def _stop_words() -> frozenset[str]:
    return frozenset(word for word, _ in table("stopwords.tsv")) | {"may", "mark"} - {"mark"}


def _parts(name: str) -> list[str]:
    return [folded(token) for token in _TOKEN.findall(name)]


def _spelt_out(name: str) -> set[str]:
    """Return the words of a name with `ue` for `ü`, or `u` for `ue`."""
    spelt = name.lower()
    for letter, letters in _SPELT_OUT:
        spelt = spelt.replace(letter, letters)
    short = name.lower()
    for letter, letters in _SPELT_OUT[:3]:
        short = short.replace(letters, letter)
    return {part for each in (spelt, short) for part in _parts(each)} - _no_part()


def _run_together(parts: list[str], local: str) -> Iterator[str]:
    """Yield names without blanks: jsmith, johnsmith, smithj, and the address before the `@`."""
    if len(parts) > 1:
        first, last = parts[0], parts[-1]
        yield from (first[0] + last, first + last, last + first, last + first[0])
    whole = folded(local)
    if len(whole) > 3 and whole.isalnum() and whole not in _no_part() | english_words():
        yield whole
