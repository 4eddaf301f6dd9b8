from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspections import actions
from inspections.queries.backtest import BacktestRow, run_backtest
from inspections.rules.intervals import DAYS_PER_MONTH
from inspections.vocabulary import BacktestMethod

GOAL = (0.75, 0.85)


class Command(BaseCommand):
    help = (
        "Predicts every past inspection with only what was published then, prints how often the "
        "80% window was right beside two yardsticks, and keeps the result for the method page."
    )

    def handle(self, **options: Any) -> None:
        record_end, rows = run_backtest()
        if record_end is None or not rows:
            raise CommandError("No full inspections with a known first day are on record.")
        actions.keep_backtest(
            [(row.question, row.method, row.score) for row in rows], known_to=record_end
        )
        question = ""
        for row in rows:
            if row.question != question:
                question = row.question
                self.stdout.write(f"\n{row.question.label} (record complete to {record_end})")
                self.stdout.write(
                    f"{'':42}{'n':>6}{'inside':>8}{'with open':>11}{'early':>7}{'late':>6}"
                    f"{'open':>6}{'none':>6}{'median width':>14}"
                )
            self.stdout.write(_line(row))
        self.stdout.write("")
        for row in rows:
            if row.method == BacktestMethod.OURS:
                share = row.score.inside_share
                reached = share is not None and GOAL[0] <= share <= GOAL[1]
                state = "reached" if reached else "NOT reached"
                self.stdout.write(
                    f"Goal of 75 to 85% {state}, {_percent(share)}: {row.question.label}"
                )


def _line(row: BacktestRow) -> str:
    found = row.score
    width = (
        "open"
        if found.median_width_days is None
        else f"{found.median_width_days / DAYS_PER_MONTH:.1f} months"
    )
    return (
        f"{row.method.label:42}{found.decided:>6}{_percent(found.inside_share):>8}"
        f"{_percent(found.inside_share_with_open):>11}{found.early:>7}{found.late:>6}"
        f"{found.open:>6}{found.none:>6}{width:>14}"
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}%"
