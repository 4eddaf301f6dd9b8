"""A person of each role, signed in; quick hashing; a mail server on loopback."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from inspections.models import User
from inspections.people.roles import BY_CODE, give_role
from tests import factories as make
from tools.server import free_port

SignedIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def quick_hashing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspections.models.recovery.ROUNDS", 2)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def person(username: str, role: str | None, **fields: Any) -> User:
    """Somebody of this role; None: with an account alone."""
    made = make.make_user(username, **fields)
    if role is not None:
        give_role(made, BY_CODE[role])
    return made


@pytest.fixture
def boss(db: None) -> User:
    return person("boss", "administrator", email="boss@example.org")


@pytest.fixture
def office(boss: User) -> Client:
    """A client of an administrator."""
    client = Client()
    client.force_login(boss)
    return client


class Inbox(list[EmailMessage]):
    """A mail server's handler; the letters that it took, in order. It answers each alike."""

    answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        letter = BytesParser(policy=default).parsebytes(envelope.content)
        assert isinstance(letter, EmailMessage)
        letter["X-To"] = ", ".join(envelope.rcpt_tos)
        if self.answer.startswith("2"):
            self.append(letter)
        return self.answer


@pytest.fixture
def inbox(settings: Any) -> Iterator[Inbox]:
    """What a real server on loopback was sent."""
    port, letters = free_port(), Inbox()
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL_URL, settings.MAIL_FROM = f"smtp://127.0.0.1:{port}", "record@example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield letters
    controller.stop()
