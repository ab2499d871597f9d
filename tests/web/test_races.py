"""The short form of scripts/races: of those who post one new reference at once, one gets 201."""

from kbsearch.settings import Settings
from tests.web.races import pairs


def test_of_two_clients_with_one_new_reference_exactly_one_gets_201(
    settings: Settings, database_url: str
) -> None:
    assert [wrong for wrong in pairs(settings.home, database_url, 20) if wrong] == []
