from typing import Any

from django.core.management.base import BaseCommand

from inspections import actions


class Command(BaseCommand):
    help = "Writes the kept waits and windows anew from the facts."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{actions.keep_waits()} rows changed.")
