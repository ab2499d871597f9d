"""What is built holds what it needs, and nothing else."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was made from it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return folder


def wheel(built: Path) -> Path:
    """Return the only wheel in the folder."""
    [path] = built.glob("kbsearch-*.whl")
    return path


def test_the_installed_wheel_finds_its_tables_and_pages(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--target", target, wheel(built)], check=True)
    script = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "from kbsearch.resources import resource\n"
        "print(resource('index/variants.tsv'), resource('web/templates'), sep='\\n')"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    data = target / "kbsearch" / "_data"
    assert found.stdout.splitlines() == [f"{data}/index/variants.tsv", f"{data}/web/templates"]


def test_the_wheel_holds_the_package_and_its_data_only(built: Path) -> None:
    names = zipfile.ZipFile(wheel(built)).namelist()
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == {"kbsearch"}
    assert [name for name in names if name.endswith((".pyc", ".db", ".map"))] == []
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_holds_every_file_of_the_package_and_of_index_and_web(built: Path) -> None:
    packed = set(zipfile.ZipFile(wheel(built)).namelist())
    files = {
        f"{home}{path.relative_to(ROOT).as_posix()}"
        for folder, home in (
            ("kbsearch", ""),
            ("index", "kbsearch/_data/"),
            ("web", "kbsearch/_data/"),
        )
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files - packed == set()


def test_the_wheel_has_the_command(built: Path) -> None:
    archive = zipfile.ZipFile(wheel(built))
    [name] = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
    assert "kbsearch = kbsearch.cli.main:main" in archive.read(name).decode()


def test_the_sdist_holds_what_tests_and_checks_need(built: Path) -> None:
    [path] = built.glob("kbsearch-*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"LICENSE", "README.md", "CHANGELOG.md", "requirements-dev.lock", "scripts/test"}
    assert needed | {"tests/conftest.py", "pyproject.toml"} <= names
    assert [name for name in names if name.startswith((".venv", ".kbsearch", ".git/"))] == []
