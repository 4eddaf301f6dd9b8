from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.auth.password_validation import validate_password


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
    """A person who enters or corrects facts. There is no default account."""

    objects: ClassVar[PersonManager] = PersonManager()
