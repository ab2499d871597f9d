"""Settings come from the environment, and a wrong one is named."""

import os
from pathlib import Path

import pytest

from kbsearch.errors import SettingInvalid
from kbsearch.settings import Settings, load_settings, prepare_home


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings of whoever runs the tests."""
    for name in list(os.environ):
        if name.startswith("KBSEARCH_"):
            monkeypatch.delenv(name)


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBSEARCH_HOME", "/srv/desk")
    monkeypatch.setenv("KBSEARCH_PORT", "9000")
    found = load_settings()
    assert (found.home, found.port, found.workers) == (Path("/srv/desk"), 9000, 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (f"KBSEARCH_{name.upper()}", value)
        for name, field in Settings.model_fields.items()
        if field.annotation in {int, bool}
        for value in ("many", "1.5", "-1", "1e3", "99999999999999999999999", "9" * 5000, "0x10")
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    wanted = r"(a whole number from \d+ to [\d,]+|1 or 0)"
    with pytest.raises(SettingInvalid, match=rf"^{name}: give {wanted}; it is '{value}'$"):
        load_settings()


def test_a_setting_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = load_settings()
    for name in Settings.model_fields:
        monkeypatch.setenv(f"KBSEARCH_{name.upper()}", "")
    assert load_settings() == usual


def test_the_store_is_a_file_in_the_data_folder_unless_told_otherwise(tmp_path: Path) -> None:
    own = Settings(home=tmp_path, database_url="")
    assert own.store_url == f"sqlite:///{tmp_path / 'kbsearch.db'}"
    assert own.index_folder == tmp_path / "index"
    assert Settings(home=tmp_path, database_url="postgresql://db/kb").store_url.endswith("db/kb")


def test_the_data_folder_is_made_for_its_owner_only(settings: Settings) -> None:
    prepare_home(settings)
    prepare_home(settings)
    assert settings.home.stat().st_mode & 0o777 == 0o700
    assert list(settings.home.iterdir()) == []


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.touch()
    with pytest.raises(SettingInvalid, match=r"cannot be written .*; set KBSEARCH_HOME"):
        prepare_home(Settings(home=taken / "home"))
