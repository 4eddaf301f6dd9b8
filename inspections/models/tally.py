"""How many councils held which grade on certain days: kept so that no page counts them all."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models

from inspections.models.framework import Framework, Grade, JudgementArea
from inspections.models.inspection import Judgement
from inspections.vocabulary import Status

Cell = tuple[date, str, str, str, int, int | None, int | None]
FIELDS = (
    "day", "ofsted_region", "ons_region", "council_kind", "framework_id", "area_id", "grade_id",
)  # fmt: skip


class Tally(models.Model):
    """Councils with one grade in one area on one day, of one region and kind.

    Without an area: councils with an inspection in force. By publication, of councils that
    exist on the day. One set of rows for each half-year's end and for the record's last day; a
    day in between is the set before it and the waits that began or ended since. Nothing here is
    a fact: kept by `actions.keep_waits`, proved by `manage.py check_waits`.
    """

    day = models.DateField()
    ofsted_region = models.CharField(max_length=40)
    ons_region = models.CharField(max_length=40)
    council_kind = models.CharField(max_length=30)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(JudgementArea, on_delete=models.CASCADE, null=True, related_name="+")
    grade = models.ForeignKey(Grade, on_delete=models.CASCADE, null=True, related_name="+")
    councils = models.PositiveIntegerField()

    class Meta:
        ordering = ["day"]
        indexes = [models.Index(fields=["day", "area"])]
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.day}: {self.councils}"


def tally_days(first: date, last: date) -> list[date]:
    """31 March and 30 September from `first` on, and `last`; oldest first."""
    ends = (
        day
        for year in range(first.year, last.year + 1)
        for day in (date(year, 3, 31), date(year, 9, 30))
    )
    return [*(day for day in ends if first <= day < last), last]


def wanted_tallies(waits: Iterable[Mapping[str, Any]], last: date | None) -> Counter[Cell]:
    """What the kept table ought to hold, from the waits as `wanted_waits` gives them."""
    listed = list(waits)
    if not listed or last is None:
        return Counter()
    judged: dict[int, list[tuple[int, int]]] = {}
    for inspection, area, grade in Judgement.objects.filter(
        inspection__status=Status.PUBLISHED, inspection__framework__is_whole_service=True
    ).values_list("inspection_id", "area_id", "grade_id"):
        judged.setdefault(inspection, []).append((area, grade))
    days = tally_days(min(row["publication_date"] for row in listed), last)
    found: Counter[Cell] = Counter()
    for row in listed:
        next_day, closed = row["next_publication_date"], row["closed_date"]
        of = (
            row["ofsted_region"],
            row["ons_region"],
            row["council_kind"],
            row["framework_id"],
        )
        for day in days:
            if day < row["publication_date"]:
                continue
            if (next_day and next_day <= day) or (closed and closed < day):
                break
            found[(day, *of, None, None)] += 1
            for area, grade in judged.get(row["inspection_id"], ()):
                found[(day, *of, area, grade)] += 1
    return found
