"""Files in ZIP archives."""

import gzip
import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kbsearch.errors import FileUnreadable
from tests.intake.conftest import Desk

TABLE = "id,subject\n{0},Jam\n"
Packed = Callable[..., Path]


@pytest.fixture
def packed(desk: Desk) -> Packed:
    """Writes an archive of name -> content."""

    def write(contents: dict[str, str | bytes]) -> Path:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in contents.items():
                archive.writestr(name, text)
        return desk.write("calls.zip", content.getvalue())

    return write


def test_each_file_of_an_archive_is_imported_by_its_own_path(desk: Desk, packed: Packed) -> None:
    path = packed({"may/b.csv": TABLE.format(1), "a.jsonl": '{"id": 2, "subject": "Fax"}\n{'})
    report = desk.take(path)
    assert (report.new, report.rejected) == (2, 1)
    assert set(desk.tickets()) == {"1", "2"}
    assert report.rejects is not None
    assert report.rejects.name == "a.jsonl-rejects.jsonl"


def test_an_archive_in_a_folder_is_found(desk: Desk, packed: Packed) -> None:
    packed({"b.csv": TABLE.format(1)})
    assert desk.take(desk.folder).new == 1


def test_files_that_no_reader_knows_are_said(desk: Desk, packed: Packed) -> None:
    report = desk.take(packed({"a.csv": TABLE.format(1), "readme.txt": "x", ".b.csv": "x"}))
    assert report.new == 1
    assert 'calls.zip: passed over "readme.txt"; its name must end in' in report.notes[0]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("../a.csv", "x", "leads out of its archive", id="above"),
        pytest.param("/etc/a.csv", "x", "leads out of its archive", id="absolute"),
        pytest.param("b.zip", "x", "an archive inside an archive", id="nested"),
        pytest.param("a.csv", b"\n" * 40_000_000, "to more than any export does", id="bomb"),
    ],
)
def test_what_could_do_harm_is_refused_and_the_rest_comes_in(
    desk: Desk, packed: Packed, name: str, content: str | bytes, why: str
) -> None:
    noise = "".join(f"{n},{n * 7919 % 65537}\n" for n in range(90_000))
    report = desk.take(packed({name: content, "good.csv": TABLE.format(7), "noise.txt": noise}))
    assert report.new == 1
    assert why in report.problems[0]


def test_a_link_in_an_archive_is_refused(desk: Desk) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        info = zipfile.ZipInfo("a.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(FileUnreadable, match=r"calls\.zip!/a\.csv is a link"):
        desk.take(desk.write("calls.zip", content.getvalue()))


def test_an_archive_that_breaks_off_is_told(desk: Desk, packed: Packed) -> None:
    whole = packed({"a.csv": TABLE.format(1)}).read_bytes()
    with pytest.raises(FileUnreadable, match="is no whole ZIP archive"):
        desk.take(desk.write("cut.zip", whole[:40]))


def test_a_damaged_file_in_an_archive_is_told(desk: Desk, packed: Packed) -> None:
    whole = bytearray(packed({"a.csv": TABLE.format(1) * 50}).read_bytes())
    whole[40] ^= 0xFF
    with pytest.raises(FileUnreadable, match=r"a\.csv"):
        desk.take(desk.write("bad.zip", bytes(whole)))


def test_a_gzip_file_that_unpacks_without_end_is_refused(desk: Desk) -> None:
    content = gzip.compress(b"id,subject\n" + b"1,a\n" * 12_000_000)
    with pytest.raises(FileUnreadable, match="unpacks to more than 250 times its size"):
        desk.take(desk.write("calls.csv.gz", content))
