"""Imports point one way, and the core stays small."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "kbsearch"
FACES = {"api", "web", "cli"}
LAYERS = {
    "errors": 0,
    "settings": 1,
    "resources": 1,
    "progress": 1,
    "names": 1,
    "text_files": 1,
    "tickets": 1,
    "history": 1,
    "locks": 1,
    "analysis": 2,
    "privacy": 3,
    "store": 4,
    "engines": 5,
    "search": 6,
    "source": 6,
    "differences": 6,
    "intake": 7,
    "insight": 8,
    "upkeep": 8,
    "deletion": 9,
    "service": 10,
    "evaluation": 11,
} | dict.fromkeys(FACES, 12)
"""The lowest first. A part imports from itself and from below; faces may import each other."""

MODULES = sorted(PACKAGE.rglob("*.py"))
PACKAGES = sorted(path.parent for path in PACKAGE.rglob("__init__.py"))


def part_of(module: str) -> str:
    """Return the part that a module such as "kbsearch.engines.base" belongs to: "engines"."""
    return module.partition(".")[2].partition(".")[0]


def name_of(path: Path) -> str:
    """Return the dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, module) for every import, a name of a package counting as its module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or "."
            if node.module == "kbsearch":
                yield from ((node.lineno, f"kbsearch.{alias.name}") for alias in node.names)


def ours(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, module) for every import of a part of kbsearch."""
    for line, module in imported(tree):
        if module.startswith("kbsearch.") and part_of(module) in LAYERS:
            yield line, module


def parsed() -> Iterator[tuple[Path, ast.Module]]:
    """Yield every module of kbsearch with its syntax tree."""
    for path in MODULES:
        yield path, ast.parse(path.read_text("utf-8"), str(path))


def test_every_part_of_kbsearch_has_a_layer() -> None:
    parts = {path.stem for path in PACKAGE.glob("*.py")} | {
        folder.name for folder in PACKAGES if folder.parent == PACKAGE
    }
    assert parts - {"__init__", "__main__"} <= LAYERS.keys()


def test_imports_point_downwards() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path, tree in parsed()
        for line, module in ours(tree)
        if not points_down(part_of(name_of(path)), part_of(module))
    ]
    assert wrong == []


def points_down(part: str, other: str) -> bool:
    """Tell whether one part may import another; the top of the package may import none."""
    return part == other or LAYERS[other] < LAYERS.get(part, 0) or {part, other} <= FACES


def test_faces_do_not_import_in_a_circle() -> None:
    graph: dict[str, set[str]] = {face: set() for face in FACES}
    for path, tree in parsed():
        part = part_of(name_of(path))
        if part in FACES:
            targets = {part_of(module) for _, module in ours(tree)}
            graph[part] |= targets & FACES - {part}
    TopologicalSorter(graph).prepare()  # raises CycleError


def test_no_function_imports_from_kbsearch() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module} inside {node.name}"
        for path, tree in parsed()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for line, module in imported(node)
        if module.split(".")[0] == "kbsearch"
    ]
    assert wrong == []


def test_imports_are_absolute() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in parsed()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert wrong == []


def test_only_its_own_package_imports_whoosh() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path, tree in parsed()
        for line, module in imported(tree)
        if module.split(".")[0] == "whoosh" and PACKAGE / "engines" / "whoosh" not in path.parents
    ]
    assert wrong == []


def test_every_library_that_is_imported_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    providers = packages_distributions()
    wrong = {
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path, tree in parsed()
        for line, module in imported(tree)
        if (top := module.split(".")[0]) not in sys.stdlib_module_names | {"kbsearch", "_typeshed"}
        and not asked & {canonicalize_name(name) for name in providers.get(top, [])}
    }
    assert sorted(wrong) == []


@pytest.mark.parametrize(
    "module", ["kbsearch.analysis", "kbsearch.engines.base", "kbsearch.analysis.terms"]
)
def test_the_core_loads_no_face_store_or_engine(module: str) -> None:
    script = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    heavy = {"flask", "apiflask", "click", "rich_click", "sqlalchemy", "whoosh", "pydantic"}
    assert heavy & {name.split(".")[0] for name in loaded.stdout.split()} == set()


@pytest.mark.parametrize("folder", PACKAGES, ids=name_of)
def test_every_package_says_in_one_sentence_what_it_is(folder: Path) -> None:
    text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
    assert text is not None
    assert "\n" not in text
    assert text.endswith((".", "?", ")"))


def test_every_folder_with_modules_is_a_package() -> None:
    assert [str(path) for path in MODULES if path.parent not in PACKAGES] == []
