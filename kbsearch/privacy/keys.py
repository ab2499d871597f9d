"""The keys of a desk: versions of one secret, and what is derived from each."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kbsearch.errors import KeysDiffer

SIZE = 32
"""Bytes of a secret, and of each key that is derived from it."""


class Purpose(StrEnum):
    """What a key is derived for; one that is known tells nothing of the others."""

    VAULT = "vault"
    AUDIT = "audit"
    BLIND_INDEX = "blind index"
    ID = "key id"


@dataclass(frozen=True, slots=True)
class Key:
    """One version of the secret.

    created  when it was made, in UTC.
    """

    version: int
    created: datetime
    secret: bytes = field(repr=False)

    @classmethod
    def new(cls, version: int) -> Self:
        """Make a key by chance."""
        return cls(version, datetime.now(UTC), secrets.token_bytes(SIZE))

    @property
    def id(self) -> str:
        """The version, and what tells the key from another one of that version.

        >>> Key(2, datetime(2026, 1, 1, tzinfo=UTC), bytes(32)).id
        '2-baafb80c'
        """
        return f"{self.version}-{self.derive(Purpose.ID)[:4].hex()}"

    def derive(self, purpose: Purpose) -> bytes:
        """Return the key for a purpose, by HKDF with SHA-256 (RFC 5869)."""
        return _derived(self.secret, purpose)


class Keyring:
    """All versions of the secret; the newest is in use, the others open what is older."""

    def __init__(self, keys: Sequence[Key], path: Path) -> None:
        """Hold these keys, at least one, which were read from a file."""
        self.keys = tuple(sorted(keys, key=lambda key: key.version))
        self._path = path
        self._by_id = {key.id: key for key in keys}

    @property
    def current(self) -> Key:
        """The key that is in use."""
        return self.keys[-1]

    def find(self, name: str) -> Key | None:
        """Return the key of an id, None if the file lacks it."""
        return self._by_id.get(name)

    def key(self, name: str) -> Key:
        """Return the key of an id. Raises KeysDiffer if the file lacks it."""
        if found := self.find(name):
            return found
        raise KeysDiffer(
            f"The key file {self._path} has the keys {', '.join(self._by_id)}, and this store needs"
            f" {name}; put the key file of this store there, or set KBSEARCH_KEYS to where it is."
        )


@lru_cache(maxsize=256)
def _derived(secret: bytes, purpose: Purpose) -> bytes:
    info = f"kbsearch {purpose}".encode()
    return HKDF(SHA256(), length=SIZE, salt=None, info=info).derive(secret)
