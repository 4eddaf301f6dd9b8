from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from inspections.management.base import RecordCommand
from inspections.people.links import VALID_DAYS, link_for
from inspections.people.roles import ADMINISTRATOR, ROLES
from inspections.people.views import invited


class Command(RecordCommand):
    help = (
        "Invites somebody: prints the address at which they choose a password, once. Without "
        "--role it makes an administrator, the first one of a new site."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="The name to sign in with; it is never changed.")
        parser.add_argument("--email", default="")
        parser.add_argument(
            "--role", choices=[role.code for role in ROLES], default=ADMINISTRATOR.code
        )

    def handle(self, *, username: str, email: str, role: str, **options: Any) -> None:
        held = get_user_model().objects.filter(username=username).first()
        if held is not None and held.has_usable_password():
            raise CommandError(f"{username}: somebody is called so already, and has a password.")
        made = held or invited(username, email, role)
        self.stdout.write(f"Open once, within {VALID_DAYS} days, and choose a password:")
        self.stdout.write(link_for(made))
