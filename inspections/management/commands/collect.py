from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from inspections.importers.collect.now import LONGEST_MINUTES, look_now
from inspections.importers.lock import ImportLockedError
from inspections.management.base import RecordCommand
from inspections.management.record import require_record
from inspections.models import CollectRun


class Command(RecordCommand):
    help = (
        "Looks at Ofsted's site for reports and letters that the record does not hold, and files "
        "each as a draft. Exit status 1: something needs a person; 2: it could not run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--minutes",
            type=int,
            default=LONGEST_MINUTES,
            help="Stop after so long; the next look goes on from there.",
        )

    def handle(self, *, minutes: int, **options: Any) -> None:
        require_record()
        tell = self.stdout.write if options["verbosity"] > 1 else lambda _: None
        try:
            run = look_now(minutes=minutes, tell=tell)
        except ImportLockedError:
            raise CommandError(
                "An import or another look is running; nothing was asked. Wait until it has ended.",
                returncode=2,
            ) from None
        self.show(run)
        if run.state != CollectRun.State.FINISHED or any(not p["is_note"] for p in run.problems):
            raise SystemExit(1)

    def show(self, run: CollectRun) -> None:
        for problem in run.problems:
            mark = "note" if problem["is_note"] else "PROBLEM"
            self.stdout.write(
                f"{mark} {problem['place']}: found {problem['found']}; "
                f"expected {problem['expected']}. {problem['advice']}"
            )
        told = ", ".join(f"{count} {name}" for name, count in sorted(run.counts.items()))
        whole = "the whole list was seen" if run.saw_whole_list else "not the whole list was seen"
        self.stdout.write(f"{run.get_state_display()}; {whole}; {told}.")
