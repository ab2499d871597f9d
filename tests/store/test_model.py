"""The store against a dictionary that does the same."""

from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbsearch.errors import TicketNotDeleted, TicketNotFound
from kbsearch.names import spellings, tidy
from kbsearch.records.ticket import Kind, TicketFields
from kbsearch.store.merge import tidied
from kbsearch.store.store import Outcome, Saved, Store

Model = dict[str, dict[str, Any]]
DEFAULTS: dict[str, Any] = {"problem": "", "product": "", "tags": (), "kind": Kind.TICKET}

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
references = st.sampled_from(["KB-1", "kb-1", " KB-1 ", "KB-1\n", "Ä", "A\u0308"])
rows = st.fixed_dictionaries(
    {"reference": references, "subject": texts.filter(str.strip)},
    optional={
        "problem": texts,
        "product": texts,
        "tags": st.lists(texts, max_size=3).map(tuple),
        "kind": st.sampled_from(Kind),
    },
)


def save(store: Store, model: Model, deleted: Model, batch: list[TicketFields]) -> None:
    """Save a batch in both, and compare what became of each row."""
    for row, result in zip(batch, store.save_many(batch), strict=True):
        reference = tidy(row["reference"])
        assert isinstance(result, Saved)
        assert (result.outcome is Outcome.DELETED) == (reference in deleted)
        if reference in deleted:
            continue
        before = model.get(reference)
        after = {**DEFAULTS, **(before or {}), **tidied(row)}
        model[reference] = after
        assert (result.outcome is Outcome.UNCHANGED) == (before == after)


def delete(store: Store, model: Model, deleted: Model, reference: str, source: str) -> None:
    """Delete a ticket in both, and compare whether it was there."""
    try:
        store.delete(reference, source)
    except TicketNotFound:
        assert model.keys().isdisjoint(spellings(reference))
    else:
        held = next(spelling for spelling in spellings(reference) if spelling in model)
        deleted[held] = model.pop(held)


def undelete(store: Store, model: Model, deleted: Model, reference: str, source: str) -> None:
    """Bring a ticket back in both, and compare whether it could."""
    try:
        (back,) = store.undelete_many([reference], source)
    except (TicketNotFound, TicketNotDeleted):
        assert deleted.keys().isdisjoint(spellings(reference))
    else:
        model[back.reference] = deleted.pop(back.reference)


changes = st.tuples(st.sampled_from([delete, undelete]), references)
saves = st.tuples(st.lists(rows, max_size=4), st.booleans())
steps = st.lists(st.one_of(changes, saves), max_size=8)
sources = count(1)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_any_series_of_saves_and_deletes_leaves_what_a_dictionary_would(
    store: Store, steps: list[tuple[Any, Any]]
) -> None:
    source = f"example {next(sources)}"
    model: Model = {}
    deleted: Model = {}
    for what, how in steps:
        if callable(what):
            what(store, model, deleted, how, source)
            continue
        batch, dry_run = what, how
        batch = [{**row, "source": source} for row in batch]
        if dry_run:
            store.save_many(batch, dry_run=True)
        else:
            save(store, model, deleted, batch)
    live = [ticket for ticket in store.tickets() if ticket.source == source]
    names = ("reference", "subject", "source", *DEFAULTS)
    assert {t.reference: {name: getattr(t, name) for name in names} for t in live} == model
