"""The knowledge base that a request asks: opened late, once in each process."""

import os
from threading import Lock
from typing import cast

from flask import Flask, current_app

from kbsearch.runtime.maintenance import MaintenanceThread
from kbsearch.services.knowledge_base import KnowledgeBase, Services
from kbsearch.settings import Settings

EXTENSION = "kbsearch"


class OpenPerProcess:
    """Opens the knowledge base when a process first asks for it, never before a fork.

    A database connection or an index reader that two processes share answers the one with what
    the other asked.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._owner: int | None = None
        self._opened: KnowledgeBase | None = None
        self._maintenance: MaintenanceThread | None = None

    def get(self) -> KnowledgeBase:
        """Return the knowledge base of this process.

        Raises what `KnowledgeBase.open` raises, again at every call until it opens.
        """
        with self._lock:
            if self._opened is None or self._owner != os.getpid():
                self._opened = KnowledgeBase.open(self._settings)
                self._owner = os.getpid()
                self._maintenance = MaintenanceThread(self._opened)
                self._maintenance.start()
            return self._opened

    def close(self) -> None:
        """Close what this process opened; the next `get` opens it again."""
        with self._lock:
            if self._opened is not None and self._owner == os.getpid():
                if self._maintenance is not None:
                    self._maintenance.stop()
                self._opened.close()
            self._opened = self._maintenance = None


def attach(app: Flask, settings: Settings) -> None:
    """Let the views of this application ask for the knowledge base of these settings."""
    app.extensions[EXTENSION] = OpenPerProcess(settings)


def detach(app: Flask) -> None:
    """Close the knowledge base of this process, if a view has asked for it."""
    cast(OpenPerProcess, app.extensions[EXTENSION]).close()


def services() -> Services:
    """Return the services for the sender of the current request."""
    return cast(OpenPerProcess, current_app.extensions[EXTENSION]).get().local
