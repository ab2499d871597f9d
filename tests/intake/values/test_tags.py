"""Tags in the forms of exports."""

from collections import Counter

import pytest

from kbsearch.intake.values.tags import tags_of, used_separators


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("vpn, mac os,,vpn", ("vpn", "mac os")),
        ("a, b; c", ("a, b", "c")),
        ("vpn|head office", ("vpn", "head office")),
        ("vpn\nhead office", ("vpn", "head office")),
        ("vpn / lan", ("vpn", "lan")),
        ("tcp/ip", ("tcp/ip",)),
        ("#vpn, #lan", ("vpn", "lan")),
        ("C# #1", ("C# #1",)),
        (["vpn", " mac  os ", None], ("vpn", "mac os")),
        ('["vpn"]', ("vpn",)),
        ("['vpn', 'lan']", ("vpn", "lan")),
        ([{"id": 4, "name": "vpn"}, {"label": "lan"}], ("vpn", "lan")),
        ("[urgent], vpn", ("[urgent]", "vpn")),
        ("[" * 50_000 + "]" * 50_000, ("[" * 50_000 + "]" * 50_000,)),
        ("", ()),
        (None, ()),
    ],
)
def test_tags(written: object, meant: tuple[str, ...]) -> None:
    assert tags_of("tags", written) == meant


def test_the_column_decides_what_separates_its_tags() -> None:
    separators = used_separators("tags", Counter({";": 3, ",": 1}))
    assert tags_of("tags", "Smith, Jones", separators) == ("Smith, Jones",)
    assert used_separators("agents", Counter({",": 3})) == ("\n", "|", ";")
