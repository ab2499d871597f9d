"""Who asks: every service takes an actor, so that one place can check and audit what each may."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a program that asks the services for something."""

    name: str


LOCAL = Actor("local")
"""Any user of this computer. There are no accounts yet, so it may do everything."""
MAINTENANCE = Actor("maintenance")
"""The thread of a server that keeps the index whole and purges what is due."""
