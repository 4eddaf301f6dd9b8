"""Recovery codes on paper, of which only salted hashes are kept."""

import hashlib
import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils.crypto import constant_time_compare
from django_otp.models import Device, DeviceManager, ThrottlingMixin

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
CODES, LENGTH = 10, 12
"""A code has 59 bits, and each wrong one makes the next wait longer."""
OF_THE_APP = 6  # digits, which are no guess at these
ROUNDS = 210_000
"""Of PBKDF2 with SHA-512, as OWASP asks for passwords: a fifth of a second for each code."""


class RecoveryCodes(ThrottlingMixin, Device):
    """The codes of one person that are left. One salt for all of them, so that a code that is
    given is worked out once and compared with each."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    salt = models.CharField(max_length=32)
    rounds = models.PositiveIntegerField(help_text="That these were made with.")
    hashes = models.JSONField(default=list)

    objects: ClassVar[Any] = DeviceManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], name="one_set_of_recovery_codes_per_person"),
        ]

    def verify_token(self, token: str) -> bool:
        """Takes a code once, also where two give it in the same moment."""
        if len(token) <= OF_THE_APP:
            return False
        with transaction.atomic():
            held = RecoveryCodes.objects.select_for_update().filter(pk=self.pk).first()
            return held is not None and held.verify_is_allowed()[0] and held.takes(token)

    def takes(self, code: str) -> bool:
        given = hashed(code, self.salt, self.rounds)
        left = [each for each in self.hashes if not constant_time_compare(each, given)]
        if len(left) == len(self.hashes):
            self.throttle_increment()
            return False
        self.hashes = left
        self.throttle_reset(commit=False)
        self.save()
        return True

    def get_throttle_factor(self) -> int:
        return 1


def hashed(code: str, salt: str, rounds: int) -> str:
    return hashlib.pbkdf2_hmac("sha512", code.encode(), bytes.fromhex(salt), rounds).hex()


def kept(codes: list[str]) -> dict[str, Any]:
    """What is kept of a set of codes, with a salt of its own."""
    salt = secrets.token_hex(16)
    return {
        "salt": salt,
        "rounds": ROUNDS,
        "hashes": [hashed(code, salt, ROUNDS) for code in codes],
    }


def new() -> list[str]:
    return ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(CODES)]
