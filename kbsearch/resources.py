"""Where the data that comes with kbsearch lies: `index/` and `web/`, in a checkout or a wheel."""

from functools import cache
from pathlib import Path


@cache
def resource(name: str) -> Path:
    """Return the path of a data folder or file, such as "index/variants.tsv".

    A wheel packs `index/` and `web/` under `kbsearch/_data/`; an editable checkout has them
    next to the package.

    Raises FileNotFoundError if neither place has it, which means a broken installation.
    """
    package = Path(__file__).resolve().parent
    for base in (package / "_data", package.parent):
        if (base / name).exists():
            return base / name
    raise FileNotFoundError(f"{name} is missing from this installation of kbsearch; reinstall it")
