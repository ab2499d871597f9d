"""What time zone a name means."""

from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kbsearch.analysis.tables import table


@cache
def zone_named(name: str) -> tzinfo | None:
    """Return the time zone of a name such as CET or Europe/Berlin, or none.

    >>> zone_named("CET"), zone_named("MAR")
    (datetime.timezone(datetime.timedelta(seconds=3600)), None)
    """
    minutes = _minutes().get(name.upper())
    if minutes is not None:
        return timezone(timedelta(minutes=minutes))
    try:
        return ZoneInfo(name) if "/" in name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@cache
def _minutes() -> dict[str, int]:
    """Return short name -> minutes east of Greenwich."""
    return {name: int(minutes) for name, minutes, _ in table("zones.tsv")}
