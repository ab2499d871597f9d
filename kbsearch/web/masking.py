"""What every page says while tickets are not masked."""

from flask import Flask, g

from kbsearch.errors import KbsearchError
from kbsearch.runtime.per_process import services


def add_warning(app: Flask) -> None:
    """Let the templates of this application ask whether tickets show personal data."""
    app.jinja_env.globals["shows_all"] = shows_all


def shows_all() -> bool:
    """Tell whether a ticket came before masking; a page of an error need not know."""
    if "shows_all" not in g:
        try:
            g.shows_all = services().privacy.shows_all()
        except KbsearchError:
            g.shows_all = False
    return bool(g.shows_all)
