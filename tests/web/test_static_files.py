"""The files that pages are made with."""

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kbsearch.resources import resource
from kbsearch.web.static_files import StaticFiles

FOLDER = resource("web/static")


@pytest.fixture
def place(desk: FlaskClient) -> str:
    """The address of the static files, as the search page has it."""
    found = re.search(r'"(/static/[0-9a-f]{16}/)style\.css"', desk.get("/").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_every_file_is_kept_for_a_year(desk: FlaskClient, place: str, name: str) -> None:
    answer = desk.get(place + name)
    assert answer.data == (FOLDER / name).read_bytes()
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "kind"), [("style.css", "text/css"), ("search.js", "text/javascript")]
)
def test_a_browser_gets_it_compressed(desk: FlaskClient, place: str, name: str, kind: str) -> None:
    answer = desk.get(place + name, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content_type == f"{kind}; charset=utf-8"
    assert gzip.decompress(answer.data) == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0"])
def test_it_comes_plain_where_gzip_is_not_wanted(
    desk: FlaskClient, place: str, accepted: str
) -> None:
    answer = desk.get(place + "icon.svg", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert answer.data == (FOLDER / "icon.svg").read_bytes()


@pytest.mark.parametrize(
    "path", ["nowhere.js", "../templates/base.html", "%2e%2e/templates/base.html", ""]
)
def test_what_is_no_file_of_them_is_not_there(desk: FlaskClient, place: str, path: str) -> None:
    answer = desk.get(place + path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_version_is_not_there(desk: FlaskClient) -> None:
    assert desk.get("/static/0123456789abcdef/style.css").status_code == 404


def test_the_address_changes_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("one")
    versions = {StaticFiles(tmp_path).version, StaticFiles(tmp_path).version}
    (tmp_path / "a.js").write_text("two")
    versions.add(StaticFiles(tmp_path).version)
    (tmp_path / "a.js").rename(tmp_path / "b.js")
    versions.add(StaticFiles(tmp_path).version)
    assert len(versions) == 3


def test_what_is_no_static_file_is_kept_by_nobody(desk: FlaskClient) -> None:
    for path in ("/", "/?q=headset", "/add", "/api/v1/status", "/api/v1/openapi.json", "/nowhere"):
        assert desk.get(path).headers["Cache-Control"] == "no-store"
