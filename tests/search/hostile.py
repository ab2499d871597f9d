"""Queries that nobody means, and what must be true of the answer to any of them.

`cases()` makes them, `faults()` says what is wrong with an answer. The tests and
`scripts/hostile-queries` share both.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from kbsearch.analysis.names import has_hump
from kbsearch.analysis.tables import read_table, table
from kbsearch.analysis.tokens import chunks, parts
from kbsearch.errors import QueryInvalid
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import render
from kbsearch.records.filters import Filters
from kbsearch.search.query.expert.read import expert_lexemes, read
from kbsearch.search.query.parse import LONGEST_QUERY, LONGEST_TYPED, Query
from kbsearch.search.query.tokens import MOST_WORDS
from kbsearch.search.results import SearchRequest, SearchResult
from tests.search.query_texts import phrases, texts

Search = Callable[[SearchRequest], SearchResult]
Answer = SearchResult | QueryInvalid

LONGEST_NOTE = 400
"""Characters of a sentence that somebody may be expected to read."""

OF_DEATH = (
    *("*", "*1*", "?" * 60 + "*", "[a TO z]", "{* TO *}", "x~5", "x~0.1^99", "printer^1e308"),
    *("(([0-9u])+)+Z", "/(a|aa)+$/", "^(a+)+$", "a{1,99999}", ".*" * 40, "\\", "\\\\" * 500),
    *("(" * 3_000, "(" * 900 + "printer" + ")" * 900, "word " * 9_000, "w" * 9_000),
    *("NOT x " * 2_000, "NOT " * 400 + "x", "a OR b AND " * 150, "+-!" * 600, "&&||" * 400),
    *('"' * 1_999, '"printer' * 200, '"" ' * 600, "-" * 1_999, "- " * 900, ":" * 1_999),
    *(
        "a:" * 900,
        "-x " * 600,
        " ".join(f"-a{n}" for n in range(300)),
        "status:" * 200,
        'tag:"',
        "since:x " * 200,
    ),
    *("1." * 900, '"' + "1." * 900 + '1"', "a-" * 900 + "a", '"' + "e-" * 900 + 'a"', "a_" * 900),
    *('"the the the the the the the" ' * 60, '-"of the" ' * 180 + "printer", "the " * 400),
    *("a OR " * 399 + "b", "(" * 9 + "a OR b" + ")" * 9, "NOT (" * 300 + "x" + ")" * 300),
    *("printer AND (jam OR " * 8 + "x" + ")" * 8, '"paper jam" OR ' * 130 + "x", "-(a OR " * 200),
    *("tag:usb OR " * 31 + "x", "(status:open OR x) AND " * 80 + "y", "since:x OR " * 90 + "y"),
    *("a-b-c-d-e-f OR " * 31 + "x", " OR ".join(f"zq{n}xv" for n in range(32)), "a OR ()" * 250),
    *(" AND NOT ".join(f"wrod{chr(97 + n)}" for n in range(16)), 'a OR "' * 99, "x AND:NOT (OR)"),
    *("\0", "printer\0jams", "\ud800", "prin\udfffter", "\x1b[31mprinter", "\u202eretnirp"),
    *("\u200b" * 1_999, "z" + "\u0301" * 1_998, "\u0301printer", "\ufdfa" * 1_999, "\u2488" * 900),
    *("İı" * 500, "ß" * 1_999, "ŉ" * 900, "½ ¼ ⅞", "😀" * 1_000, "🏳️‍🌈 printer", "漢字" * 900),
    *("'; DROP TABLE tickets; --", "{{7*7}}", "<script>alert(1)</script>", "%00%s%n", "$(id)"),
    *("0x" + "8" * 1_990, "9" * 1_999, "-1e309", "NaN", "the and of", "?!…", "__", "'s", "-", ""),
)
"""Some of these took other engines 20 seconds, or their stack, or their process."""

_WORDS = ("printer", "password", "colour", "wi-fi", "outlok", "e-mail", "the", "not", "firmware")
_CODES = ("0x80070057", "PAY-4417", "E-104", "10.2.1", "win10", "pr_end_of_file", "settings.ini")
_MARKS = "-_.:'\"“”„’*?~^()[]{}\\/+!&|,;@#$%=<> \t\0\u00a0\u3000"
_STRANGE = (
    "\u0301\u0308\u00ad\u200b\u200d\u200e\u202e\u2066\ufeff\u2060\ud800\udc00ßéıİﬁﷺ½①ｐ𝐩Ωя漢ไม😀"
)
_OPERATORS = (
    *('"', "-", "--", "+", "NOT", "AND", "OR", "AND NOT", "&&", "||", "!", "TO", "\\", "//", "…"),
    *("*", "?", "~", "~2", "^3", "(", ")", "[", "]", "{", "}", "[a TO z]", "{1 TO *}", "(a|b)+"),
    *("tag:", "Product:", "status:open", 'kind:"article"', "since:2026-01-01", "before:2026-02-30"),
    *("-tag:usb", "nothing:here", "from:9999-12-31", "C:\\Users", "https://", "std::", "12:30"),
)


class Case(NamedTuple):
    """A query; `plain` says the same without its oddities, None where nobody can tell."""

    text: str
    plain: str | None = None


def cases() -> st.SearchStrategy[Case]:
    """Return every kind of query that nobody means."""
    texts = st.one_of(_grammar(), _mistreated(), _floods(), _gibberish(), st.sampled_from(OF_DEATH))
    any_character = st.text(st.characters(exclude_categories=()), max_size=60)
    strange = st.text(_STRANGE + _MARKS + "abz019", max_size=60)
    return st.one_of(st.one_of(texts, any_character, strange).map(Case), _disguised())


def _grammar() -> st.SearchStrategy[str]:
    """Operators of many languages, ours among them, between words and codes."""
    pieces = st.sampled_from(_WORDS + _CODES + _OPERATORS * 2)
    joints = st.sampled_from(("", " ", " ", "\t"))
    pairs = st.lists(st.tuples(pieces, joints), min_size=1, max_size=24)
    return pairs.map(lambda found: "".join(map("".join, found)))


def _mistreated() -> st.SearchStrategy[str]:
    """Queries of reps with some of their characters replaced, doubled or lost."""
    rows = read_table(Path(__file__).with_name("rep_queries.tsv"))
    letters = st.sampled_from(_MARKS + _STRANGE) | st.sampled_from(("", "**", '"', " -", ":"))
    edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 2), letters), min_size=1, max_size=8)
    return st.builds(_edited, st.sampled_from([text for _, _, text, _ in rows]), edits)


def _edited(text: str, edits: list[tuple[float, int, str]]) -> str:
    for share, width, letters in edits:
        place = int(share * len(text))
        text = text[:place] + letters + text[place + width :]
    return text


def _floods() -> st.SearchStrategy[str]:
    """The same over and over: words, stop words, operators, long words."""
    short = st.text(_MARKS + "ab1", min_size=1, max_size=4)
    piece = st.sampled_from(_WORDS + _CODES + _OPERATORS) | short
    joined = st.builds(str.__add__, piece, st.sampled_from(("", " ", "-", ".", "_")))
    times = st.integers(2, 400) | st.integers(2, 9_000)
    return st.builds(lambda text, count: (text * count)[: LONGEST_QUERY + 9], joined, times)


def _gibberish() -> st.SearchStrategy[str]:
    """Many words that no ticket has, so that each is looked for among all that sound alike."""
    word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=70)
    return st.lists(word, min_size=1, max_size=40).map(" ".join)


def _disguised() -> st.SearchStrategy[Case]:
    """Queries in our grammar, dressed up in a way that changes nothing."""
    forms = ("{}", "{}", "{}", '"{} card"', '-"{} jam"', "-{}", "product:Molewick {}")
    piece = st.builds(str.format, st.sampled_from(forms), st.sampled_from(_WORDS))
    pieces = st.lists(piece | st.sampled_from(_CODES), min_size=1, max_size=6)
    plain = pieces.map(lambda found: " ".join(["red", *found]))
    return st.builds(_dressed, plain, st.sampled_from(_DRESSES), st.sampled_from(_SPACES))


def _dressed(plain: str, dress: Callable[[str], str], space: str) -> Case:
    """Dress each word; the marks of our grammar stay as they are, and what is filtered by."""
    pieces = re.split(r"(product:\w+|\w[\w.-]*)", plain)
    worn = [
        dress(piece) if place % 2 and ":" not in piece else piece
        for place, piece in enumerate(pieces)
    ]
    return Case("".join(worn).replace(" ", space), plain)


_SPACES = (" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "\u2028")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("0"), ord("z") + 1) if chr(code).isalnum()}
_BOLD = {code: code - ord("a") + 0x1D41A for code in range(ord("a"), ord("z") + 1)}
_DRESSES: tuple[Callable[[str], str], ...] = (
    lambda word: word if word == "not" else word.upper(),  # which would be an operator
    lambda word: word.translate(_FULL_WIDTH),
    lambda word: word.translate(_BOLD),
    lambda word: word.replace("fi", "ﬁ").replace("i", "İ"),
    lambda word: "\u0301".join(word) + "\u0308",
    "\u00ad".join,
    "\u200d".join,
    lambda word: word.replace("-", "\u2011"),
    lambda word: word + "*",
    lambda word: word + "~",
    lambda word: word + ")]}",
    lambda word: word + "?!…",
    lambda word: word + "\u200e\u202c",
    lambda word: word + ",;|/\\",
    lambda word: word + "\0",
    lambda word: word + "😀",
    lambda word: word + "\ud800",
)


def faults(search: Search, case: Case) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with how a query is answered.

    Whatever `search` raises besides QueryInvalid goes through.
    """
    answer = _answer(search, SearchRequest(case.text))
    _answer(search, SearchRequest(case.text, typing=True))
    _answer(search, SearchRequest(case.text, tolerant=False))
    said = [str(answer)] if isinstance(answer, QueryInvalid) else [*map(render, answer.notes)]
    yield from (f"it says {note!r}, which is no sentence" for note in said if not _tells(note))
    if isinstance(answer, QueryInvalid):
        if case.plain is not None and len(case.text) <= LONGEST_QUERY:
            yield f"it is refused ({answer}), yet it says {case.plain!r}"
        return
    if expert_lexemes(case.text) and not answer.typed and not _is_malformed(answer):
        return  # tests/search/expressions.py knows what it finds
    # As it was read: a filter is joined to its value where a space was typed between the two.
    text = answer.typed[0].text if answer.typed else case.text
    query = read(text, Filters())
    if not query.notes and (missing := lost(text, query)):
        yield f"nothing says what became of {', '.join(sorted(missing))}"
    if any(map(has_hump, text.split())) or re.search(r"[\d_]\w*\*", text):
        return  # "printerNOT" is two words, one in small letters; "mw80*", "err_t*" are beginnings
    for plain in filter(None, (case.plain, stripped(text, query))):
        if (len(plain) > LONGEST_TYPED) != (len(text) > LONGEST_TYPED):
            continue  # one of them was pasted, and is not read as what a person types
        if not _same(answer, _answer(search, SearchRequest(plain, query.filters))):
            yield f"it is not answered as {plain!r} is"


