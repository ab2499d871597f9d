"""The group of commands: its list, its help, and what it loads."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from kbsearch import __version__
from kbsearch.cli.main import COMMANDS, main
from tests.cli.conftest import Command, Process, environment


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_help_of_a_command_says(name: str) -> None:
    first_line = (command(name).help or "").splitlines()[0]
    assert first_line == COMMANDS[name].summary
    assert command(name).name == name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_an_example_to_copy(call: Command, name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    _, _, examples = result.output.partition("Example")
    assert examples.splitlines()[1].strip().startswith(f"kbsearch {name}")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    options = [one for one in command(name).params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


def test_help_loads_neither_the_engine_nor_the_web() -> None:
    code = (
        "import sys; from kbsearch.cli.main import main;"
        "main(['--help'], standalone_mode=False);"
        "print({'whoosh', 'flask', 'sqlalchemy', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(Path("/nowhere")),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("set()\n")


def test_a_misspelt_command_is_answered_with_the_right_one(call: Command) -> None:
    result = call("serach")
    assert result.exit_code == 2
    assert "'search'" in result.stderr


def test_the_version_is_printed(process: Process) -> None:
    done = process("--version")
    assert (done.returncode, done.stdout) == (0, f"kbsearch {__version__}\n")


@pytest.mark.parametrize("module", ["kbsearch", "kbsearch.cli.main"])
def test_it_runs_as_a_module_too(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, "--version"],
        env=environment(Path("/nowhere")),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("kbsearch ")
