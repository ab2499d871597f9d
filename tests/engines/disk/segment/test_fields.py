"""The fields of a segment, and the codes that share the postings of the text."""

import numpy as np

from kbsearch.engines.disk.segment.fields import (
    FieldArrays,
    FieldLists,
    field_arrays,
    opened_fields,
)
from kbsearch.inverted.array_file import ArrayFile, laid_out
from tests.engines.disk.segment.test_postings import lists_of

Held = dict[bytes, dict[int, int]]
TEXT: Held = {b"jam": {0: 10, 3: 13}, b"ora00942": {2: 10}, b"wfm5799": {0: 13, 1: 5}}


def opened(**fields: Held) -> dict[str, FieldArrays]:
    """Return fields as they are read; of each term the documents and the weights in tenths."""
    given = {name: FieldLists([*held], lists_of([*held.values()])) for name, held in fields.items()}
    return opened_fields(ArrayFile(b"".join(laid_out(field_arrays(given)))))


def postings(field: FieldArrays, term: bytes) -> dict[int, int] | None:
    """Return the documents of a term with its weights in tenths."""
    found = field.find(term)
    if found is None:
        return None
    documents, weights = found.lists.documents(found.number), found.lists.weights(found.number)
    return dict(zip(documents.tolist(), np.rint(weights * 10).astype(int).tolist(), strict=True))


def check(field: FieldArrays, held: Held) -> None:
    """Compare a field with what it was made of."""
    assert list(field.terms) == list(held)
    assert {term: postings(field, term) for term in held} == held
    terms, lists = field.all()
    assert terms == list(held)
    for one, other in zip(lists, lists_of([*held.values()]), strict=True):
        assert one.tolist() == other.tolist()


def test_codes_share_what_the_text_has() -> None:
    codes = {term: TEXT[term] for term in (b"ora00942", b"wfm5799")}
    fields = opened(code=codes, text=TEXT)
    check(fields["code"], codes)
    check(fields["text"], TEXT)


def test_a_term_of_the_text_that_is_no_code_is_not_among_the_codes() -> None:
    fields = opened(code={b"ora00942": TEXT[b"ora00942"]}, text=TEXT)
    assert postings(fields["code"], b"jam") is None
    assert postings(fields["code"], b"jams") is None


def test_a_code_that_elsewhere_is_a_word_keeps_its_own_postings() -> None:
    codes = {b"jam": {3: 13}, b"ora00942": {2: 10}, b"wfm5799": {0: 13, 1: 10}}
    check(opened(code=codes, text=TEXT)["code"], codes)


def test_codes_that_are_no_terms_of_the_text_have_terms_of_their_own() -> None:
    codes = {b"nowhere": {1: 10}, b"ora00942": {2: 10}}
    check(opened(code=codes, text=TEXT)["code"], codes)


def test_a_field_without_terms_is_not_there() -> None:
    nothing = FieldLists([], lists_of([{0: 10}]))
    assert field_arrays({"text": nothing}) == {}
