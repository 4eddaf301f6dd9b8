from itertools import groupby
from typing import Any

from django.core.management.base import CommandError

from inspections import store
from inspections.management.base import RecordCommand
from inspections.questions.backtest import backtest
from inspections.rules.backtest import BacktestRow, Calibration
from inspections.rules.clock import DAYS_PER_MONTH
from inspections.rules.outcomes import after
from inspections.vocabulary import BacktestMethod

STATES = {
    Calibration.REACHED: "reached",
    Calibration.TOO_FEW: "not reached, too few to tell from 80%",
    Calibration.MISSED: "NOT reached",
}


class Command(RecordCommand):
    help = (
        "Predicts every past inspection with only what was published then, prints how often the "
        "80% window was right after each kind of outcome beside two yardsticks."
    )

    def handle(self, **options: Any) -> None:
        record = store.current_record()
        record_end, rows = record.known_to, backtest(record)
        if record_end is None or not rows:
            raise CommandError("No full inspections with a known first day are on record.")
        for question, asked in groupby(rows, key=lambda row: row.question):
            self.stdout.write(f"\n{question.label} (record complete to {record_end})")
            for standing, group in groupby(asked, key=lambda row: row.score.standing):
                self.stdout.write(
                    f"{after(standing):42}{'inside':>12}{'waits':>7}{'share':>7}"
                    f"{'with open':>11}{'early':>7}{'late':>6}{'open':>6}{'none':>6}"
                    f"{'median width':>14}"
                )
                for row in group:
                    self.stdout.write(_line(row))
        self.stdout.write("")
        for row in rows:
            if row.method == BacktestMethod.OURS:
                found = row.score
                self.stdout.write(
                    f"75 to 85% {STATES[found.calibration]}: {found.inside} of {found.decided} "
                    f"({_percent(found.inside_share)}), {after(found.standing)}. "
                    f"{row.question.label}"
                )


def _line(row: BacktestRow) -> str:
    found = row.score
    inside = f"{found.inside} of {found.decided}"
    width = (
        "open"
        if found.median_width_days is None
        else f"{found.median_width_days / DAYS_PER_MONTH:.1f} months"
    )
    return (
        f"  {row.method.label:40}{inside:>12}{found.waits:>7}{_percent(found.inside_share):>7}"
        f"{_percent(found.inside_share_with_open):>11}{found.early:>7}{found.late:>6}"
        f"{found.open:>6}{found.none:>6}{width:>14}"
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}%"
