"""Which files of a folder are imported."""

from pathlib import Path

from kbsearch.intake.folder import find_files


def _names(top: Path) -> list[str]:
    return [str(file.path.relative_to(top)) for file in find_files([top]).files]


def _touch(top: Path, *names: str) -> None:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_every_file_that_a_reader_knows_comes_in_order(tmp_path: Path) -> None:
    _touch(tmp_path, "b.csv", "a.jsonl.gz", "old/c.JSON", "d.tsv", "readme.md", "e.pdf")
    assert _names(tmp_path) == ["a.jsonl.gz", "b.csv", "d.tsv", "old/c.JSON"]


def test_numbers_in_names_count_as_numbers(tmp_path: Path) -> None:
    _touch(tmp_path, "part-10.csv", "part-2.csv", "w10/a.csv", "w9/a.csv")
    assert _names(tmp_path) == ["part-2.csv", "part-10.csv", "w9/a.csv", "w10/a.csv"]


def test_hidden_files_and_rejects_are_passed_over(tmp_path: Path) -> None:
    _touch(
        tmp_path, ".a.csv", ".git/b.csv", "c.csv-rejects.jsonl", "d.csv-rejects-2.jsonl", "e.csv"
    )
    assert _names(tmp_path) == ["e.csv"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    _touch(tmp_path, "outside/secret.csv", "inside/a.csv")
    (tmp_path / "inside" / "b.csv").symlink_to(tmp_path / "outside" / "secret.csv")
    (tmp_path / "inside" / "deep").symlink_to(tmp_path / "outside")
    assert _names(tmp_path / "inside") == ["a.csv"]


def test_a_file_that_is_named_twice_comes_once(tmp_path: Path) -> None:
    _touch(tmp_path, "a.csv")
    assert len(find_files([tmp_path, tmp_path / "a.csv"]).files) == 1


def test_a_folder_with_nothing_to_import_is_a_problem(tmp_path: Path) -> None:
    _touch(tmp_path, "readme.md")
    [problem] = find_files([tmp_path]).problems
    assert "holds no file to import" in problem
