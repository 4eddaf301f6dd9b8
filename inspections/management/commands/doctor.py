from typing import Any

from django.utils import timezone

from inspections.management.base import RecordCommand
from inspections.management.doctor import look


class Command(RecordCommand):
    help = "Says what is wrong with this installation and what to do. Exit status 1: something is."

    def handle(self, **options: Any) -> None:
        findings = list(look(timezone.now()))
        for finding in findings:
            mark = "WRONG" if finding.is_wrong else "well "
            self.stdout.write(f"{mark}  {finding.what + ':':14}{finding.told}")
        count = sum(finding.is_wrong for finding in findings)
        if count:
            self.stdout.write(f"{count} thing{'' if count == 1 else 's'} to put right.")
            raise SystemExit(1)
        self.stdout.write("All is well.")
