"""Writes what a document asks for: new points with their themes, or the sentences of known ones."""

from collections.abc import Sequence

from inspections import actions
from inspections.models import ImprovementPoint, Inspection, Source, Theme, Visit
from inspections.rules import themes
from inspections.vocabulary import PointKind

from .. import records
from .comparing import KEPT, EventPlan


def write_points(
    event: Inspection | Visit, plan: EventPlan, source: Source, *, reason: str
) -> None:
    """Records points of a kind of which the event has none; else the sentences that they lack.

    A list is left out where the record keeps another number of points than it has: nobody knows
    yet whether it was read rightly. A sentence that is held already stays.
    """
    target = plan.told.target
    held = list(ImprovementPoint.objects.filter(**{target: event}).order_by("number"))
    lacking, new = [], []
    number = max((point.number for point in held), default=0)
    for kind, told in _listed(plan).items():
        own = [point for point in held if point.kind == kind]
        if len(own) == len(told):
            lacking += [pair for pair in zip(own, told, strict=True) if not pair[0].text]
        elif not own:
            new += [
                new_point(kind, number + at, text=point.text, page=point.page)
                for at, point in enumerate(told, start=1)
            ]
            number += len(told)
    for point in new:
        setattr(point, target, event)
        point.source = source
    actions.record_many(new, reason=reason)
    found = [(point, {"text": told.text, "source": source}) for point, told in lacking]
    actions.correct_many(found, reason=reason, is_logged=False)


def _listed(plan: EventPlan) -> dict[PointKind, Sequence[records.PrintedPoint]]:
    """What the document lists, areas for priority action first."""
    kept = {change.fact for change in plan.changes if change.action == KEPT}
    told = (("priority_actions", plan.told.actions), ("improvement_points", plan.told.points))
    points = [point for fact, listed in told if fact not in kept for point in listed or ()]
    return {
        PointKind.PRIORITY: [point for point in points if point.is_priority_action],
        PointKind.IMPROVEMENT: [point for point in points if not point.is_priority_action],
    }


def new_point(kind: PointKind, number: int, *, text: str, page: int | None) -> ImprovementPoint:
    """A point under the themes that its words name; unsaved and of no event yet."""
    codes, basis = themes.sorted_under(text, Theme.objects.values_list("code", flat=True))
    return ImprovementPoint(
        number=number,
        kind=kind,
        page=page,
        themes=codes,
        basis=basis,
        themes_version=themes.VERSION,
        text=text,
    )
