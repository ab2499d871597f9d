"""What the audit log says: who did what to which object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from kbsearch.records.actor import Actor

Detail: TypeAlias = Mapping[str, object]
"""Counts and names, never a text of a ticket; it must fit JSON."""


class AuditAction(StrEnum):
    """What was done. Work that takes long is recorded when it begins."""

    IMPORT_BEGUN = "import begun"
    IMPORT = "import"
    REINDEX = "reindex"
    ROLLBACK = "rollback"
    DELETE = "delete"
    UNDELETE = "undelete"
    PURGE = "purge"
    ROTATION_BEGUN = "key rotation begun"
    ROTATION = "key rotation"
    KEY_BACKUP = "key backup"
    REMASK_BEGUN = "remask begun"
    REMASK = "remask"
    REVEAL = "reveal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done.

    object  what it was done to, in a word or a name, "" if the action says it.
    """

    actor: Actor
    action: AuditAction
    object: str = ""
    detail: Detail = field(default_factory=dict)
