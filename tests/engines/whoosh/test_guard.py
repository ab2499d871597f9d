"""Only the `whoosh` that was tried is let in."""

import tomllib
from pathlib import Path

import pytest

from kbsearch.engines.whoosh.guard import DISTRIBUTION, VERSION, check_installed, check_whoosh
from kbsearch.errors import EngineUnusable


def test_the_installation_passes() -> None:
    check_whoosh()


def test_the_version_is_that_of_the_requirement() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))
    assert f"{DISTRIBUTION}=={VERSION}" in project["project"]["dependencies"]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["Whoosh"], r"^Another whoosh is installed \(Whoosh\) in place of whoosh3; uninstall it"),
        (["whoosh3", "Whoosh-Reloaded"], r"\(Whoosh-Reloaded\).*run: pip install"),
        ([], r"^whoosh3 3\.54\.0 is not installed; run: pip install"),
    ],
    ids=["another", "two", "none"],
)
def test_another_whoosh_is_refused_with_a_sentence(names: list[str], sentence: str) -> None:
    with pytest.raises(EngineUnusable, match=sentence):
        check_installed(names)


def test_ours_alone_is_let_in() -> None:
    check_installed([DISTRIBUTION, DISTRIBUTION])
