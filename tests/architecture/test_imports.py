"""Imports point one way, and the core stays small."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "kbsearch"
FACES = {"api", "web", "cli", "library"}
FLOORS: dict[str, list[set[str]]] = {
    "kbsearch": [
        {"errors"},
        {
            *{"settings", "resources", "progress", "names", "text_files", "locks", "cache"},
            "messages",
        },
        {"english"},
        {"records", "evaluation"},
        {"analysis", "inverted"},
        {"privacy"},
        {"store", "lexicon"},
        {"engines"},
        {"search", "indexer"},
        {"intake"},
        {"services"},
        {"runtime"},
        FACES,
        {"__main__"},
    ],
    "kbsearch.search": [
        {"query", "courtesies"},
        {"results"},
        {"codes", "synonyms", "signals"},
        {"understand", "matches", "examples", "fixes"},
        {"searcher"},
        {"similar", "suggest"},
    ],
    "kbsearch.search.query": [
        {"tokens", "sure"},
        {"parse"},
        {"expert", "leave_out"},
        {"typed_filters", "did_you_mean"},
    ],
    "kbsearch.search.query.expert": [{"lexemes"}, {"query", "scanner", "parser"}, {"read"}],
    "kbsearch.privacy": [
        {"finding", "people", "keys"},
        {"marks", "rules", "key_file", "chain", "vault"},
        {"detect"},
        {"masking", "anchors", "traces"},
        {"tickets", "admin_rules"},
    ],
    "kbsearch.privacy.detect": [
        {"reading"},
        {"names", "numbers", "emails", "secrets", "lists", "spans"},
        {"places"},
        {"detectors"},
    ],
    "kbsearch.privacy.detect.reading": [
        {"words", "checksums", "digit_runs", "normalised"},
        {"text", "dates"},
    ],
    "kbsearch.privacy.detect.names": [{"leads", "name_lists"}, {"known_people", "strangers"}],
    "kbsearch.privacy.detect.places": [{"street_patterns"}, {"streets"}, {"addresses"}],
    "kbsearch.messages": [{"message"}, {"catalogue"}],
    "kbsearch.records": [
        {
            "actor",
            "history",
            "message",
            "outcome",
            "reading_kind",
            "import_report",
            "import_options",
            "privacy",
        },
        {"ticket", "index_state", "audit"},
        {"customer", "filters", "import_preview", "raw_text", "places", "masking"},
    ],
    "kbsearch.services": [
        {"examples", "turns", "synonym_files", "shapes", "nearest_values"},
        {"parts"},
        {"service"},
        {
            *{"searching", "tickets", "deletion", "outcomes", "importing", "indexing", "figures"},
            *{"auditing", "keys", "privacy"},
        },
        {"gate"},
        {"synonyms"},
        {"knowledge_base"},
    ],
    "kbsearch.intake.values": [
        {
            *{"guards", "letters", "line_ends", "markup", "nothing", "references", "tags"},
            *{"statuses", "verdicts", "zones"},
        },
        {"clocks"},
        {"dates"},
        {"facts", "notes"},
        {"texts"},
        {"messages"},
        {"fields"},
    ],
    "kbsearch.intake.readers": [
        {"decoding", "frames", "people", "plausible", "quoting", "shapes", "lines", "heading"},
        {"encoding", "dialect"},
        {"records"},
        {"table"},
        {"delimited", "jsonl", "mailbox", "sheet", "xml_document"},
        {"json_document", "workbook"},
        {"registry"},
        {"apart", "program"},
    ],
    "kbsearch.intake.attachments": [{"attached", "docx", "pdf"}, {"document"}],
    "kbsearch.intake.mail": [{"mail", "folder"}, {"threads", "conversation"}],
    "kbsearch.intake.vendors": [
        {"paths", "message", "document"},
        {"freshdesk", "jira", "journal", "request_tracker", "trackers", "zammad", "zendesk"},
        {"shapes"},
        {"vendor"},
        {"reading"},
    ],
    "kbsearch.indexer": [{"store_source", "differences"}, {"indexer"}],
    "kbsearch.runtime": [
        {"defects", "headers", "maintenance"},
        {"per_process", "connections"},
        {"worker"},
        {"server"},
    ],
    "kbsearch.engines": [
        {"boolean_tree", "source"},
        {"plan"},
        {"base", "passing", "indexing"},
        {"scoring"},
        {"memory", "disk"},
        {"whoosh"},
    ],
    "kbsearch.engines.disk": [
        {"generations", "segment"},
        {"words"},
        {"snapshot"},
        {"updating", "held"},
        {"merging", "following"},
    ],
    "kbsearch.engines.whoosh": [{"guard", "codec"}, {"engine"}],
}
"""The rooms of a package, the lowest floor first.

