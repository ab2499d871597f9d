"""`kbsearch gate`: are the tickets that solved something still found?"""

from datetime import UTC, datetime
from pathlib import Path

import click

from kbsearch.cli.command import examples
from kbsearch.cli.files import new_lines
from kbsearch.cli.gate_run import (
    drop,
    load_pairs,
    pairs_file,
    places,
    print_comparison,
    print_figures,
)
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.lazy import Entry, LazyGroup
from kbsearch.cli.terminal import count, output, write
from kbsearch.errors import InputError, OperatorError
from kbsearch.evaluation.gate import (
    Comparison,
    Run,
    compare,
    figures,
    parse_run,
    run_text,
    standard,
)
from kbsearch.service import KnowledgeBase
from kbsearch.text_files import read_lines

COMMANDS = {
    "add": Entry("kbsearch.cli.gate_add:add", "Save a query and the ticket that solved it."),
    "collect": Entry(
        "kbsearch.cli.gate_add:collect", "Save the queries of calls that a ticket solved."
    ),
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND [ARGS]...]",
    epilog=examples(
        'kbsearch gate add "outlook keeps asking for the password" T-4711',
        "kbsearch gate",
        "kbsearch gate --accept",
    ),
)
@click.option("--accept", is_flag=True, help="Measure later runs by this one, though it is lower.")
@click.pass_context
def gate(context: click.Context, accept: bool) -> None:
    """Check that the tickets that solved something are still found.

    Searches every saved query, looks for the place of the ticket that solved it, and compares with
    the last run that was accepted. It fails, with exit code 1, if success@10 (the share of tickets
    among the first ten) or MRR@10 (the mean of 1 / place) is lower by more than 0.01; then nothing
    is saved. Run it after an upgrade or a reindex, and before changing anything about the search.
    """
    if context.invoked_subcommand is None:
        _run(accept=accept)
    elif accept:
        raise click.UsageError("--accept is for running the gate; leave it out.")


def _run(*, accept: bool) -> None:
    with knowledge_base() as kb:
        pairs = load_pairs(pairs_file(kb.settings))
        if not pairs:
            raise InputError("There are no saved pairs; run: kbsearch gate add QUERY REFERENCE")
        last_file = kb.settings.home / "gate.last.json"
        last = _last(last_file)
        now = Run(datetime.now(UTC), _fingerprint(kb), places(kb, pairs))
    if last is None:
        print_figures(output(), figures(now.ranks))
        _save(last_file, now)
        write(output(), f"{count(len(pairs), 'pair')}; the runs to come are compared with this.")
        return
    compared = compare(last.ranks, now.ranks)
    print_comparison(output(), compared)
    output().print()
    write(output(), _setting(last, now, compared))
    if not compared.passed and not accept:
        raise OperatorError(
            f"The gate fails: {drop(compared)}. Nothing was saved; if it is meant to be so, run:"
            " kbsearch gate --accept"
        )
    _save(last_file, now if accept else standard(last, now))
    write(output(), "Accepted." if accept else "The gate passes.")


def _last(path: Path) -> Run | None:
    return parse_run("\n".join(read_lines(path)), str(path)) if path.exists() else None


def _save(path: Path, run: Run) -> None:
    with new_lines(path, private=True) as lines:
        lines.append(run_text(run))


def _fingerprint(kb: KnowledgeBase) -> str:
    """Return which analysis made the index. Raises OperatorError if it cannot be searched."""
    found = kb.stats()
    if found.index is None:
        raise OperatorError(found.trouble)
    return found.index.fingerprint


def _setting(last: Run, now: Run, compared: Comparison) -> str:
    """Say what was compared with what."""
    told = f"{count(compared.now.pairs, 'pair')} compared with the run of {last.at:%Y-%m-%d %H:%M}"
    told += " UTC"
    if last.fingerprint != now.fingerprint:
        told += ", which read words by another version of the analysis"
    if new := len(now.ranks) - compared.now.pairs:
        told += f"; {count(new, 'pair')} not in it"
    if gone := len(last.ranks) - compared.now.pairs:
        told += f"; {gone:,} of it gone"
    return told + "."
