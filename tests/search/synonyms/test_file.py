"""The table of synonyms can be edited by hand; a bad line is told and harms no other."""

from pathlib import Path

import pytest

from kbsearch.errors import FileUnreadable, InputError
from kbsearch.search.synonyms.file import (
    DraftAction,
    DraftChange,
    Synonym,
    apply,
    checked,
    draft_lines,
    read_draft,
    read_synonyms,
    table_lines,
)
from tests.sentences import sentences

HEAD = "phrase\talso\tboth\tnote\n"
SSO = Synonym("sso", "single sign-on")
KIT = Synonym("kit", "laptop", both=False, note="field team")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "synonyms.tsv"


def test_a_table_survives_its_file(path: Path) -> None:
    path.write_text("\n".join(table_lines([SSO, KIT])))
    assert read_synonyms(path).rows == (SSO, KIT)


def test_a_draft_survives_its_file(path: Path) -> None:
    changes = (DraftChange(DraftAction.ADD, SSO), DraftChange(DraftAction.REMOVE, KIT))
    path.write_text("\n".join(draft_lines(changes)))
    assert read_draft(path).rows == changes


def test_a_file_of_a_spreadsheet_can_be_read(path: Path) -> None:
    text = f"{HEAD}sso\tsingle  sign-on\t\t\nkit\tlaptop\tNo\tfield team\n\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_synonyms(path).rows == (SSO, KIT)


def test_columns_at_the_end_may_be_left_out(path: Path) -> None:
    path.write_text(f"{HEAD}sso\tsingle sign-on\n")
    assert read_synonyms(path).rows == (SSO,)


def test_no_file_and_an_empty_one_are_an_empty_table(path: Path) -> None:
    assert read_synonyms(path).rows == ()
    path.write_text("\n")
    assert read_synonyms(path).rows == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("sso", "has no second phrase; write a phrase, a tab, and what it is also called"),
        ("sso\t--", '"--" has no word in it; write what people type'),
        ("sso\tSSO", '"sso" means itself; write another word next to it'),
        ("sso\ta b c d e f g h i", '"a b c d e f g h i" has 9 words; write 8 at most'),
        ("sso\tlogin\tperhaps", 'both is "perhaps"; write yes, no, or nothing for yes'),
        ("Laptop\tKIT", '"Laptop = KIT" is in it already; remove one of the two'),
    ],
)
def test_a_line_that_is_no_row_is_told_and_the_others_stay(
    path: Path, line: str, told: str
) -> None:
    path.write_text(f"{HEAD}kit\tlaptop\tno\tfield team\n{line}\n\nfob\ttoken\n")
    found = read_synonyms(path)
    assert found.rows == (KIT, Synonym("fob", "token"))
    assert sentences(found.faults) == (f"{path}, line 3: {told}.",)


def test_a_change_that_is_none_is_told(path: Path) -> None:
    path.write_text(f"change\t{HEAD}drop\tkit\tlaptop\n")
    assert sentences(read_draft(path).faults) == (
        f'{path}, line 2: the change is "drop"; write add or remove.',
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"sso\tsingle sign-on\n", "line 1: does not name the columns; write phrase, also, both"),
        (HEAD.encode() + b"caf\xe9\tbar\n", "line 2: is not UTF-8; save it as UTF-8"),
    ],
    ids=["no names", "Latin-1"],
)
def test_a_file_that_cannot_be_read_at_all_is_refused(path: Path, data: bytes, told: str) -> None:
    path.write_bytes(data)
    with pytest.raises(FileUnreadable) as error:
        read_synonyms(path)
    assert str(error.value).startswith(f"{path}, {told}")


def test_the_draft_adds_replaces_and_removes() -> None:
    both_ways = Synonym("Laptop", "kit")
    assert apply([SSO, KIT], [DraftChange(DraftAction.ADD, both_ways)]) == (SSO, both_ways)
    assert apply([SSO, KIT], [DraftChange(DraftAction.REMOVE, SSO)]) == (KIT,)
    assert apply([KIT], [DraftChange(DraftAction.ADD, SSO)]) == (KIT, SSO)


def test_a_draft_that_was_applied_changes_nothing_any_more() -> None:
    changes = [DraftChange(DraftAction.ADD, SSO), DraftChange(DraftAction.REMOVE, KIT)]
    once = apply([KIT], changes)
    assert apply(once, changes) == once


def test_blanks_of_a_row_are_put_right() -> None:
    assert checked(Synonym(" blue   screen", "bsod ")) == Synonym("blue screen", "bsod")


def test_a_phrase_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="has no word in it"):
        checked(Synonym("?!", "help"))
