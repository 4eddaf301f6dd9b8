"""What Ofsted's inspectors asked for, sentence by sentence, where a report was imported here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inspections.models import ImprovementPoint, Inspection, Source, Visit


@dataclass(frozen=True)
class PointRow:
    """One point as printed: its number, text, page, and the source it was read from."""

    order: int
    text: str
    page: int
    is_priority_action: bool
    source: str
    source_url: str


def improvement_points(event: Inspection | Visit) -> tuple[PointRow, ...]:
    """The points of one inspection or visit, priority actions first, in printed order.

    Empty where no report was imported on this site: the shipped record has the number only.
    Where a revised report was imported too, the points of the one imported last are given.
    """
    target = "visit" if isinstance(event, Visit) else "inspection"
    points = ImprovementPoint.objects.filter(**{target: event}).select_related("source")
    return _rows(points)


def improvement_points_of(
    *, inspections: Iterable[int] = (), visits: Iterable[int] = (), known: datetime | None = None
) -> dict[tuple[str, int], tuple[PointRow, ...]]:
    """Points of many events in two queries: ("inspection" or "visit", primary key) → rows.

    `known`: only of reports that had been imported here by that moment. A report's points
    are read with it and never changed.
    """
    found: dict[tuple[str, int], list[ImprovementPoint]] = {}
    wanted = (("inspection", list(inspections)), ("visit", list(visits)))
    for target, keys in wanted:
        if not keys:
            continue
        points = ImprovementPoint.objects.filter(**{f"{target}_id__in": keys})
        if known is not None:
            points = points.filter(source__in=Source.history.as_of(known).values("id"))
        for point in points.select_related("source"):
            found.setdefault((target, getattr(point, f"{target}_id")), []).append(point)
    return {key: _rows(points) for key, points in found.items()}


def _rows(points: Iterable[ImprovementPoint]) -> tuple[PointRow, ...]:
    kept = list(points)
    last = max((point.source_id for point in kept), default=None)
    ordered = sorted(
        (point for point in kept if point.source_id == last),
        key=lambda point: (not point.is_priority_action, point.order),
    )
    return tuple(
        PointRow(
            order=point.order,
            text=point.text,
            page=point.page,
            is_priority_action=point.is_priority_action,
            source=point.source.title,
            source_url=point.source.url,
        )
        for point in ordered
    )
