"""What is kept beside the facts so that pages stay fast: the part of `actions` that writes it.

Nothing here is a fact. The waits are worked out anew with every change that shapes them and can
be proved equal to a recomputation (`manage.py check_waits`); the backtest is a dated result.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from inspections.models import (
    BacktestScore,
    Council,
    Framework,
    Grade,
    Inspection,
    InspectionPause,
    Judgement,
    JudgementArea,
    Lane,
    LaneWait,
    Tally,
    Wait,
)
from inspections.models.lane_wait import FIELDS as LANE_FIELDS
from inspections.models.lane_wait import wanted_lane_waits
from inspections.models.tally import FIELDS, wanted_tallies
from inspections.models.wait import known_to, wanted_waits
from inspections.rules.backtest import Score

BATCH = 500
SHAPES_WAITS = (
    Council, Framework, Grade, Inspection, InspectionPause, Judgement, JudgementArea, Lane,
)  # fmt: skip
WINDOW_DAYS = ("window_status", "earliest_date", "likeliest_date", "latest_date")
_is_writing_many: ContextVar[bool] = ContextVar("is_writing_many", default=False)


@transaction.atomic
def keep_waits() -> int:
    """Brings the kept waits and windows in line with the facts; how many rows changed.

    The table is worked out as a whole, since a council's window rests on every other's
    waits; `models.wait.wanted_waits` says what it ought to hold.
    """
    wanted = wanted_waits()
    counts = _keep_tallies(wanted.values()) + _keep_lane_waits(wanted.values())
    held = {row.inspection_id: row for row in Wait.objects.select_for_update()}
    changed = []
    for pk, row in held.items():
        values = wanted.get(pk)
        if values and any(getattr(row, name) != value for name, value in values.items()):
            if any(getattr(row, name) != values[name] for name in WINDOW_DAYS):
                row.window_changes += 1
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    gone = [row.pk for pk, row in held.items() if pk not in wanted]
    # Written anew under their keys: many times as fast as an update of each.
    Wait.objects.filter(pk__in=[*gone, *(row.pk for row in changed)]).delete()
    new = [Wait(**values) for pk, values in wanted.items() if pk not in held]
    Wait.objects.bulk_create([*changed, *new], batch_size=BATCH)
    return len(gone) + len(changed) + len(new) + counts


def _keep_tallies(waits: Iterable[Mapping[str, Any]]) -> int:
    """Brings the kept counts in line; how many rows changed."""
    wanted = wanted_tallies(waits, known_to())
    gone = []
    for pk, councils, *cell in Tally.objects.values_list("pk", "councils", *FIELDS):
        if wanted.get(tuple(cell)) == councils:
            del wanted[tuple(cell)]
        else:
            gone.append(pk)
    Tally.objects.filter(pk__in=gone).delete()
    new = [
        Tally(**dict(zip(FIELDS, cell, strict=True)), councils=number)
        for cell, number in wanted.items()
    ]
    Tally.objects.bulk_create(new, batch_size=BATCH)
    return len(gone) + len(new)


def _keep_lane_waits(waits: Iterable[Mapping[str, Any]]) -> int:
    """Brings the kept waits of each lane in line; how many rows changed."""
    wanted = wanted_lane_waits(waits)
    gone = []
    for pk, lane_of, lane, *row in LaneWait.objects.values_list(
        "pk", "inspection_id", "lane_id", *LANE_FIELDS
    ):
        if wanted.get((lane_of, lane)) == tuple(row):
            del wanted[lane_of, lane]
        else:
            gone.append(pk)
    LaneWait.objects.filter(pk__in=gone).delete()
    new = [LaneWait(**dict(zip(LANE_FIELDS, row, strict=True))) for row in wanted.values()]
    LaneWait.objects.bulk_create(new, batch_size=BATCH)
    return len(gone) + len(new)


@contextmanager
def writing_many() -> Iterator[None]:
    """Several changes as one: all or none, and the waits are kept once, at the end."""
    if _is_writing_many.get():
        yield
        return
    token = _is_writing_many.set(True)
    try:
        with transaction.atomic():
            yield
            keep_waits()
    finally:
        _is_writing_many.reset(token)


def keep_waits_after(fact: models.Model) -> None:
    """Keeps the waits where the changed fact shapes them, unless many are being written."""
    if isinstance(fact, SHAPES_WAITS) and not _is_writing_many.get():
        keep_waits()


@transaction.atomic
def keep_backtest(scores: Iterable[tuple[str, str, Score]], *, known_to: date) -> None:
    """Replaces the kept backtest by a new one: (question, method, score) in table order."""
    now = timezone.now()
    BacktestScore.objects.all().delete()
    BacktestScore.objects.bulk_create(
        BacktestScore(
            made_at=now,
            known_to_date=known_to,
            question=question,
            method=method,
            order=place,
            decided=found.decided,
            inside=found.inside,
            early=found.early,
            late=found.late,
            undecided=found.open,
            without_window=found.none,
            inside_share=found.inside_share,
            inside_share_with_open=found.inside_share_with_open,
            median_width_days=found.median_width_days,
        )
        for place, (question, method, found) in enumerate(scores)
    )
