"""Passwords, codes and credentials are found after such a word."""

import pytest

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules

MASKER = Masker(Rules())


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("the password is Tr0ub4dor&3.", "the password is [password]."),
        ("Password: hunter2", "Password: [password]"),
        ("password=hunter2", "password=[password]"),
        ("Username: noor\nPassword: blaufisch", "Username: noor\nPassword: [password]"),
        ("pwd Xy!99zz, it fails", "pwd [password], it fails"),
        ("password 'Spring Fever 24!'", "password '[password]'"),
        ("the PIN is 4711", "the PIN is [password]"),
        ("one-time code 482 913", "one-time code [password]"),
        ("ines@firma.example / Xy!99zz88", "[e-mail] / [password]"),
        ("ftp://noor:s3cret@files.example/x", "ftp://[password]@files.example/x"),
        ("https://a.example/?token=abc123&x=1", "https://a.example/?token=[password]&x=1"),
        ("Authorization: Bearer abcdef1234567890", "Authorization: Bearer [password]"),
    ],
)
def test_a_secret_is_masked(text: str, masked: str) -> None:
    assert MASKER.mask(text).text == masked
