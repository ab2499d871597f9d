"""What scripts/start loads, where, and when."""

import pytest

from tests.scripts.conftest import Checkout

START = "scripts/start"
LOADING = ["kbsearch import index/samples --source samples", "kbsearch reindex"]


@pytest.fixture
def ready(checkout: Checkout) -> Checkout:
    """A checkout on a machine with Python."""
    checkout.add_python("python3", "3.11")
    return checkout


def calls(checkout: Checkout) -> list[str]:
    """Return what was asked of kbsearch."""
    return [line for line in checkout.log if line.startswith("kbsearch")]


def test_the_first_run_loads_the_samples_and_serves(ready: Checkout) -> None:
    assert ready.run(START).returncode == 0
    assert calls(ready) == [*LOADING, "kbsearch serve"]
    assert (ready.folder / ".kbsearch" / "kbsearch.db").exists()


def test_the_second_run_loads_nothing(ready: Checkout) -> None:
    ready.run(START)
    ready.run(START)
    assert calls(ready)[3:] == ["kbsearch serve"]


def test_once_searches_and_exits_with_nothing_else_on_its_output(ready: Checkout) -> None:
    done = ready.run(START, "--once", "outlook wont sync")
    assert done.returncode == 0
    assert calls(ready)[-1] == "kbsearch search --limit 3 -- outlook wont sync"
    assert done.stdout == ""


def test_once_takes_the_options_of_a_search(ready: Checkout) -> None:
    ready.run(START, "--once", "-outlook", "--limit", "10")
    assert calls(ready)[-1] == "kbsearch search --limit 3 --limit 10 -- -outlook"


@pytest.mark.parametrize("arguments", [[], ["--once", "outlook"]])
def test_the_first_run_ends_with_what_to_type_next(ready: Checkout, arguments: list[str]) -> None:
    told = ready.run(START, *arguments).stderr
    search = "  KBSEARCH_HOME=.kbsearch .venv/bin/kbsearch search card declined\n"
    assert f"\nNext, in {ready.folder}:\n{search}" in told
    assert ".venv/bin/kbsearch import tickets.csv" in told
    assert "http://127.0.0.1:8321/" in told
    assert "Next" not in ready.run(START, *arguments).stderr


def test_a_folder_of_the_callers_own_is_named_in_what_to_type_next(ready: Checkout) -> None:
    told = ready.run(START, KBSEARCH_HOME="my data", KBSEARCH_PORT="9000").stderr
    assert f"  KBSEARCH_HOME='{ready.folder}/my data' .venv/bin/kbsearch search" in told
    assert "http://127.0.0.1:9000/" in told


def test_a_store_that_is_there_gets_no_samples(ready: Checkout) -> None:
    home = ready.folder.parent / "home"
    home.mkdir()
    (home / "kbsearch.db").touch()
    ready.run(START, KBSEARCH_HOME=str(home))
    assert calls(ready) == ["kbsearch serve"]


def test_a_database_by_its_url_gets_no_samples(ready: Checkout) -> None:
    ready.run(START, KBSEARCH_DATABASE_URL="postgresql+psycopg://desk@db/kbsearch")
    assert calls(ready) == ["kbsearch serve"]


def test_loading_that_was_interrupted_is_finished_by_the_next_run(ready: Checkout) -> None:
    assert ready.run(START, STUB_REINDEX="1").returncode == 1
    ready.run(START)
    assert calls(ready) == [*LOADING, *LOADING, "kbsearch serve"]


def test_a_data_folder_is_named_from_where_the_caller_stands(ready: Checkout) -> None:
    (ready.folder / "elsewhere").mkdir()
    script = 'cd elsewhere && exec ../scripts/start --once "vpn"'
    assert ready.run("sh", "-c", script, KBSEARCH_HOME="data").returncode == 0
    assert (ready.folder / "elsewhere" / "data" / "kbsearch.db").exists()


@pytest.mark.parametrize(
    "arguments",
    [["--once"], ["--once", ""], ["--once", "outlook", "wont"], ["--nce", "vpn"], ["vpn"]],
)
def test_arguments_that_make_no_sense_get_the_usage(ready: Checkout, arguments: list[str]) -> None:
    done = ready.run(START, *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: scripts/start")
    assert ready.log == []


def test_help_sets_nothing_up(ready: Checkout) -> None:
    done = ready.run(START, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: scripts/start")
    assert ready.log == []


def test_an_index_that_cannot_be_searched_is_built_anew(ready: Checkout) -> None:
    ready.run(START, "--once", "outlook")
    done = ready.run(START, "--once", "outlook", STUB_SEARCH="1")
    search = "kbsearch search --limit 3 -- outlook"
    assert calls(ready)[-4:] == [search, search, "kbsearch reindex", search]
    assert done.returncode == 1


def test_a_query_that_cannot_be_read_builds_nothing(ready: Checkout) -> None:
    assert ready.run(START, "--once", "-", STUB_SEARCH="2").returncode == 2
    assert calls(ready)[-1] == "kbsearch search --limit 3 -- -"
