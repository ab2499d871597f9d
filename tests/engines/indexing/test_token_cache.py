"""Chunks as numbers."""

from kbsearch.engines.indexing.token_cache import TokenIdCache
from kbsearch.inverted.field import Field


def filed(memo: TokenIdCache, chunk: str, field: Field) -> list[str]:
    """Return what a chunk is filed as in a field."""
    number, filing = memo[chunk], memo.filings[field]
    forms = memo.forms[memo.ends[number] : memo.ends[number + 1]]
    return [filing.names[filing.of_forms[form]] for form in forms if filing.of_forms[form] >= 0]


def test_a_chunk_keeps_its_number() -> None:
    memo = TokenIdCache()
    assert [memo[chunk] for chunk in ("Wi-Fi", "jams", "Wi-Fi")] == [0, 1, 0]


def test_a_chunk_is_filed_in_each_field_under_its_own_names() -> None:
    memo = TokenIdCache()
    assert filed(memo, "win10", Field.TEXT) == ["win10", "win", "10"]
    assert filed(memo, "win10", Field.CODE) == ["win10", "10"]
    assert filed(memo, "Printers", Field.TEXT) == ["printer"]
    assert filed(memo, "the", Field.FORM) == []
    assert filed(memo, "Printers", Field.FORM) == ["printers"]


def test_chunks_of_one_term_share_its_number() -> None:
    memo = TokenIdCache()
    for chunk in ("colour", "Colors", "COLOR"):
        assert filed(memo, chunk, Field.TEXT) == ["color"]
    assert memo.filings[Field.TEXT].names == ["color"]
    assert memo.words.names == ["colour", "colors", "color"]


def test_a_very_long_chunk_is_not_remembered() -> None:
    memo = TokenIdCache()
    long = "x" * 10_000
    assert memo[long] != memo[long]
    assert long not in memo
    assert memo.filings[Field.TEXT].names == ["x" * 64]
