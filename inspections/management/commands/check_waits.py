from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspections.models import Wait
from inspections.queries.waits import waits_differing


class Command(BaseCommand):
    help = "Proves that the kept waits and windows equal a recomputation from the facts."

    def handle(self, **options: Any) -> None:
        differing = waits_differing()
        for row in differing:
            self.stderr.write(
                f"wait of inspection {row.inspection_id}, {row.field}: "
                f"found {row.held}, expected {row.wanted}"
            )
        if differing:
            raise CommandError(
                f"{len(differing)} differences. Run keep_waits to write them anew, and find out "
                "which change of a fact went past inspections/actions.py."
            )
        self.stdout.write(f"{Wait.objects.count()} waits equal a recomputation from the facts.")
