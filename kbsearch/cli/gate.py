"""`kbsearch gate`: are the tickets that solved something still found?"""

import click

from kbsearch.cli.command import examples
from kbsearch.cli.gate_print import drop, print_comparison, print_figures
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.lazy import Entry, LazyGroup
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.terminal import count, output, write
from kbsearch.errors import OperatorError
from kbsearch.evaluation.gate import Comparison, PairRanks, figures

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
        with stage_bars() as progress:
            run = kb.local.gate.run(progress)
        if run.compared is not None and run.last is not None:
            _print_compared(run.last, run.now, run.compared)
            if not run.compared.passed and not accept:
                raise OperatorError(
                    f"The gate fails: {drop(run.compared)}. Nothing was saved; if it is meant to be"
                    " so, run: kbsearch gate --accept"
                )
        kb.local.gate.keep(run, accept=accept)
    if run.compared is None:
        print_figures(output(), figures(run.now.ranks))
        pairs = count(len(run.now.ranks), "pair")
        write(output(), f"{pairs}; the runs to come are compared with this.")
    else:
        write(output(), "Accepted." if accept else "The gate passes.")


def _print_compared(last: PairRanks, now: PairRanks, compared: Comparison) -> None:
    print_comparison(output(), compared)
    output().print()
    write(output(), _setting(last, now, compared))


def _setting(last: PairRanks, now: PairRanks, compared: Comparison) -> str:
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
