"""The second factor: a passkey, or a code of an app on one's phone; recovery codes on paper."""

import base64

import segno
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from inspections.models import RecoveryCodes, User
from inspections.models.recovery import kept, new

KINDS = (TOTPDevice, WebAuthnCredential)
"""What alone is a second factor; recovery codes are for when it is not at hand."""


def has_one(person: User) -> bool:
    return count_of(person) > 0


def count_of(person: User) -> int:
    return sum(kind.objects.filter(user=person, confirmed=True).count() for kind in KINDS)


def has_passkey(person: User) -> bool:
    return WebAuthnCredential.objects.filter(user=person, confirmed=True).exists()


def passkeys_of(person: User) -> list[WebAuthnCredential]:
    return list(WebAuthnCredential.objects.filter(user=person).order_by("created_at"))


@transaction.atomic
def take_away(person: User, number: str) -> bool:
    """One of the person's passkeys; False where it is none, or the last factor that they have."""
    list(User.objects.select_for_update().filter(pk=person.pk).values_list("pk"))
    if count_of(person) == 1 or not (number.isascii() and number.isdigit()):
        return False
    return bool(WebAuthnCredential.objects.filter(user=person, pk=int(number[:9])).delete()[0])


def who_has_one() -> set[int]:
    found = (
        kind.objects.filter(confirmed=True).values_list("user_id", flat=True) for kind in KINDS
    )
    return set().union(*found)


def begun(person: User) -> TOTPDevice:
    """The device that is being set up, made where there is none yet. A code is taken while the
    app shows it, for half a minute, and in no step before or after."""
    held = TOTPDevice.objects.filter(user=person, confirmed=False).first()
    return held or TOTPDevice.objects.create(user=person, name="app", confirmed=False, tolerance=0)


def secret_of(device: TOTPDevice) -> str:
    """What somebody types who cannot scan: groups of four letters and digits."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def picture_of(device: TOTPDevice) -> str:
    """The address of the QR code's picture: the picture itself, as a data address."""
    return segno.make(device.config_url, error="m").svg_data_uri(scale=5, light="white", border=4)


@transaction.atomic
def confirm(device: TOTPDevice) -> list[str]:
    """Takes the device into use in place of any other; new recovery codes, shown once."""
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save()
    return new_codes(device.user)


def new_codes(person: User) -> list[str]:
    """Ten codes, each of use once; those before are of no use any more. Nobody can be shown them
    again: only their hashes are kept."""
    codes = new()
    given = {"name": "paper", "throttling_failure_count": 0} | kept(codes)
    RecoveryCodes.objects.update_or_create(user=person, defaults=given)
    return codes


def codes_left(person: User) -> int:
    return sum(len(row.hashes) for row in RecoveryCodes.objects.filter(user=person))


@transaction.atomic
def reset(person: User) -> None:
    """Takes every factor away and ends the sessions: the next sign-in sets up a new one."""
    for kind in (*KINDS, RecoveryCodes):
        kind.objects.filter(user=person).delete()
    person.sessions_ended += 1
    person.save(update_fields=["sessions_ended"])
