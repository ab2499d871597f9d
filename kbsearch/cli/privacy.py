"""`kbsearch privacy`: what is masked, and what is not yet."""

import click

from kbsearch.cli.command import examples
from kbsearch.cli.lazy import Entry, LazyGroup

COMMANDS = {
    "status": Entry("kbsearch.cli.privacy_work:status", "Show how many tickets are masked."),
    "preview": Entry("kbsearch.cli.privacy_work:preview", "Show what masking would find."),
    "remask": Entry(
        "kbsearch.cli.privacy_work:remask", "Mask the tickets that were not masked yet."
    ),
    "reveal": Entry(
        "kbsearch.cli.privacy_work:reveal", "Show what a ticket said before it was masked."
    ),
    "scan": Entry(
        "kbsearch.cli.privacy_work:scan", "Look for card numbers and originals that are left."
    ),
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    epilog=examples(
        "kbsearch privacy status",
        "kbsearch privacy preview",
        "kbsearch privacy remask --yes 161374",
        "kbsearch privacy scan",
        'kbsearch privacy reveal T-1 --reason "the customer asked for a call back"',
    ),
)
def privacy() -> None:
    """See to it that personal data is masked.

    Every ticket is masked on its way in. Tickets that came before that, or by older rules, are
    masked by `kbsearch privacy remask`; until then others see them as they are.
    """
