"""The latest backtest of the windows, as the method page tells it: by kind of outcome."""

from itertools import groupby
from typing import Any

from dashboard import words
from dashboard.state.lists import months, percent
from inspections.questions.backtest import backtest
from inspections.record import Record
from inspections.rules.backtest import BacktestRow, Calibration
from inspections.rules.outcomes import after
from inspections.vocabulary import BacktestMethod

CALIBRATION = {
    Calibration.REACHED: "within the goal of 75 to 85%",
    Calibration.TOO_FEW: "outside of 75 to 85%, but too few to tell from 80%",
    Calibration.MISSED: "which misses the goal of 75 to 85%",
}


def backtest_context(record: Record) -> dict[str, Any] | None:
    """The tables, one for each set of predictions and in it one part for each kind of outcome.

    None for an empty record.
    """
    made = backtest(record)
    if not made:
        return None
    tables = []
    for question, asked in groupby(made, key=lambda row: row.question):
        rows = list(asked)
        groups = groupby(rows, key=lambda row: row.score.standing)
        tables.append(
            {
                "name": question.label,
                "verdict": verdict(rows),
                "groups": [
                    {"name": _title(after(kind)), "rows": [_cells(row) for row in group]}
                    for kind, group in groups
                ],
            }
        )
    return {
        "known_to": words.day(record.known_to),
        "tables": tables,
    }


def _title(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cells(row: BacktestRow) -> tuple[str, ...]:
    found = row.score
    days = found.median_width_days
    return (
        row.method.label, f"{found.inside} of {found.decided}", str(found.waits),
        percent(found.inside_share), percent(found.inside_share_with_open), str(found.early),
        str(found.late), str(found.open), str(found.none),
        "no end for half of them" if days is None else months(days),
    )  # fmt: skip


def verdict(rows: list[BacktestRow]) -> str:
    """Whether our windows are calibrated after each kind of outcome, with numbers."""
    return " ".join(
        f"{_title(after(row.score.standing))}: {row.score.inside} of {row.score.decided} inside "
        f"({percent(row.score.inside_share)}), {CALIBRATION[row.score.calibration]}."
        for row in rows
        if row.method == BacktestMethod.OURS
    )
