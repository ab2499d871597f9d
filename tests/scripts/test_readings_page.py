"""The page of readings has an example of everything, and an example that fails is an error."""

from pathlib import Path

import pytest

import readings_page
from kbsearch.analysis.tables import read_table
from kbsearch.records.reading_kind import ReadingKind
from readings_page import Example, ExampleFails, Section

TABLES = Path(readings_page.__file__).parent
SECTIONS = [Section(*row) for row in read_table(TABLES / "sections.tsv")]
SIGNALS = {"together", "outcome", "failed", "solved"}


def test_every_kind_of_reading_and_every_signal_has_a_section() -> None:
    named = {section.name for section in SECTIONS}
    assert named == {kind.value for kind in ReadingKind} | SIGNALS | {readings_page.NEAR_CODE}


@pytest.mark.parametrize(
    ("name", "query", "reference", "complaint"),
    [
        ("sound", "scanner", "T-22", "finds it by exact, solved, not by sound"),
        ("exact", "scanner", "T-1", "does not find T-1"),
        ("near code", "scanner", "T-1", "has no near code in T-1"),
    ],
)
def test_an_example_that_is_read_otherwise_is_an_error(
    name: str, query: str, reference: str, complaint: str, tmp_path: Path
) -> None:
    kb = readings_page.knowledge_base(tmp_path)
    with pytest.raises(ExampleFails, match=complaint):
        readings_page.row(kb, name, Example("Any", query, "-", reference))
    kb.close()
