"""The set-up: which Python it takes, what it says when it cannot, and when it starts again."""

import os
import re
import shutil
import signal
import tomllib

import pytest

from tests.patience import PATIENCE
from tests.scripts.conftest import ROOT, Checkout

START = "scripts/start"


def test_without_any_python_it_says_what_to_install(checkout: Checkout) -> None:
    done = checkout.run(START)
    assert done.returncode == 1
    assert "There is no python3 on PATH" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr


def test_a_python_that_is_too_old_is_named(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.9")
    done = checkout.run(START)
    assert done.returncode == 1
    assert "python3 is Python 3.9" in done.stderr
    assert not (checkout.folder / ".venv").exists()


def test_a_python_that_is_too_new_is_refused_as_well(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.15")
    done = checkout.run(START)
    assert done.returncode == 1
    assert "needs Python 3.11 (3.12, 3.13 and 3.14 are untried), and python3 is" in done.stderr


def test_a_newer_python_beside_an_old_one_is_taken(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.9")
    checkout.add_python("python3.12", "3.12")
    done = checkout.run(START)
    assert done.returncode == 0, done.stderr
    assert "Making the environment in .venv with Python 3.12." in done.stderr


def test_a_shim_that_runs_nothing_is_passed_over(checkout: Checkout) -> None:
    (checkout.bin / "python3.14").write_text("#!/bin/sh\nexit 127\n")
    (checkout.bin / "python3.14").chmod(0o755)
    checkout.add_python("python3", "3.11")
    assert checkout.run(START).returncode == 0


def test_a_python_without_ensurepip_gets_the_package_named(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    done = checkout.run(START, STUB_NO_ENSUREPIP="1")
    assert done.returncode == 1
    assert "apt install python3.11-venv (or python3-venv)" in done.stderr
    assert checkout.log == []


def test_a_venv_that_fails_is_shown_with_its_command(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    done = checkout.run(START, STUB_NO_VENV="1")
    assert done.returncode == 1
    assert "The virtual environment was not created successfully." in done.stderr
    assert "This command failed: python3 -m venv .venv" in done.stderr


def test_a_network_failure_is_shown_with_its_command(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    done = checkout.run(START, STUB_NO_PIP="1")
    assert done.returncode == 1
    assert "Temporary failure in name resolution" in done.stderr
    assert "This command failed: .venv/bin/python -m pip install --require-hashes" in done.stderr
    assert "run this again" in done.stderr


@pytest.mark.parametrize("failure", ["STUB_NO_VENV", "STUB_NO_PIP"])
def test_an_interrupted_environment_is_made_anew(checkout: Checkout, failure: str) -> None:
    checkout.add_python("python3", "3.11")
    checkout.run(START, **{failure: "1"})
    done = checkout.run(START)
    assert done.returncode == 0, done.stderr
    assert "unfinished or out of date; making it again" in done.stderr
    assert checkout.log.count("venv") == 2


def test_every_library_is_installed_from_the_lock_with_its_hash(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    checkout.run(START)
    libraries, ours, check = [line for line in checkout.log if line.startswith("pip")]
    assert "--require-hashes --no-deps" in libraries
    assert libraries.endswith("--requirement requirements.lock")
    assert "--no-deps --no-build-isolation" in ours
    assert check.startswith("pip -m pip check")


def test_libraries_that_do_not_fit_together_start_nothing(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    done = checkout.run(START, STUB_BROKEN="1")
    assert done.returncode == 1
    assert "requirements.lock do not fit together, so nothing was started" in done.stderr
    assert "flask 3.1.3 requires blinker, which is not installed." in done.stderr
    assert not [line for line in checkout.log if line.startswith("kbsearch")]
    checkout.run(START)
    assert checkout.log.count("venv") == 2  # it was not taken for finished


def test_a_long_installation_says_how_far_it_is(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    quick = checkout.bin / "sleep"  # a second of the script is none of ours
    quick.unlink()
    quick.write_text(f"#!/bin/sh\nexec {shutil.which('sleep')} 0.01\n")
    quick.chmod(0o755)
    seen = checkout.folder.parent / "seen"
    lock = (checkout.folder / "requirements.lock").read_text()
    total = len(re.findall(r"^\w", lock, re.MULTILINE)) - 1
    told = rf"1 of {total} libraries downloaded\. (10 seconds)"
    done = checkout.run("sh", "-c", f"{START} 2>'{seen}'", STUB_UNTIL=told, STUB_SEEN=str(seen))
    assert done.returncode == 0
    assert f"1 of {total} libraries downloaded. (5 seconds)\n" in seen.read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_script_that_is_ended_leaves_nothing_that_talks(
    checkout: Checkout, number: signal.Signals
) -> None:
    checkout.add_python("python3", "3.11")
    seen = checkout.folder.parent / "seen"
    seen.touch()
    variables = {"STUB_UNTIL": "never", "STUB_SEEN": str(seen)}
    with checkout.start(START, **variables) as script:
        assert script.stderr is not None
        while "Installing the libraries" not in script.stderr.readline():
            pass
        os.killpg(script.pid, number)
        script.communicate(timeout=PATIENCE)  # ends when nothing holds its stderr
    assert script.returncode != 0


def test_a_python_that_no_test_ran_with_is_said_to_be_untried(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.13")
    assert "Python 3.13 is untried" in checkout.run(START).stderr


def test_the_python_of_the_tests_is_taken_before_newer_ones(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.13")
    checkout.add_python("python3.11", "3.11")
    assert "with Python 3.11.\n" in checkout.run(START).stderr


def test_only_what_the_tests_ran_with_is_claimed() -> None:
    [tested] = re.findall(
        r'^TESTED="(.*)"$', (ROOT / "scripts/environment.sh").read_text(), re.MULTILINE
    )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    claimed = [one for one in project["classifiers"] if one.startswith("Programming Language")]
    assert claimed == [f"Programming Language :: Python :: {tested}"]
    assert f'= "{tested}"' in (ROOT / ".ci/run").read_text()
    assert f"Python {tested} (" in (ROOT / "README.md").read_text()


def test_a_second_run_does_nothing_again(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    checkout.run(START)
    before = len(checkout.log)
    done = checkout.run(START)
    assert checkout.log[before:] == ["kbsearch serve"]
    assert done.stderr == ""


@pytest.mark.parametrize("file", ["pyproject.toml", "requirements.lock"])
def test_a_changed_requirement_makes_the_environment_anew(checkout: Checkout, file: str) -> None:
    checkout.add_python("python3", "3.11")
    checkout.run(START)
    with (checkout.folder / file).open("a") as text:
        text.write("# changed\n")
    checkout.run(START)
    assert checkout.log.count("venv") == 2


def test_a_checkout_that_was_moved_gets_a_new_environment(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    checkout.run(START)
    moved = checkout.folder.rename(checkout.folder.with_name("moved"))
    done = Checkout(moved).run(START)
    assert "making it again" in done.stderr


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    checkout.run(START)
    (checkout.folder / ".venv" / "bin" / "python").unlink()
    assert checkout.run(START).returncode == 0
    assert checkout.log.count("venv") == 2


def test_the_tests_add_to_the_environment_that_runs(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    checkout.run(START)
    done = checkout.run("scripts/test")
    assert done.returncode == 0, done.stderr
    assert checkout.log.count("venv") == 1
    assert any(line.endswith("--requirement requirements-dev.lock") for line in checkout.log)
    assert checkout.log[-1] == "python -m pytest -n 2 --dist loadfile"


def test_an_environment_for_tests_also_runs(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    checkout.run("scripts/test")
    before = len(checkout.log)
    checkout.run(START)
    assert not [line for line in checkout.log[before:] if not line.startswith("kbsearch")]


def test_a_checkout_that_cannot_be_written_is_named(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    checkout.folder.chmod(0o555)
    done = checkout.run(START, user="nobody" if os.geteuid() == 0 else None)
    checkout.folder.chmod(0o755)
    assert done.returncode == 1
    assert f"The folder {checkout.folder} cannot be written" in done.stderr


def test_a_module_path_of_the_caller_hides_nothing(checkout: Checkout) -> None:
    checkout.add_python("python3", "3.11")
    with (checkout.folder / "scripts" / "environment.sh").open("a") as script:
        script.write('say "path: ${PYTHONPATH-none}"\n')
    assert "path: none" in checkout.run(START, PYTHONPATH="elsewhere").stderr
