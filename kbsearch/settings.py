"""Every setting, in one typed table; it feeds the commands and the documentation."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from platformdirs import user_config_path, user_data_path
from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from kbsearch.errors import SettingInvalid, StoreMissing

_OTHERS = 0o077
"""The rights of all but the owner."""
_PRIVATE = (
    *("kbsearch.db", "kbsearch.db-wal", "kbsearch.db-shm"),
    *("gate.tsv", "gate.last.json", "synonyms.tsv", "synonyms.draft.tsv", "errors.log"),
    *("privacy-allow.tsv", "privacy-deny.tsv"),
)
"""Our files in the data folder."""


class Settings(BaseSettings):
    """Read from the environment: the field `home` is `KBSEARCH_HOME`, and so on."""

    model_config = SettingsConfigDict(
        env_prefix="KBSEARCH_", extra="ignore", frozen=True, env_ignore_empty=True
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("kbsearch", appauthor=False),
        description="The one data folder: the database, the index and its manifest.",
    )
    database_url: str = Field(
        default="",
        description="An SQLAlchemy URL, such as postgresql+psycopg://desk@db/kbsearch;"
        " empty means SQLite in the data folder.",
    )
    keys: Path = Field(
        default_factory=lambda: user_config_path("kbsearch", appauthor=False) / "keys.json",
        description="The key file of the vault and the audit log, outside the data folder; made at"
        " first use. Next to it lie the anchors of the audit log.",
    )
    port: int = Field(
        default=8321, ge=0, le=65535, description="The port of the search page; 0 picks a free one."
    )
    workers: int = Field(
        default=2, ge=1, le=64, description="Processes that answer searches at the same time."
    )
    query_deadline_ms: int = Field(
        default=1000,
        ge=1,
        le=60_000,
        description="Milliseconds after which a search looks at no further word, answers with what"
        " it has, and says so.",
    )
    suggest_deadline_ms: int = Field(
        default=5,
        ge=1,
        le=60_000,
        description="Milliseconds after which suggestions look at no further word: the next key is"
        " pressed soon.",
    )
    recent_queries: int = Field(
        default=1000,
        ge=0,
        le=100_000,
        description="Distinct queries from the page and the API that are kept, without who typed"
        " them, so that a change of the synonyms can be tried on them; 0 keeps none.",
    )

    phone_regions: str = Field(
        default="US,GB,IN,AU,PH",
        description="The regions whose phone numbers are masked without a word such as call next to"
        " them: ISO 3166 codes with commas between.",
    )
    national_ids: str = Field(
        default="us_ssn",
        description="The identity numbers that are masked without a word such as passport next to"
        " them, with commas between; docs/privacy.md lists them.",
    )
    ranking_signals: bool = Field(
        default=True,
        description="Whether a search ranks by more than words: by what helped in other calls, and"
        " by having a resolution; 0 leaves it to the words alone.",
    )

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{self.home / 'kbsearch.db'}"

    @property
    def key_file(self) -> Path:
        """The key file. Raises SettingInvalid if it is in the data folder."""
        if self.keys.resolve().is_relative_to(self.home.resolve()):
            raise SettingInvalid(
                f"The key file {self.keys} is in the data folder, so a copy of the folder would"
                " have the keys as well; set KBSEARCH_KEYS to a file outside it."
            )
        return self.keys

    @property
    def allowed_texts(self) -> Path:
        """The table of texts that stay, as the admin writes them."""
        return self.home / "privacy-allow.tsv"

    @property
    def denied_texts(self) -> Path:
        """The table of texts that are always masked."""
        return self.home / "privacy-deny.tsv"

    @property
    def index_folder(self) -> Path:
        """The folder that holds the index of every view."""
        return self.home / "index"

    @property
    def synonyms_file(self) -> Path:
        """The table of the admin's synonyms, which searches read."""
        return self.home / "synonyms.tsv"


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises SettingInvalid, naming the variable, if one of them cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "KBSEARCH_" + "_".join(str(part) for part in first["loc"]).upper()
        wanted = _wanted(Settings.model_fields[str(first["loc"][0])])
        raise SettingInvalid(f"{name}: give {wanted}; it is {first['input']!r}") from None


def _wanted(field: FieldInfo) -> str:
    """Say what a setting takes, in our own words and not those of the library."""
    if field.annotation is bool:
        return "1 or 0"
    if field.annotation is not int:
        return "a text"
    limits = {
        name: getattr(one, name)
        for one in field.metadata
        for name in ("ge", "le")
        if hasattr(one, name)
    }
    return f"a whole number from {limits['ge']:,} to {limits['le']:,}"


def prepare_home(settings: Settings) -> None:
    """Make the data folder, readable by its owner only.

    Raises SettingInvalid if it cannot be made or written.
    """
    home = settings.home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _keep_name(home)
        _close_to_others(home)
        probe = home / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SettingInvalid(
            f"The data folder {home} cannot be written ({error.strerror or error});"
            " set KBSEARCH_HOME to a folder that you may write."
        ) from None


def _close_to_others(home: Path) -> None:
    """Take the rights of others from our own files that have them, as after a restore.

    The folder itself stays as its owner made it: it may hold more than our files, and what is in
    it is closed anyway. `is_open_to_others` says so.
    """
    for name in _PRIVATE:
        path = home / name
        with suppress(FileNotFoundError, PermissionError):
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode) and mode & _OTHERS:
                path.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def is_open_to_others(settings: Settings) -> bool:
    """Whether others on this computer can see the names of the files in the data folder."""
    return bool(settings.home.stat().st_mode & _OTHERS)


def require_home(settings: Settings) -> None:
    """Raise StoreMissing if the data folder is not there; nothing is made.

    Raises SettingInvalid if it cannot be looked into.
    """
    try:
        is_folder = stat.S_ISDIR(settings.home.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        is_folder = False
    except OSError as error:
        raise SettingInvalid(
            f"The data folder {settings.home} cannot be read ({error.strerror or error});"
            " set KBSEARCH_HOME to a folder that you may read."
        ) from None
    if not is_folder:
        raise StoreMissing(
            f"The data folder {settings.home} does not exist; set KBSEARCH_HOME to the folder that"
            " has your tickets, or make it with: kbsearch import FILE"
        )


def _keep_name(folder: Path) -> None:
    """Have the disk hold the name of a folder, before anything in it is said to be kept."""
    parent = os.open(folder.parent, os.O_RDONLY)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)
