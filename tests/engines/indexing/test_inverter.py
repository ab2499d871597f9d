"""Many tickets at a time: the same terms, weights, positions and lengths as one at a time."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.indexing.document import (
    KEPT_VALUES,
    SECTION_GAP,
    WEIGHTS,
    Extract,
    Section,
    extract,
    filed_form,
    index_tokens,
)
from kbsearch.engines.indexing.inverter import Inverter
from kbsearch.inverted.documents import FieldPostings
from kbsearch.inverted.field import Field
from kbsearch.inverted.positions import decode_all
from tests.engines.desk import MOMENT, ticket

Held = dict[str, dict[int, tuple[int, list[int]]]]
"""For each term, its documents, each with its tenths and its positions."""

CHUNKS: tuple[str, ...] = tuple(
    """
printer Printer printers colour color Wi-Fi wifi won’t e.g. settings.ini 0x80070005 win10 2nd 10.2.1
pr_end_of_file is the İstanbul 漢字 naïve __ ... 😀
""".split()
)
texts = st.lists(st.sampled_from(CHUNKS) | st.text(max_size=8)).map(" ".join)
extracts = st.builds(
    Extract,
    st.just(1),
    st.just(1),
    st.just(0),
    st.just(("",) * len(KEPT_VALUES)),
    st.tuples(*[st.just("") | texts for _ in WEIGHTS]),
)


def written(text: str, number: int = 1) -> Extract:
    return extract(ticket(number, text))


def one_by_one(given: Iterable[Extract]) -> dict[Field, Held]:
    held: dict[Field, Held] = {field: defaultdict(dict) for field in Field}
    for document, one in enumerate(given):
        pairs = zip(one.texts, WEIGHTS.values(), strict=True)
        for token in index_tokens(tuple(Section(*pair) for pair in pairs if pair[0])):
            names = {Field.TEXT: term_of(token.kind, token.surface)}
            if token.kind is TokenKind.CODE:
                names[Field.CODE] = token.surface
            elif form := filed_form(token.kind, token.surface):
                names[Field.FORM] = form
            for field, name in names.items():
                tenths, places = held[field][name].get(document, (0, []))
                weight = round(token.weight * 10)
                held[field][name][document] = (tenths + weight, [*places, token.position])
    return held


def read(postings: FieldPostings) -> Held:
    """Return postings as `Held`, the positions empty where the field has none."""
    held: Held = {}
    for number, name in enumerate(postings.terms):
        own = slice(*postings.starts[number : number + 2])
        coded = postings.places[slice(*postings.place_starts[number : number + 2])]
        positions, starts = decode_all(coded)
        documents = postings.documents[own].tolist()
        places = [
            positions[starts[at] : starts[at + 1]].tolist() if coded.size else []
            for at in range(len(documents))
        ]
        values = zip(postings.tenths[own].tolist(), places, strict=True)
        held[name.decode()] = dict(zip(documents, values, strict=True))
    return held


@given(st.lists(extracts, max_size=5))
def test_tickets_are_filed_as_each_is_alone(given: list[Extract]) -> None:
    inverted, expected = Inverter().invert(given), one_by_one(given)
    assert read(inverted.fields[Field.TEXT]) == {
        name: {at: (min(tenths, 255), places) for at, (tenths, places) in held.items()}
        for name, held in expected[Field.TEXT].items()
    }
    for field in (Field.FORM, Field.CODE):
        assert read(inverted.fields[field]) == {
            name: {at: (min(tenths, 255), []) for at, (tenths, _) in held.items()}
            for name, held in expected[field].items()
        }


@given(st.lists(extracts, max_size=5))
def test_a_length_is_the_sum_of_the_weights(given: list[Extract]) -> None:
    inverted, expected = Inverter().invert(given), one_by_one(given)
    for field in Field:
        sums = Counter[int]()
        for held in expected[field].values():
            sums.update({document: tenths for document, (tenths, _) in held.items()})
        assert inverted.lengths[field].tolist() == [sums[at] for at in range(len(given))]


@given(st.lists(extracts, max_size=5))
def test_terms_and_documents_ascend(given: list[Extract]) -> None:
    for field in Inverter().invert(given).fields.values():
        assert field.terms == sorted(set(field.terms))
        assert field.starts[0] == field.place_starts[0] == 0
        for begin, end in zip(field.starts, field.starts[1:], strict=False):
            documents = field.documents[begin:end].tolist()
            assert documents == sorted(set(documents)) != []


@given(st.lists(extracts, min_size=1, max_size=5))
def test_what_is_remembered_changes_nothing(given: list[Extract]) -> None:
    inverter = Inverter()
    inverter.invert(given[1:])
    again, fresh = inverter.invert(given), Inverter().invert(given)
    assert [read(field) for field in again.fields.values()] == [
        read(field) for field in fresh.fields.values()
    ]


def test_words_are_counted_once_a_ticket_and_codes_are_none() -> None:
    given = [written("Printer printers printer 0x80070005", 1), written("the printer", 2)]
    words, counts = Inverter().invert(given).words
    held = dict(zip(words, counts.tolist(), strict=True))
    assert held == {"printer": 2, "printers": 1, "the": 1}
    assert words == sorted(words)


def test_a_weight_beyond_what_a_byte_holds_is_kept_as_the_heaviest() -> None:
    text = Inverter().invert([written("jams " * 30)]).fields[Field.TEXT]
    assert text.tenths[text.terms.index(b"jam")] == 255


def test_a_ticket_keeps_its_id_its_time_and_what_it_is_filtered_by() -> None:
    one = ticket(7, "jams", product="Tallyfold", tags=("Paper", "tray"), created_at=MOMENT)
    inverted = Inverter().invert([extract(one)])
    assert inverted.ids.tolist() == [7]
    assert inverted.created.tolist() == [int(MOMENT.timestamp())]
    assert inverted.columns["product"] == [b"tallyfold"]
    assert inverted.columns["tags"] == [b"paper\x1ftray"]


def test_no_tickets_make_empty_arrays() -> None:
    inverted = Inverter().invert([])
    assert inverted.ids.size == 0
    assert inverted.words.words == []
    assert inverted.columns["product"] == []


def test_a_ticket_of_a_million_words_is_counted_whole() -> None:
    given = [written("tray", 1), written("ab " * 300_000, 2)._replace(texts=("ab " * 250_000,) * 4)]
    inverted = Inverter().invert(given)
    assert inverted.lengths[Field.TEXT][1] == 250_000 * (10 + 13 + 10 + 2)
    positions = read(inverted.fields[Field.TEXT])["ab"][1][1]
    assert (len(positions), positions[-1]) == (1_000_000, 999_999 + 3 * (SECTION_GAP - 1))


@pytest.mark.parametrize("count", [65_537])
def test_more_documents_than_16_bits_number_are_told_apart(count: int) -> None:
    one = written("jams")
    text = Inverter().invert([one] * count).fields[Field.TEXT]
    at = text.terms.index(b"jam")
    documents = text.documents[text.starts[at] : text.starts[at + 1]]
    assert documents.tolist() == list(range(count))
