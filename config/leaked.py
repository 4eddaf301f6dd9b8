"""Passwords that leaked, as a filter of bits: of what is in it all are found, of all others one
in three hundred is taken for one. `tools/leaked.py` makes the file."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError

FILE = Path(__file__).with_name("leaked_passwords.bin")
LEAST = 12
"""Characters: shorter ones are refused anyhow."""
BITS_EACH, PLACES = 12, 8


def places(password: str, bits: int) -> Iterator[int]:
    """Which bits stand for a password, in whatever case it is typed."""
    digest = hashlib.sha256(password.casefold().encode()).digest()
    for at in range(PLACES):
        yield int.from_bytes(digest[4 * at : 4 * at + 4]) % bits


@cache
def _held() -> bytes:
    return FILE.read_bytes()


def is_leaked(password: str) -> bool:
    held = _held()
    return all(held[place >> 3] >> (place & 7) & 1 for place in places(password, 8 * len(held)))


class LeakedPasswordValidator:
    """Refuses a password that is in lists of those that leaked elsewhere."""

    def validate(self, password: str, user: object = None) -> None:
        if is_leaked(password):
            raise ValidationError(
                "This password leaked elsewhere, or cannot be told from one that did: one good "
                "password in three hundred is refused so. Choose another.",
                code="password_leaked",
            )

    def get_help_text(self) -> str:
        return "A password cannot be one that is known to have leaked elsewhere."
