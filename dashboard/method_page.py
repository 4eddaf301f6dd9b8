"""The latest backtest of the windows, as the method page tells it."""

from itertools import groupby
from typing import Any

from django.utils import timezone

from dashboard import words
from dashboard.england_parts import months, percent
from inspections.queries.backtest import BacktestRow, KeptBacktest
from inspections.vocabulary import BacktestMethod

GOAL = (0.75, 0.85)


def backtest_context(kept: KeptBacktest | None) -> dict[str, Any] | None:
    """The tables, one for each set of predictions, with a verdict; None before the first run."""
    if kept is None:
        return None
    tables = []
    for question, group in groupby(kept.rows, key=lambda row: row.question):
        rows = list(group)
        tables.append(
            {
                "name": question.label,
                "rows": [_cells(row) for row in rows],
                "verdict": verdict(rows),
            }
        )
    return {
        "made": words.day(timezone.localdate(kept.made_at)),
        "known_to": words.day(kept.known_to_date),
        "tables": tables,
    }


def _cells(row: BacktestRow) -> tuple[str, ...]:
    found = row.score
    return (
        row.method.label, str(found.decided), percent(found.inside_share),
        percent(found.inside_share_with_open), str(found.early), str(found.late),
        str(found.open), str(found.none), _width(row),
    )  # fmt: skip


def _width(row: BacktestRow) -> str:
    days = row.score.median_width_days
    return "no end for half of them" if days is None else months(days)


def is_calibrated(row: BacktestRow) -> bool:
    """Did between 75 and 85% of the real days fall inside the windows?"""
    share = row.score.inside_share
    return share is not None and GOAL[0] <= share <= GOAL[1]


def verdict(rows: list[BacktestRow]) -> str:
    """Whether ours are calibrated, and narrower than each yardstick that is, with numbers."""
    ours = next(row for row in rows if row.method == BacktestMethod.OURS)
    share = percent(ours.score.inside_share)
    said = (
        f"Ours: {share} of {ours.score.decided} inside, within the goal of 75 to 85%."
        if is_calibrated(ours)
        else f"Ours: {share} of {ours.score.decided} inside, which misses the goal of 75 to 85%."
    )
    yardsticks = [
        row for row in rows if row.method in (BacktestMethod.SECTOR, BacktestMethod.PLAIN)
    ]
    calibrated = [row for row in yardsticks if is_calibrated(row)]
    for row in calibrated:
        inside = percent(row.score.inside_share)
        said += f" “{row.method.label}” ({inside} inside): {_beside(ours, row)}."
    if not calibrated:
        each = [
            f"“{row.method.label}” had {percent(row.score.inside_share)} inside at {_width(row)}"
            for row in yardsticks
        ]
        said += (
            f" Neither yardstick is calibrated here: {words.listing(each)}; ours {_width(ours)}."
        )
    return said


def _beside(ours: BacktestRow, other: BacktestRow) -> str:
    own, theirs = ours.score.median_width_days, other.score.median_width_days
    if own is None or theirs is None:
        return "the widths cannot be compared, as some windows have no end"
    state = "narrower" if own < theirs else "no narrower"
    return f"ours are {state}, {months(own)} against {months(theirs)}"
