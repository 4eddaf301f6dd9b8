"""What a command that reads documents needs of the database before it starts."""

from django.core.management.base import CommandError

from inspections.models import Council


def require_record() -> None:
    """Stops a command (exit status 2) where the database holds no council: every document would
    be refused for its council, which says nothing about the documents."""
    if not Council.objects.exists():
        raise CommandError(
            "The database holds no council; nothing was read. "
            "Load the record first: manage.py load_record",
            returncode=2,
        )
