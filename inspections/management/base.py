"""What every command of the record shares."""

from django.core.management.base import BaseCommand


class RecordCommand(BaseCommand):
    """A command that starts in half the time: Django's checks, which would read the code of every
    page first, are made by `manage.py check`."""

    requires_system_checks: list[str] = []
