"""Read the cases that lie in tables: one case a row."""

from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[tuple[str, ...]]:
    """Return the rows of a table of cases without the header; "-" stands for nothing."""
    lines = (FOLDER / f"{name}.tsv").read_text("utf-8").split("\n")[1:-1]
    return [tuple("" if cell == "-" else cell for cell in line.split("\t")) for line in lines]
