"""Which part of a resolution is the fix, and which is the letter around it?

A resolution is often a letter: a greeting, some thanks, the steps, a sign-off, names. A rep reads
out the steps. What is cut here is cut for showing and copying only; the store keeps all of it.
"""

import re
from functools import cache
from typing import NamedTuple

from kbsearch.analysis.marks import as_names
from kbsearch.analysis.tables import table

_LONGEST_SENTENCE = 300
"""Characters past which a sentence says more than a courtesy."""
_LONGEST_NAME = 40
_MOST_NAMES = 4
"""Words in a name below a sign-off, and such lines: a name, a role, a team, a telephone."""
_SENTENCE = re.compile(r"\S(?:[^.!?\n]|[.!?](?!\s|$))*[.!?]*[^\S\n]*\n?")
_NAME = re.compile(r"[A-Z\d+(][\w.'’@()-]*")
_TITLE = r"(?:mr|mrs|ms|miss|dr|prof|sir|madam)\b\.?"
_CALLED = r"(?:there|all|everyone|again|and|team|support|valued|customer|user|colleagues?|friend)\b"
_PERSON = r"(?-i:[A-Z][\w'’-]*|[\w-]*\d[\w-]*)"
_PERSON_ENDS = rf"(?=[^\S\n]*(?:[,.!:;\n–—-]|\Z)|[^\S\n]+(?:and\b|{_PERSON}))"
_HANDLE = r"[\w.'’-]*[\w](?=[^\S\n]*[,!:\n])"
_ADDRESSED = re.compile(
    rf"(?:,?[^\S\n]+(?:{_TITLE}|{_CALLED}|{_HANDLE}|{_PERSON}{_PERSON_ENDS})){{1,5}}", re.IGNORECASE
)
"""Who is greeted: "there", "Mr. Lee", "Dana and all", "dana27"."""
_ADDRESS = re.compile(r"[\w'’-]{2,30}(?=,[^\S\n]*\n)")
"""A name in a line of its own."""
_AFTER_GREETING = re.compile(r"[\s,.!:;–—-]+")


class Span(NamedTuple):
    """A part of a text."""

    start: int
    end: int


def fix_span(text: str) -> Span:
    """Return which part of a resolution is the fix, all of it if nothing else would be left.

    >>> letter = "Hi Dana, sorry to hear that. Hold the button. Hope this helps! Regards, Lee"
    >>> start, end = fix_span(letter)
    >>> letter[start:end]
    'Hold the button.'
    >>> start, end = fix_span("Dear [name], hold the button. Regards, [name 2] [phone]")
    >>> (start, end) == (13, 29)
    True
    """
    text = as_names(text)
    end = _end(text)
    start = _start(text, end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else Span(0, len(text))


def _start(text: str, end: int) -> int:
    """Return where the first sentence begins that is no greeting and no other courtesy."""
    at = _after_greeting(text)
    while at < end and (match := _SENTENCE.search(text, at, end)):
        if not _begins(match[0], "opening"):
            return match.start()
        at = _after_greeting(text, match.end())
    return at


def _after_greeting(text: str, at: int = 0) -> int:
    """Return where a text goes on after a greeting and whom it addresses, `at` if it has none."""
    match = _courtesies("greeting").match(text, at) or _ADDRESS.match(text, at)
    if match is None:
        return at
    addressed = _ADDRESSED.match(text, match.end())
    end = addressed.end() if addressed else match.end()
    after = _AFTER_GREETING.match(text, end)
    if after is None:
        return end if end == len(text) else at
    goes_on = text[after.end() : after.end() + 1]
    # "Hello World shows an error" greets no one.
    stays = not addressed and after[0].isspace() and "\n" not in after[0] and goes_on.isupper()
    return at if stays else after.end()


def _end(text: str) -> int:
    """Return where the last sentence ends that is no courtesy and no name below a sign-off."""
    end, below = len(text), 0
    for start, sentence in reversed([(one.start(), one[0]) for one in _SENTENCE.finditer(text)]):
        if sentence.strip() == "--" or _begins(sentence, "closing"):
            end, below = start, 0
        elif below < _MOST_NAMES and _signs(sentence):
            below += 1
        else:
            break
    return end


def _begins(sentence: str, place: str) -> bool:
    """Tell whether a sentence is a courtesy of this place in a letter."""
    found = len(sentence) <= _LONGEST_SENTENCE and _courtesies(place).match(sentence.lstrip())
    return bool(found)


def _signs(sentence: str) -> bool:
    """Tell whether a sentence may be the name, the role or the telephone of a person."""
    words = sentence.replace(",", " ").split()
    if len(sentence) > _LONGEST_NAME or len(words) > _MOST_NAMES:
        return False
    return all(_NAME.fullmatch(word) or word in {"the", "of", "and"} for word in words)


@cache
def _courtesies(place: str) -> re.Pattern[str]:
    """Return what finds a courtesy; in a text, "’" may be written for "'"."""
    phrases = [re.escape(phrase) for phrase, where in table("courtesies.tsv") if where == place]
    longest_first = sorted(phrases, key=len, reverse=True)
    either = "|".join(longest_first).replace("'", "['’]").replace(r"\ ", r"\s+")
    return re.compile(rf"(?:{either})(?![\w'’-])", re.IGNORECASE)