A room imports from itself and from lower floors; the faces may import each other.
"""

ABOVE = {"services", "runtime", *FACES}
"""What a face may import of the floors above the plain records."""
RESULTS = "kbsearch.search.results"
"""What a search is asked and answers: the one module below the services that faces know."""

MODULES = sorted(PACKAGE.rglob("*.py"))
PACKAGES = sorted(path.parent for path in PACKAGE.rglob("__init__.py"))


def room_of(module: str, package: str) -> str:
    """Return the room of a package that a module belongs to, "" if it is not inside.

    room_of("kbsearch.search.codes.near", "kbsearch.search") is "codes".
    """
    return module.removeprefix(f"{package}.").partition(".")[0] if is_in(module, package) else ""


def is_in(module: str, package: str) -> bool:
    """Tell whether a module is in a package, which itself is not."""
    return module.startswith(f"{package}.")


def floor_of(room: str, package: str) -> int:
    """Return the floor that a room has in the table, that of the faces the highest."""
    return next(floor for floor, rooms in enumerate(FLOORS[package]) if room in rooms)


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
            if node.module and node.module.partition(".")[0] == "kbsearch":
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def arrows(package: str) -> Iterator[tuple[str, str, str]]:
    """Yield (place, room, other room) for every import from one room of a package to another."""
    for path, tree in parsed():
        room = room_of(name_of(path), package)
        for line, module in imported(tree):
            other = room_of(module, package)
            if room and other and room != other and is_module(f"{package}.{other}"):
                yield f"{path.relative_to(ROOT)}:{line}", room, other


def is_module(name: str) -> bool:
    """Tell whether a dotted name is a module or a package of ours, and not a name inside one."""
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


@cache
def parsed() -> list[tuple[Path, ast.Module]]:
    """Return every module of kbsearch with its syntax tree."""
    return [(path, ast.parse(path.read_text("utf-8"), str(path))) for path in MODULES]


@pytest.mark.parametrize("package", FLOORS)
def test_every_room_of_an_ordered_package_has_one_floor(package: str) -> None:
    folder = ROOT.joinpath(*package.split("."))
    rooms = {path.stem for path in folder.glob("*.py")} | {
        inner.name for inner in PACKAGES if inner.parent == folder
    }
    listed = [room for rooms in FLOORS[package] for room in rooms]
    assert sorted(listed) == sorted(rooms - {"__init__"})


@pytest.mark.parametrize("package", FLOORS)
def test_imports_point_to_lower_floors(package: str) -> None:
    wrong = [
        f"{place}: {room} imports {other}"
        for place, room, other in arrows(package)
        if not {room, other} <= FACES and floor_of(room, package) <= floor_of(other, package)
    ]
    assert wrong == []


def test_faces_ask_services_and_know_nothing_below_them() -> None:
    below = {room for floor in FLOORS["kbsearch"][4:] for room in floor if room not in ABOVE}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path, tree in parsed()
        if room_of(name_of(path), "kbsearch") in FACES
        for line, module in imported(tree)
        if room_of(module, "kbsearch") in below and not is_in(f"{module}.", RESULTS)
    ]
    assert wrong == []


def test_faces_do_not_reach_through_the_services() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in parsed()
        if room_of(name_of(path), "kbsearch") in FACES
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "parts"
    ]
    assert wrong == []


@pytest.mark.parametrize("package", [name_of(folder) for folder in PACKAGES])
def test_no_room_imports_in_a_circle(package: str) -> None:
    graph: dict[str, set[str]] = {}
    for _, room, other in arrows(package):
        graph.setdefault(room, set()).add(other)
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


def test_only_the_codec_and_the_parser_of_expert_queries_import_whoosh() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path, tree in parsed()
        for line, module in imported(tree)
        if module.split(".")[0] == "whoosh"
        and PACKAGE / "engines" / "whoosh" / "codec" not in path.parents
        and path != PACKAGE / "search" / "query" / "expert" / "parser.py"
    ]
    assert wrong == []


def test_a_query_is_cut_by_its_parser_alone() -> None:
    cutting = {
        f"kbsearch.analysis.tokens.{name}" for name in ("CHUNK", "chunks", "parts", "tokens")
    }
    stations = {PACKAGE / "search" / room for room in ("query", "codes", "understand")}
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path, tree in parsed()
        for line, module in imported(tree)
        if module in cutting
        and (stations & {*path.parents} or path.name in ("phrase_table.py", "searcher.py"))
        and path != PACKAGE / "search" / "query" / "tokens.py"
    ]
    assert wrong == []


def test_every_library_that_is_imported_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["attachments"]
    asked = {canonicalize_name(Requirement(line).name) for line in lines}
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
