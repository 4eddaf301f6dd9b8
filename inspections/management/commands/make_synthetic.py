from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspections.importers import synthetic_pipeline
from inspections.management.progress import bar


class Command(BaseCommand):
    help = "Fills an empty database with a plainly invented record, for measuring speed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--councils", type=int, default=15_300)
        parser.add_argument("--inspections", type=int, default=50_000)
        parser.add_argument("--visits", type=int, default=60_000)
        parser.add_argument("--statements", type=int, default=10_000)

    def handle(
        self, *, councils: int, inspections: int, visits: int, statements: int, **options: Any
    ) -> None:
        try:
            synthetic_pipeline.make(
                number_of_councils=councils,
                number_of_inspections=inspections,
                number_of_visits=visits,
                number_of_statements=statements,
                progress=bar(),
            )
        except (synthetic_pipeline.NotEmptyError, ValueError) as error:
            raise CommandError(f"Nothing was made: {error}") from None
        self.stdout.write(
            f"Made {councils:,} invented councils, {inspections:,} inspections, {visits:,} visits, "
            f"{statements:,} statements."
        )
