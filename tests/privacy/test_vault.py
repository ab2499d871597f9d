"""What is sealed opens in its own place, by its own key, and nowhere else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kbsearch.errors import KeysDiffer, VaultDamaged
from kbsearch.privacy.keys import Key, Keyring
from kbsearch.privacy.vault import Cipher, Sealed

ONE, TWO = Key.new(1), Key.new(2)
TEXT = "Call Ana Pérez on +34 600 123 456 😀"


def cipher(*keys: Key) -> Cipher:
    return Cipher(Keyring(keys, Path("keys.json")))


@pytest.mark.parametrize("text", ["", "x", TEXT, TEXT * 10_000])
def test_what_was_sealed_opens_as_it_was(text: str) -> None:
    sealed = cipher(ONE).seal(7, "messages/3", text)
    assert cipher(ONE).open(7, "messages/3", sealed) == text
    assert text.encode() not in sealed.ciphertext or len(text) < len(TEXT)


def test_the_same_text_never_looks_the_same() -> None:
    sealer = cipher(ONE)
    sealed = [sealer.seal(7, "problem", TEXT) for _ in range(1_000)]
    assert len({one.nonce for one in sealed}) == len({one.ciphertext for one in sealed}) == 1_000
    assert {len(one.nonce) for one in sealed} == {12}


def flipped(data: bytes, place: int) -> bytes:
    return bytes(one ^ (number == place % len(data)) for number, one in enumerate(data))


@pytest.mark.parametrize(
    "edit",
    [
        lambda one: (8, "problem", one),
        lambda one: (7, "cause", one),
        lambda one: (7, "problem", one._replace(key=TWO.id)),
        lambda one: (7, "problem", one._replace(nonce=flipped(one.nonce, 0))),
        lambda one: (7, "problem", one._replace(nonce=b"")),
        lambda one: (7, "problem", one._replace(ciphertext=flipped(one.ciphertext, 0))),
        lambda one: (7, "problem", one._replace(ciphertext=flipped(one.ciphertext, -1))),
        lambda one: (7, "problem", one._replace(ciphertext=one.ciphertext[:-1])),
        lambda one: (7, "problem", one._replace(ciphertext=b"")),
    ],
)
def test_what_was_moved_or_edited_does_not_open(
    edit: Callable[[Sealed], tuple[int, str, Sealed]],
) -> None:
    ticket, field, sealed = edit(cipher(ONE).seal(7, "problem", TEXT))
    with pytest.raises(VaultDamaged, match=rf"original of {field} .* id {ticket} is damaged"):
        cipher(ONE, TWO).open(ticket, field, sealed)


def test_an_older_key_opens_and_the_newest_seals() -> None:
    old = cipher(ONE).seal(7, "problem", TEXT)
    both = cipher(ONE, TWO)
    assert both.open(7, "problem", old) == TEXT
    assert both.seal(7, "problem", TEXT).key == TWO.id


def test_another_key_of_the_same_version_is_named() -> None:
    sealed = cipher(ONE).seal(7, "problem", TEXT)
    with pytest.raises(KeysDiffer, match=f"needs {ONE.id}"):
        cipher(Key.new(1)).open(7, "problem", sealed)
