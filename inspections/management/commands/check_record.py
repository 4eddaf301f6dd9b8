import itertools
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from inspections import store
from inspections.management.base import RecordCommand
from inspections.questions.checks import NEEDLESS, check_record
from inspections.rules.of_record import RULES


class Command(RecordCommand):
    help = "Lists facts that break a rule of the field; fails where one is not excepted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--verbose-exceptions", action="store_true", help="List the recorded exceptions too."
        )
        parser.add_argument("--rules", action="store_true", help="Only say what the rules are.")

    def handle(self, *, verbose_exceptions: bool, rules: bool, **options: Any) -> None:
        if rules:
            for rule in RULES:
                self.stdout.write(f"{rule.name} ({rule.basis.label}: {rule.source})")
                self.stdout.write(f"    {rule.sentence}")
            return
        answer = check_record(store.current_record(), today=timezone.localdate())
        rows = answer.rows
        if not rows.councils:
            raise CommandError("Found no council to check, expected a record: run load_record.")
        told = {rule.name: f"{rule.sentence} ({rule.basis.label})" for rule in RULES}
        told[NEEDLESS] = "A recorded exception matches a finding."
        for name, group in itertools.groupby(answer.findings, key=lambda row: row.rule):
            self.stdout.write(f"{name}: {told[name]}")
            for row in group:
                subject = f"{row.council} ({row.subject})" if row.council else row.subject
                self.stdout.write(f"    {subject}: {row.sentence}.")
        if verbose_exceptions:
            for row, exception in answer.excepted:
                self.stdout.write(f"excepted from {row.rule}: {row.council} ({row.subject})")
                self.stdout.write(f"    {row.sentence}. {exception.reason}")
                self.stdout.write(f"    Source: {exception.source_text}")
        self.stdout.write(
            f"Checked {len(rows.councils)} councils, {len(rows.inspections)} inspections and "
            f"{len(rows.visits)} visits against {len(RULES)} rules: "
            f"{len(answer.findings)} findings, {len(answer.excepted)} recorded exceptions."
        )
        if answer.findings:
            raise CommandError(f"{len(answer.findings)} findings, expected none.", returncode=1)
