"""Filters in the text of a query."""

import pytest

from kbsearch.search.query.typed_filters import attach_values, typed_filters, without_filters

VALUES = {"products": ["Modem", "Modem 3", 'A "b"'], "statuses": ["open"]}


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("product: modem red", 'product:"modem" red'),
        ("red Product:  MODEM 3", 'red Product:"MODEM 3"'),
        ("product: modem 3 status: open", 'product:"modem 3" status:"open"'),
        ("product: modems", "product: modems"),
        ("product: printer", "product: printer"),
        ("product:", "product:"),
        ("product:modem red", "product:modem red"),
        ("subproduct: modem", "subproduct: modem"),
        ("error: modem", "error: modem"),
        ("tag: dns slow", 'tag:"dns" slow'),
        ("since: 2026-03-01 red", 'since:"2026-03-01" red'),
        ("from: John", "from: John"),
        ('"it says product: modem" red', '"it says product: modem" red'),
        ('"it says product: modem', '"it says product: modem'),
        ('-"no tag: dns slow', '-"no tag: dns slow'),
        ('product:"modem tag: dns', 'product:"modem tag: dns'),
        ('15" screen product: modem', '15" screen product:"modem"'),
        ('"red" product: modem', '"red" product:"modem"'),
        ("-product: modem", "-product: modem"),
    ],
)
def test_a_value_behind_a_space_is_joined_if_some_ticket_has_it(text: str, joined: str) -> None:
    assert attach_values(text, lambda field: VALUES.get(field, [])) == joined


def test_every_filter_in_a_text_is_named_with_the_text_that_is_left_without_it() -> None:
    found = typed_filters("vpn status:pending  product:“Modem 3” down, -status:open x:y")
    assert [(one.name, one.value) for one in found] == [
        ("status", "pending"),
        ("product", "Modem 3"),
    ]
    assert found[0].rest == "vpn product:“Modem 3” down, -status:open x:y"
    assert found[1].rest == "vpn status:pending down, -status:open x:y"


def test_all_filters_can_be_taken_out_of_a_text() -> None:
    assert without_filters('status:open vpn product:"Modem 3"') == "vpn"
    assert without_filters("status:open") == ""
