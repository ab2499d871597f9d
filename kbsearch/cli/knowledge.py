"""How a command comes by the knowledge base."""

import shlex
from contextlib import closing

from kbsearch.cli.terminal import errors, write
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings, is_open_to_others, load_settings


def knowledge_base(*, create: bool = False) -> closing[KnowledgeBase]:
    """Return the knowledge base that the environment names, to be used in a `with`.

    create  whether the command makes one where there is none; only those that add tickets do, so
            that a mistyped folder is said and not filled.
    """
    settings = load_settings()
    kb = KnowledgeBase.open(settings, create=create)
    if create:
        say_if_open(settings)
    return closing(kb)


def say_if_open(settings: Settings) -> None:
    """Say if others can look into the data folder; who made it so may have meant it."""
    if is_open_to_others(settings):
        folder = shlex.quote(str(settings.home))
        write(
            errors(),
            f"Note: others on this computer can see the names of the files in {settings.home}, not"
            f" what is in them. To hide the names, too, run: chmod 700 {folder}",
        )
