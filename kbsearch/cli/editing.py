"""Commands that read a file of the data folder and write it again take turns."""

import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from kbsearch.cli.knowledge import knowledge_base
from kbsearch.errors import OperatorError
from kbsearch.locks import lock
from kbsearch.settings import load_settings

_PATIENCE = 60.0
"""Seconds to wait for another command: one that passes the gate first takes some."""

Given = ParamSpec("Given")
Returned = TypeVar("Returned")


def taking_turns(command: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """Let a command run alone of all that take turns in a data folder.

    Else two that run at a time would each write what they read, and one change would be lost.
    """

    @wraps(command)
    def run(*given: Given.args, **named: Given.kwargs) -> Returned:
        home = load_settings().home
        if not (home.is_dir() and os.access(home, os.W_OK)):
            return command(*given, **named)  # which says so itself
        with knowledge_base():
            pass  # else it says that there is no store, and the folder gets no lock
        with lock(home / "editing.lock", patience=_PATIENCE) as alone:
            if not alone:
                raise OperatorError(
                    "Another command is changing the synonyms or the pairs of the gate; try again"
                    " when it is done"
                )
            return command(*given, **named)

    return run
