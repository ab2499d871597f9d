"""Telling encodings."""

from pathlib import Path

import pytest

from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.encoding import find_encoding

HEADER = "id,subject,body\n"


def _file(folder: Path, content: bytes) -> InputFile:
    path = folder / "calls.csv"
    path.write_bytes(content)
    return InputFile(path)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param("1,printer jam,it jams\n", "ascii", id="ascii"),
        pytest.param("1,café,déjà vu – “again”\n", "utf-8", id="utf-8"),
        pytest.param("1,café,déjà vu\n", "cp1252", id="French"),
        pytest.param("1,refund,paid £50 twice\n", "cp1252", id="one pound sign"),
        pytest.param("1,Can’t print,The “tray” isn’t seen – why?\n", "cp1252", id="curly quotes"),
        pytest.param("1,¿Por qué?,La impresora no imprime, señor\n", "cp1252", id="Spanish"),
        pytest.param("1,Tür offen,Schöne Grüße aus Köln\n", "cp1252", id="German"),
        pytest.param("1,Tür offen,Schöne Grüße aus Köln\n", "cp437", id="German of DOS"),
        pytest.param("1,Écran,Tout est éteint à l'étage\n", "cp850", id="French of DOS"),
        pytest.param("1,L’écran,C’est “noir” – à l’étage\n", "mac_roman", id="French of the Mac"),
        pytest.param("1,Принтер,Принтер не печатает после обновления\n", "cp1251", id="Russian"),
        pytest.param(
            "1,印刷,プリンターが印刷しません。更新後に発生しました。\n", "cp932", id="Japanese"
        ),
        pytest.param("1,打印机,更新系统之后打印机无法打印,怎么解决\n", "gb18030", id="Chinese"),
    ],
)
def test_the_text_comes_back(tmp_path: Path, text: str, encoding: str) -> None:
    content = (HEADER + text * 3).encode(encoding)
    assert content.decode(find_encoding(_file(tmp_path, content))) == HEADER + text * 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells(tmp_path: Path, encoding: str) -> None:
    assert find_encoding(_file(tmp_path, HEADER.encode(encoding))) == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    assert find_encoding(_file(tmp_path, HEADER.encode(encoding))) == encoding


def test_the_encoding_that_an_admin_names_is_believed(tmp_path: Path) -> None:
    file = _file(tmp_path, (HEADER + "1,café,x\n").encode("cp1252"))
    file.encoding = "cp850"
    assert find_encoding(file) == "cp850"
    assert file.notes == []


def test_an_assumed_encoding_is_noted(tmp_path: Path) -> None:
    file = _file(tmp_path, (HEADER + "1,café,x\n").encode("cp1252"))
    find_encoding(file)
    assert "cp1252 was assumed" in file.notes[0]


def test_utf_8_is_not_noted(tmp_path: Path) -> None:
    file = _file(tmp_path, (HEADER + "1,café,x\n").encode())
    find_encoding(file)
    assert file.notes == []


def test_a_late_letter_counts(tmp_path: Path) -> None:
    content = (HEADER + "1,printer jam,it jams\n" * 9000 + "2,café,x\n").encode("cp1252")
    assert find_encoding(_file(tmp_path, content)) == "cp1252"


def test_one_broken_row_leaves_the_file_utf_8(tmp_path: Path) -> None:
    content = (HEADER + "1,café,deja\n").encode() + b"2,caf\xe9,x\n"
    assert find_encoding(_file(tmp_path, content)) == "utf-8"
