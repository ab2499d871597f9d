"""The data that comes with kbsearch is found."""

from pathlib import Path

import pytest

import kbsearch
from kbsearch.resources import resource


@pytest.mark.parametrize("name", ["index", "index/variants.tsv", "web"])
def test_data_is_found(name: str) -> None:
    assert resource(name).exists()


def test_data_lies_beside_the_package_or_in_it() -> None:
    package = Path(kbsearch.__file__).parent
    assert resource("index").parent in {package.parent, package / "_data"}


def test_what_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"^index/none\.tsv is missing .*; reinstall it$"):
        resource("index/none.tsv")
