"""The waits seen in one lane: kept so that what became of a grade is found without a search."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from inspections.models.framework import Framework, Grade, JudgementArea, Lane
from inspections.models.inspection import Inspection, Judgement
from inspections.rules.lanes import standing
from inspections.vocabulary import Status

OF_WAIT = (
    "inspection_id", "framework_id", "council_name", "ofsted_region", "ons_region",
    "council_kind", "start_date", "publication_date", "closed_date", "next_inspection_id",
    "next_publication_date", "ended_days",
)  # fmt: skip
OF_LANE = ("lane_id", "area_id", "grade_id", "next_area_id", "next_grade_id")
FIELDS = (*OF_WAIT, *OF_LANE)
Row = tuple[Any, ...]


def _word(model: type[models.Model], *, null: bool = False) -> models.ForeignKey:
    """A key without an index of its own: few values, and the planner would mistake it for one."""
    return models.ForeignKey(
        model, on_delete=models.CASCADE, null=null, related_name="+", db_index=False
    )


class LaneWait(models.Model):
    """The grade that a wait began with in one lane, and the one that its end gave.

    One row per wait and lane in which the inspection was judged, by the area that stands for
    the lane. Nothing here is a fact: the days, the regions and the name are those of `Wait`,
    kept by `actions.keep_waits` and proved by `manage.py check_waits`.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="lane_waits")
    lane = _word(Lane)
    area = _word(JudgementArea)
    grade = _word(Grade)
    framework = _word(Framework)
    council_name = models.CharField(max_length=120)
    ofsted_region = models.CharField(max_length=40)
    ons_region = models.CharField(max_length=40)
    council_kind = models.CharField(max_length=30)
    start_date = models.DateField(null=True)
    publication_date = models.DateField()
    closed_date = models.DateField(null=True)
    next_inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, null=True, related_name="+"
    )
    next_publication_date = models.DateField(null=True)
    ended_days = models.PositiveIntegerField(null=True)
    next_area = _word(JudgementArea, null=True)
    next_grade = _word(Grade, null=True)

    class Meta:
        ordering = ["inspection", "lane"]
        indexes = [
            models.Index(
                fields=["lane", "grade", "-start_date", "council_name"],
                include=[
                    "framework", "ofsted_region", "ons_region", "publication_date",
                    "closed_date", "next_publication_date", "ended_days", "next_grade",
                ],
                name="lane_wait_after_grade",
            )
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["inspection", "lane"], name="one_wait_per_lane")
        ]

    def __str__(self) -> str:
        return f"{self.lane}: {self.grade}, since {self.publication_date}"


def wanted_lane_waits(waits: Iterable[Mapping[str, Any]]) -> dict[tuple[int, int], Row]:
    """What the kept table ought to hold, by inspection and lane, in the order of `FIELDS`."""
    standing_for = _standing()
    judged: dict[int | None, dict[int, int]] = defaultdict(dict)
    for inspection, area, grade in Judgement.objects.filter(
        inspection__status=Status.PUBLISHED, inspection__framework__is_whole_service=True
    ).values_list("inspection_id", "area_id", "grade_id"):
        judged[inspection][area] = grade
    found = {}
    for row in waits:
        now, later = judged[row["inspection_id"]], judged[row["next_inspection_id"]]
        of_wait = tuple(row[name] for name in OF_WAIT)
        for lane, areas in standing_for.items():
            area = next((area for area in areas if area in now), None)
            if area is None:
                continue
            after = next((area for area in areas if area in later), None)
            found[row["inspection_id"], lane] = (
                *of_wait, lane, area, now[area], after, later.get(after),
            )  # fmt: skip
    return found


def _standing() -> dict[int, list[int]]:
    """By lane: the area that stands for it in each framework."""
    lanes: dict[int, set[int]] = defaultdict(set)
    areas = {}
    for pk, framework, order, lane in JudgementArea.objects.order_by(
        "framework__in_force_from", "order"
    ).values_list("pk", "framework_id", "order", "lanes"):
        if lane is not None:
            areas[pk] = (framework, order)
            lanes[pk].add(lane)
    return {
        lane: standing(
            (framework, len(lanes[pk]), order, pk)
            for pk, (framework, order) in areas.items()
            if lane in lanes[pk]
        )
        for lane in set().union(*lanes.values())
    }
