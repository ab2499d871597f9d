"""Options of imports that are kept under a name."""

import stat
from pathlib import Path

import pytest

from kbsearch.errors import InputError
from kbsearch.intake.saved_options import SavedOptions
from kbsearch.records.import_options import DateOrder, ImportOptions


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    saved = SavedOptions(tmp_path / "mappings")
    options = ImportOptions(
        mapping={"subject": "Worum", "product": ""},
        source="helpdesk",
        date_order=DateOrder.DAY_FIRST,
        meanings={("status", "5"): "Closed"},
        encoding="cp850",
    )

    saved.save("german", options)

    assert saved.load("german") == options
    assert saved.names() == ["german"]


def test_only_this_user_may_look_into_the_folder(tmp_path: Path) -> None:
    SavedOptions(tmp_path / "mappings").save("one", ImportOptions())

    assert stat.S_IMODE((tmp_path / "mappings").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["", "../x", "A", "a b", "-a", "x" * 41])
def test_a_name_that_is_no_name_of_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="is no name of a mapping"):
        SavedOptions(tmp_path).save(name, ImportOptions())


def test_a_mapping_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    saved = SavedOptions(tmp_path)
    saved.save("german", ImportOptions())

    with pytest.raises(InputError, match='No mapping is saved as "french"; saved are: german'):
        saved.load("french")


@pytest.mark.parametrize("content", ["", "[]", '{"map": 3}', "\udcff"])
def test_a_damaged_mapping_is_refused_with_its_path(tmp_path: Path, content: str) -> None:
    (tmp_path / "german.json").write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(InputError, match=r"german\.json .*save the mapping again"):
        SavedOptions(tmp_path).load("german")
