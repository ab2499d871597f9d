"""Words written open, hyphenated or solid."""

import pytest

from kbsearch.analysis.compounds import split_compound
from tests.analysis.rows import cases


@pytest.mark.parametrize(("joined", "parts"), cases("compounds"), ids=lambda cell: cell or "none")
def test_a_compound_has_its_parts(joined: str, parts: str) -> None:
    assert split_compound(joined) == tuple(parts.split())


def test_the_parts_of_a_compound_are_its_letters() -> None:
    assert "".join(split_compound("password")) == "password"
