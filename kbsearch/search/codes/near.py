"""Codes of the index that are nearly what was typed: shown apart, and never counted as that."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from kbsearch.analysis.codes import REFERENCE, normal_code
from kbsearch.analysis.folding import fold
from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.boolean_tree import And, Not, Tree, all_of
from kbsearch.engines.indexing.document import sections
from kbsearch.engines.plan import Clause, Condition, Phrase, Plan, TopDocs
from kbsearch.errors import shown
from kbsearch.inverted.field import Field
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.filters import Filters
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.codes.confusables import Swap, confusable, double_slips, hints, misread, slips
from kbsearch.search.codes.forms import models, notations
from kbsearch.search.codes.references import reference_codes
from kbsearch.search.query.parse import Query
from kbsearch.search.results import NearCode

MOST_NEAR = 5
"""Codes shown for one that no ticket has."""
MOST_BESIDE_EXACT = 3
"""The same for one that a ticket has: only what is easily taken for it."""
SHORTEST = 4
"""Characters of a code that has near ones; of three, every code is near to every other."""
TICKETS_SHOWN = 3
_SHORTEST_NUMBER = 3
"""Digits of a number that is named if no ticket has it, and may lack its dots: 571 is 5.7.1."""
_MOST_TRIED = 20
"""Near codes whose tickets are looked for: the filters may let none of them pass."""
_MOST_LONGER = 2
"""Codes that begin, or end, with what was typed: there may be hundreds."""
_LONGEST_BEGINNING = 4
"""Letters before a number that may be the beginning of a code: KB, INC, ORA, PAY."""

_ALL = Plan(())
_UNFILED = [mark for mark in "-_:\u2010\u2011" if not normal_code(fold(mark))]
"""What may stand inside a code and is not filed."""

Fetch = Callable[[Sequence[int]], Mapping[int, StoredTicket]]


class Near(NamedTuple):
    """A code of the index as it is filed.

    hints  why one may be taken for the other, none if a slip must have been made.
    total  how many tickets have it.
    """

    code: str
    hints: tuple[Message, ...]
    total: int


class _Asked(NamedTuple):
    """A code that was typed, and as it is filed."""

    typed: str
    code: str


class _Shown(NamedTuple):
    asked: _Asked
    near: Near
    found: TopDocs


def find_near_codes(
    query: Query, plan: Plan, index: IndexSnapshot, fetch: Fetch
) -> tuple[NearCode, ...]:
    """Return what is nearly one of the codes of a plan, with the newest tickets that have it.

    query  what the plan was made of, in which each code is as it was typed.

    The filters and exclusions of the plan hold for those tickets; its words do not count.
    """
    among = Plan((), excluded=plan.excluded, filters=plan.filters, must=_without_words(plan.must))
    shown = [one for ways in _asked(plan.clauses) for one in _shown(ways, among, index)]
    if not shown:
        return ()
    ids = dict.fromkeys(hit.ticket_id for one in shown for hit in one.found.scored)
    tickets = fetch(list(ids))
    return tuple(near for one in shown if (near := _near_code(one, query, tickets)))


def _without_words(must: Tree[Condition] | None) -> Tree[Condition] | None:
    """Return what a tree leaves out and filters by in any case, None if nothing."""
    parts = must.parts if isinstance(must, And) else (must,)
    kept = [part for part in parts if isinstance(part, Not | Filters)]
    return all_of(kept) if kept else None


def missing_codes(
    query: Query, plan: Plan, index: IndexSnapshot, near: Sequence[NearCode]
) -> list[Message]:
    """Return a note about each code that no ticket has, so that no hit is taken for its own.

    near  what `find_near_codes` returns: it says as much by itself.
    """
    told = {one.typed for one in near}
    codes = {
        code: _typed(clause.word, query)
        for clause in plan.clauses
        if _tells(code := _code(clause)) and not _stands_apart(clause, index)
    }
    held = held_codes(codes, index)
    missing = [typed for code, typed in codes.items() if code not in held and typed not in told]
    return [(Code.CODE_MISSING, shown(typed)) for typed in missing]


def _tells(code: str) -> bool:
    """Tell whether it is news that no ticket has a code: of "C#" it is, of a "2" it is not."""
    return len(code) >= _SHORTEST_NUMBER or (code != "" and not code.isdecimal())


def held_codes(codes: Iterable[str], index: IndexSnapshot) -> dict[str, int]:
    """Return those of some filed codes that tickets have, each with how many tickets have it."""
    asked = list(codes)
    counts = index.counts([Phrase((code,), Field.CODE) for code in asked])
    return {code: count for code, count in zip(asked, counts, strict=True) if count}


def near_codes(code: str, index: IndexSnapshot) -> list[Near]:
    """Return the codes of the index that are nearly a filed one, those easily taken for it first.

    Of a code that the index has, only what looks like it, and the models of a series.
    """
    held = held_codes([code], index)
    if len(code) < SHORTEST:
        near = chain(_containing(code, index), _dotted(code))
        return [] if held else _held(dict.fromkeys(near, ()), index)
    if held:
        series = dict.fromkeys(models(code, index.lexicon.codes), ())
        return [*_held(misread(code), index), *_held(series, index)][:MOST_BESIDE_EXACT]
    found = _held(confusable(code), index)
    slipped = chain.from_iterable(map(slips, notations(code)))
    for others in (_containing(code, index), _dotted(code), slipped, double_slips(code)):
        if len(found) < MOST_NEAR:
            unseen = set(others).difference(near.code for near in found)
            found += _held(dict.fromkeys(unseen, ()), index)
    return found[:_MOST_TRIED]


def _dotted(code: str) -> Iterator[str]:
    """Yield a number with a dot after each digit, if it is as short as those that are so."""
    if code.isdecimal() and _SHORTEST_NUMBER <= len(code) <= SHORTEST:
        yield ".".join(code)


def _containing(code: str, index: IndexSnapshot) -> Iterator[str]:
    """Yield longer codes of which a beginning or an end was typed, the number of a ticket first."""
    lexicon = index.lexicon
    if code.isdecimal():
        yield from (one[1:] for one in reference_codes(code, lexicon) if one[1:] != code)
    if len(code) >= SHORTEST:
        for listed in (lexicon.codes.beginning, lexicon.codes.ending):
            found = [one.removeprefix(REFERENCE) for one in listed(code, _MOST_LONGER)]
            yield from (one for one in found if one != code)


def _held(swapped: Mapping[str, Iterable[Swap]], index: IndexSnapshot) -> list[Near]:
    """Return those that the index has, the most frequent first."""
    counts = held_codes([code for code in swapped if len(code) >= SHORTEST], index)
    found = [Near(code, hints(swapped[code]), total) for code, total in counts.items()]
    return sorted(found, key=lambda near: (-near.total, near.code))


def _asked(clauses: Sequence[Clause]) -> Iterator[tuple[_Asked, ...]]:
    """Yield the ways to take each code of a plan, the best first: "kb 5034441" is one code."""
    codes = [_code(clause) for clause in clauses]
    for place, (clause, code) in enumerate(zip(clauses, codes, strict=True)):
        # A code in a quote comes with its pieces.
        if not code or any(code in other and code != other for other in codes):
            continue
        if any(reading.field is Field.CODE for reading in clause.readings[1:]):  # it is there
            continue
        before = clauses[place - 1].word if place else ""
        joined = _Asked(f"{before} {clause.word}", before + code)
        ways = (_Asked(clause.word, code),)
        yield (joined, *ways) if _begins(before) and code.isdigit() else ways


def _code(clause: Clause) -> str:
    """Return the code that a clause asks for, "" if it asks for a word."""
    if not clause.readings or clause.readings[0].field is not Field.CODE:
        return ""
    return clause.readings[0].terms[0]


def _stands_apart(clause: Clause, index: IndexSnapshot) -> bool:
    """Tell whether any ticket has a code in its pieces: "KB 5034441"."""
    return any(index.counts([Phrase(reading.terms) for reading in clause.readings[1:]]))


def _begins(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) <= _LONGEST_BEGINNING


def _shown(ways: Sequence[_Asked], among: Plan, index: IndexSnapshot) -> list[_Shown]:
    """Return what is near to the first way to take a code that the index knows anything of."""
    for asked in ways:
        near = near_codes(asked.code, index)
        if near or held_codes([asked.code], index):
            found = (
                _Shown(asked, one, index.search(having(one.code, among), limit=TICKETS_SHOWN))
                for one in near
            )
            return list(islice((one for one in found if one.found.total), MOST_NEAR))
    return []


def having(code: str, among: Plan = _ALL) -> Plan:
    """Return a plan for the newest tickets that have a code."""
    return replace(among, required=(Phrase((code,), Field.CODE),))


def _near_code(shown: _Shown, query: Query, tickets: Mapping[int, StoredTicket]) -> NearCode | None:
    """Return what is shown of a near code, None if its tickets are gone meanwhile."""
    held = [tickets[one.ticket_id] for one in shown.found.scored if one.ticket_id in tickets]
    if not held:
        return None
    code = shown.near.code
    written = written_as(code, held)
    asked = next((one for one in notations(shown.asked.code) if len(one) == len(code)), "")
    return NearCode(
        typed=_typed(shown.asked.typed, query),
        found=written,
        marks=_marks(written, _differing(asked or shown.asked.code, code)),
        hints=shown.near.hints,
        total=shown.found.total,
        tickets=tuple(held),
    )


def _typed(words: str, query: Query) -> str:
    """Return folded words as they are in the text of a query, as they are if they are not in it.

    "kb 5034442"  ->  "KB 5034442", in "Install KB 5034442!"
    """
    found = query.searched
    wanted = [normal_code(word) for word in words.split()]
    for first in range(len(found) - len(wanted) + 1):
        run = found[first : first + len(wanted)]
        if [normal_code(token.text) for token in run] == wanted:
            return query.text[run[0].start : run[-1].end]
    return words


def written_as(code: str, tickets: Iterable[StoredTicket]) -> str:
    """Return a code as the first of the tickets writes it, as it is filed if that cannot be told.

    A long log is not cut into chunks for it: that would take longer than the search.
    """
    texts = (
        text
        for ticket in tickets
        for text in (ticket.reference, *(section.text for section in sections(ticket)))
    )
    pattern = re.compile(rf"(?<!\w){'-*'.join(map(re.escape, code))}(?!\w)", re.IGNORECASE)
    return next((found for text in texts if (found := _spelt(pattern, text))), code)


def _spelt(pattern: re.Pattern[str], text: str) -> str:
    r"""Return the first piece of a text that a pattern matches, "" if none does.

    To the pattern all that is not filed is a hyphen.

    >>> _spelt(re.compile(r"(?<!\w)4-*4(?!\w)"), "440, 4_4 and 4-4")
    '4_4'
    """
    plain = text
    for mark in _UNFILED:
        plain = plain.replace(mark, "-")
    found = pattern.search(plain)
    return text[found.start() : found.end()] if found else ""


def _places(written: str) -> list[int]:
    """Return where the characters stand under which a code is filed."""
    return [place for place, letter in enumerate(written) if normal_code(fold(letter))]


def _differing(code: str, near: str) -> set[int]:
    """Return the places in `near` of what differs; of what is lost, the places on both sides.

    >>> _differing("pay4417", "pay4471"), _differing("e124", "e1234"), _differing("e1234", "e124")
    ({5, 6}, {3}, {2, 3})
    """
    if len(code) == len(near):  # and not as edits, which take 17 for 71 as one lost and one more
        return {place for place in range(len(near)) if code[place] != near[place]}
    found: set[int] = set()
    for edit in Levenshtein.editops(code, near):
        place = edit.dest_pos
        found |= {place - 1, place} if edit.tag == "delete" else {place}
    return found & set(range(len(near)))


def _marks(written: str, differing: set[int]) -> tuple[tuple[int, int], ...]:
    """Return the offsets of these characters of a code, neighbours as one.

    >>> _marks("PAY-4471", {5, 6}), _marks("PAY-4417", {2, 3})
    (((6, 8),), ((2, 3), (4, 5)))
    """
    places = _places(written)
    marks: list[tuple[int, int]] = []
    for place in sorted(differing):
        start = places[place]
        if marks and marks[-1][1] == start:
            marks[-1] = (marks[-1][0], start + 1)
        else:
            marks.append((start, start + 1))
    return tuple(marks)
