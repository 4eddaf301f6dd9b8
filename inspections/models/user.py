from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.auth.password_validation import validate_password
from django.db import models
from django.utils.crypto import salted_hmac


class PersonManager(UserManager["User"]):
    """Makes accounts; an administrator's password keeps the rules however it is entered."""

    def create_superuser(
        self,
        username: str,
        email: str | None = None,
        password: str | None = None,
        **fields: Any,
    ) -> "User":
        """Raises ValidationError for a password that the settings refuse, or for none.

        `createsuperuser` offers to bypass the rules; here nobody does.
        """
        validate_password(password or "", self.model(username=username, email=email or ""))
        return super().create_superuser(username, email, password, **fields)


class User(AbstractUser):
    """A person who enters or corrects facts. There is no default account.

    Nobody is deleted or called by another username: the database refuses both, because the
    history of facts says who. Who leaves is switched off.
    """

    sessions_ended = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised to end every session that is open."
    )

    objects: ClassVar[PersonManager] = PersonManager()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Another one after a new password, and after the sessions were ended."""
        salt = "inspections.models.User.get_session_auth_hash"
        value = f"{self.password} {self.sessions_ended}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()
