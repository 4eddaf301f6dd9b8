from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspections.models import LaneWait, Tally, Wait
from inspections.queries.waits import tallies_differing, waits_differing


class Command(BaseCommand):
    help = "Proves that the kept waits, windows and counts equal a recomputation from the facts."

    def handle(self, **options: Any) -> None:
        differing = waits_differing()
        for row in differing:
            self.stderr.write(
                f"wait of inspection {row.inspection_id}, {row.field}: "
                f"found {row.held}, expected {row.wanted}"
            )
        wrong = tallies_differing()
        for tally in wrong:
            self.stderr.write(f"tally {tally.cell}: found {tally.held}, expected {tally.wanted}")
        if differing or wrong:
            raise CommandError(
                f"{len(differing) + len(wrong)} differences. Run keep_waits to write them anew, "
                "and find out which change of a fact went past inspections/actions.py."
            )
        self.stdout.write(
            f"{Wait.objects.count()} waits, seen in {LaneWait.objects.count()} lanes, and "
            f"{Tally.objects.count()} counts equal a recomputation from the facts."
        )
