from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from inspections import store
from inspections.management.base import RecordCommand
from inspections.questions.official_figures import Verified, verify


class Command(RecordCommand):
    help = "Works every official figure out from the record and fails where one differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="Print the matching ones too.")

    def handle(self, *, all: bool, **options: Any) -> None:
        checked = verify(store.current_record())
        if not checked:
            raise CommandError("No official figures are on record, so nothing was verified.")
        for row in checked:
            if all or not row.matches:
                self.stdout.write(_line(row))
        wrong = [row for row in checked if not row.is_good]
        explained = sum(row.is_explained for row in checked)
        matching = sum(row.matches for row in checked)
        self.stdout.write(
            f"{len(checked)} figures: {matching} match, {explained} differ as the record "
            f"explains, {len(wrong)} do not agree."
        )
        if wrong:
            raise CommandError(
                "Our statistics do not give: " + ", ".join(w.figure.key for w in wrong)
            )


def _line(row: Verified) -> str:
    figure = row.figure
    state = "matches" if row.matches else "differs, as explained" if row.is_explained else "DIFFERS"
    if row.matches and figure.our_value is not None:
        state = "matches, BUT A DIFFERENCE IS RECORDED"
    found = "nothing to count" if row.ours is None else row.ours
    why = f" ({figure.difference})" if figure.difference else ""
    return f"{figure.key}: published {figure.value}, ours {found}: {state}{why}"
