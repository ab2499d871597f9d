"""The rules of a desk: what its admin sets, and the two tables that its admin edits."""

from collections.abc import Set as AbstractSet
from pathlib import Path

import phonenumbers

from kbsearch.errors import InputError, SettingInvalid
from kbsearch.privacy.detect.numbers.national_ids import SHAPES
from kbsearch.privacy.finding import Kind
from kbsearch.privacy.rules import Rules
from kbsearch.text_files import read_lines

_COMMENT = "#"


def rules_of(regions: str, national_ids: str, allow: Path, deny: Path) -> Rules:
    """Return the rules of a desk.

    regions, national_ids  names with commas between them, as the settings have them.
    allow                  a text a line that stays; the file may be missing.
    deny                   a text, a tab and a kind a line: always masked; the file may be missing.

    Raises SettingInvalid, InputError or FileUnreadable, naming the setting or the line.
    """
    return Rules(
        regions=_listed("KBSEARCH_PHONE_REGIONS", regions.upper(), phonenumbers.SUPPORTED_REGIONS),
        national_ids=_listed("KBSEARCH_NATIONAL_IDS", national_ids.lower(), set(SHAPES)),
        allow=tuple(text for _, text in _lines(allow)),
        deny=tuple(_denied(deny, number, line) for number, line in _lines(deny)),
    )


def _listed(setting: str, text: str, known: AbstractSet[str]) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if name not in known:
            raise SettingInvalid(
                f"{setting}: give some of {', '.join(sorted(known))}; one is {name!r}"
            )
    return names


def _lines(path: Path) -> list[tuple[int, str]]:
    """Return the lines that say something, each with its number."""
    if not path.exists():
        return []
    lines = enumerate(read_lines(path), start=1)
    stripped = ((number, line.strip()) for number, line in lines)
    return [(number, line) for number, line in stripped if line and line[0] != _COMMENT]


def _denied(path: Path, number: int, line: str) -> tuple[str, Kind]:
    text, _, kind = line.rpartition("\t")
    if not text.strip() or kind.strip() not in set(Kind):
        raise InputError(
            f"{path}, line {number}: write a text, a tab and one of {', '.join(Kind)}."
        )
    return text.strip(), Kind(kind.strip())
