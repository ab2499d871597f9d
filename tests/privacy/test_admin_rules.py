"""What an admin sets and writes about masking."""

from pathlib import Path

import pytest

from kbsearch.errors import InputError, SettingInvalid
from kbsearch.privacy.admin_rules import rules_of
from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules


def rules(tmp_path: Path, allow: str = "", deny: str = "", regions: str = "us, gb") -> Rules:
    for name, text in (("allow", allow), ("deny", deny)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return rules_of(regions, "us_ssn", tmp_path / "allow", tmp_path / "deny")


def test_what_is_allowed_stays_and_what_is_denied_goes(tmp_path: Path) -> None:
    made = rules(tmp_path, "# our own\n+1 415 555 2671\n@desk.example\n", "Orchid ward\taddress\n")
    text = "Call +1 415 555 2671 or it@desk.example from the orchid ward, not x@shop.example"
    masked = Masker(made).mask(text).text
    assert masked == "Call +1 415 555 2671 or it@desk.example from the [address], not [e-mail]"
    assert made.version != rules(tmp_path).version


def test_files_that_are_missing_say_nothing(tmp_path: Path) -> None:
    made = rules_of("US,GB,IN,AU,PH", "us_ssn", tmp_path / "a", tmp_path / "b")
    assert made.version == Rules().version


@pytest.mark.parametrize("line", ["Orchid ward", "Orchid ward\tplace", "\tname"])
def test_a_line_that_names_no_kind_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(InputError, match="deny, line 2: write a text, a tab and one of card, iban"):
        rules(tmp_path, deny=f"\n{line}\n")


def test_a_region_that_no_one_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid, match=r"KBSEARCH_PHONE_REGIONS: give some of AC, .*'XX'"):
        rules(tmp_path, regions="US,XX")