def _is_malformed(answer: SearchResult) -> bool:
    """Tell whether the operators of a query could not be read, so that its words were searched."""
    return any(note[0] is Code.OPERATORS_UNREAD for note in answer.notes)


def lost(text: str, query: Query) -> set[str]:
    """Return the words of a text that are neither searched nor left out nor filtered by."""
    filters = query.filters
    values = (*filters.products, *filters.statuses, *filters.categories, *filters.kinds)
    taken = [*texts(query.tokens), *words(" ".join((*values, *filters.tags)))]
    taken += [part.surface for token in query.tokens for part in token.parts]
    taken += [name for name, *_ in table("filters.tsv")]
    if filters.created_from or filters.created_before:
        taken += words(" ".join(re.findall(r":(\S+)", text)))
    return _filed(words(text)) - _filed(chain(taken, *phrases((*query.quoted, *query.excluded))))


def _filed(found: Iterable[str]) -> set[str]:
    """Return what chunks are filed as; one of very many parts is searched for these alone."""
    cut = [(parts(chunk), len(parts(chunk)) > MOST_WORDS) for chunk in found]
    return {
        part.surface
        for pieces, many in cut
        for part in pieces
        if (part.step or many) and not (part.whole and many)
    }


def stripped(text: str, query: Query) -> str:
    """Return the words of a query alone, or as much of our grammar as was understood.

    Empty if nothing but filters is left, or a word cannot be written any plainer: a half is filed
    as "1⁄2", whose stroke would end a word.
    """
    found = [*texts(chain(query.tokens, *query.quoted, *query.excluded))]
    if expert_lexemes(text) or re.search(r"[\"“”„]|(?<!\S)-(?![-\d])|[A-Za-z]:", text):
        quoted = [f'"{" ".join(phrase)}"' for phrase in phrases(query.quoted)]
        left_out = [f'-"{" ".join(phrase)}"' for phrase in phrases(query.excluded)]
        written = " ".join([*texts(query.tokens), *quoted, *left_out])
    else:
        found = words(text)
        written = " ".join(found)
    plain = all(words(word) == [word] for word in found)
    return written if plain and len(written) <= LONGEST_QUERY else ""


def words(text: str) -> list[str]:
    """Return the words and codes of a text, folded, in order."""
    return [chunk for chunk, _, _ in chunks(text) if parts(chunk)]


def _tells(note: str) -> bool:
    return len(note.split()) >= 3 and len(note) <= LONGEST_NOTE


def _same(answer: SearchResult, other: Answer) -> bool:
    """Tell whether two answers have the same tickets, with the same scores."""
    if isinstance(other, QueryInvalid):
        return False
    return (_scored(answer), answer.total) == (_scored(other), other.total)


def _scored(answer: SearchResult) -> list[tuple[int, float]]:
    return [(hit.ticket.id, round(hit.score, 4)) for hit in answer.hits]


def _answer(search: Search, request: SearchRequest) -> Answer:
    try:
        return search(request)
    except QueryInvalid as refusal:
        return refusal
