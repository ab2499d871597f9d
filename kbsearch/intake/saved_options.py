"""What an admin says of the files of one help desk, kept under a name for the next import."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from kbsearch.errors import InputError
from kbsearch.records.import_options import DateOrder, ImportOptions
from kbsearch.text_files import new_lines

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class SavedOptions:
    """Options of imports by name, each a JSON file in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """Return the names under which options are kept, sorted."""
        return sorted(path.stem for path in self._folder.glob("*.json"))

    def save(self, name: str, options: ImportOptions) -> None:
        """Keep what the options say of a file; raises InputError if the name will not do."""
        content = {
            "map": dict(options.mapping),
            "values": [[*told, meaning] for told, meaning in options.meanings.items()],
            "source": options.source,
            "date_order": options.date_order or "",
            "encoding": options.encoding,
        }
        path = self._path(name)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with new_lines(path, private=True) as lines:
            lines.extend(json.dumps(content, indent=2, ensure_ascii=False).split("\n"))

    def load(self, name: str) -> ImportOptions:
        """Return the options of this name; raises InputError if there are none that can be read."""
        path = self._path(name)
        try:
            content = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            known = ", ".join(self.names()) or "none yet"
            raise InputError(
                f'No mapping is saved as "{name}"; saved are: {known}. Save one on the import page,'
                " or with --save-mapping NAME."
            ) from None
        except (OSError, ValueError) as fault:
            raise InputError(f"{path} cannot be read ({fault}); save the mapping again.") from None
        return _options(path, content)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise InputError(
                f'"{name[:60]}" is no name of a mapping: use 1 to 40 small letters, digits, "-" and'
                ' "_", such as helpdesk.'
            )
        return self._folder / f"{name}.json"


def _options(path: Path, content: object) -> ImportOptions:
    if not isinstance(content, Mapping) or not isinstance(content.get("map"), Mapping):
        raise InputError(f"{path} holds no mapping; save the mapping again.")
    order = content.get("date_order")
    return ImportOptions(
        mapping={str(field): str(column) for field, column in content["map"].items()},
        meanings=_meanings(content.get("values")),
        source=str(content.get("source") or "desk"),
        date_order=DateOrder(order) if order in set(DateOrder) else None,
        encoding=str(content.get("encoding") or ""),
    )


def _meanings(values: object) -> dict[tuple[str, str], str]:
    """Return (field, value) -> meaning of what was kept; what is no such thing is left out."""
    kept = values if isinstance(values, list) else []
    told = (tuple(map(str, one)) for one in kept if isinstance(one, list))
    return {(one[0], one[1]): one[2] for one in told if len(one) == 3}
