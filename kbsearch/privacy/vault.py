"""Originals, sealed: what a masked text said before, readable by the keys alone."""

import json
import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kbsearch.errors import VaultDamaged
from kbsearch.privacy.keys import Keyring, Purpose

_NONCE = 12
"""Bytes of a nonce, as NIST SP 800-38D has it."""


class Sealed(NamedTuple):
    """A text that was sealed.

    key  the id of the key.
    """

    key: str
    nonce: bytes
    ciphertext: bytes


class Cipher:
    """Seals and opens texts by AES-256-GCM, each with a nonce of its own, by chance.

    A sealed text is bound to its ticket, its field and its key: in another place it does not open.
    """

    def __init__(self, ring: Keyring) -> None:
        """Seal by the key in use, `current`; open by the one that a text names."""
        self._ring = ring
        self._ciphers: dict[str, AESGCM] = {}
        self.current = ring.current.id

    def seal(self, ticket: int, field: str, text: str) -> Sealed:
        """Seal a field of a ticket."""
        nonce = secrets.token_bytes(_NONCE)
        bound = _bound(ticket, field, self.current)
        ciphertext = self._cipher(self.current).encrypt(nonce, text.encode(), bound)
        return Sealed(self.current, nonce, ciphertext)

    def open(self, ticket: int, field: str, sealed: Sealed) -> str:
        """Return the text. Raises KeysDiffer, or VaultDamaged if it is not as it was sealed."""
        key, nonce, ciphertext = sealed
        cipher = self._cipher(key)
        try:
            return cipher.decrypt(nonce, ciphertext, _bound(ticket, field, key)).decode()
        except (InvalidTag, ValueError):
            raise VaultDamaged(
                f"The original of {field} of the ticket with the id {ticket} is damaged; it is in"
                " a backup of the database."
            ) from None

    def _cipher(self, key: str) -> AESGCM:
        if key not in self._ciphers:
            self._ciphers[key] = AESGCM(self._ring.key(key).derive(Purpose.VAULT))
        return self._ciphers[key]


def _bound(ticket: int, field: str, key: str) -> bytes:
    return json.dumps([ticket, field, key]).encode()
