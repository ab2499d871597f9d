"""Rows that are kept on disk and come back by their key."""

from contextlib import closing
from pathlib import Path

from kbsearch.intake.row_groups import RowGroups
from kbsearch.intake.rows import Row
from kbsearch.records.ticket import MESSAGES_LIMIT


def test_rows_come_back_by_key_in_their_order_as_they_were(tmp_path: Path) -> None:
    rows = [Row(line, {"id": "\ud800", "n": [line, None, {"a": 1.5}]}, 9) for line in (2, 5, 3)]
    with closing(RowGroups(tmp_path)) as groups:
        for key, row in zip(["b", "a\ud800", "b"], rows, strict=True):
            groups.add(key, row)
        assert len(groups) == 3
        assert list(groups) == [[rows[1]], [rows[0], rows[2]]]


def test_nothing_is_left_in_the_folder_even_while_rows_are_kept(tmp_path: Path) -> None:
    groups = RowGroups(tmp_path)
    groups.add("a", Row(1, {"text": "x" * 100_000}))
    assert list(tmp_path.iterdir()) == []
    assert [len(rows) for rows in groups] == [1]
    groups.close()


def test_very_many_rows_of_a_key_come_in_lots(tmp_path: Path) -> None:
    with closing(RowGroups(tmp_path)) as groups:
        for line in range(MESSAGES_LIMIT + 5):
            groups.add("a", Row(line, {}))
        assert [len(rows) for rows in groups] == [MESSAGES_LIMIT, 5]
