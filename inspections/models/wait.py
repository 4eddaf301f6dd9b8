"""The waits between full inspections: kept beside the facts so that pages stay fast."""

from collections import defaultdict
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Max, Q

from inspections.models.council import Council
from inspections.models.framework import Framework, Grade, JudgementArea
from inspections.models.inspection import Inspection, Judgement
from inspections.models.interruption import InspectionPause
from inspections.models.record import RecordState, Release
from inspections.rules.clock import Clock, Pause
from inspections.rules.outcomes import Basis, Standing
from inspections.rules.waits import (
    FullInspection,
    JudgedArea,
    WaitRow,
    WindowRow,
    wait_rows,
    windows_of,
)
from inspections.rules.windows import WindowStatus
from inspections.vocabulary import Status


def _choices(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value.replace("_", " ")) for word in words]


class WaitQuerySet(models.QuerySet):
    def known_on(self, day: date) -> "WaitQuerySet":
        """Waits whose opening inspection had been published by the day."""
        return self.filter(publication_date__lte=day)

    def held_on(self, day: date) -> "WaitQuerySet":
        """What was in force by publication: begun, and not yet followed by another report."""
        return self.known_on(day).filter(
            Q(next_publication_date__isnull=True) | Q(next_publication_date__gt=day)
        )

    def of_councils_existing_on(self, day: date) -> "WaitQuerySet":
        return self.filter(Q(closed_date__isnull=True) | Q(closed_date__gte=day))


class Wait(models.Model):
    """A council's time from one full inspection to its next, worked out from the facts.

    What pages count and sort by is repeated here from the council and the inspection.

    One row per published full inspection; the last of a council is open. Nothing here is a
    fact of its own: `actions.keep_waits` writes the rows whenever a fact changes and
    `manage.py check_waits` proves them equal to a recomputation. The window's fields are
    filled for open waits, as known on `estimated_to_date`.
    """

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="waits")
    inspection = models.OneToOneField(Inspection, on_delete=models.CASCADE, related_name="wait")
    council_name = models.CharField(max_length=120)
    ofsted_region = models.CharField(max_length=40)
    ons_region = models.CharField(max_length=40)
    council_kind = models.CharField(max_length=30)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, null=True, related_name="+")
    inspection_kind = models.CharField(max_length=20)
    overall_grade = models.ForeignKey(Grade, on_delete=models.CASCADE, null=True, related_name="+")
    has_inadequate = models.BooleanField(
        default=False, help_text="An area that a page can be switched to was judged inadequate."
    )
    publication_year = models.PositiveSmallIntegerField()
    start_date = models.DateField(null=True)
    publication_date = models.DateField()
    closed_date = models.DateField(null=True)
    standing = models.CharField(max_length=20, choices=_choices(Standing), blank=True)
    basis = models.CharField(max_length=20, choices=_choices(Basis), blank=True)
    next_inspection = models.OneToOneField(
        Inspection, on_delete=models.CASCADE, null=True, related_name="wait_before"
    )
    next_start_date = models.DateField(null=True)
    next_publication_date = models.DateField(null=True)
    ended_days = models.PositiveIntegerField(
        null=True, help_text="Calendar days from first day on site to the next one's first day."
    )
    reported_days = models.PositiveIntegerField(
        null=True, help_text="Days from the last day on site to publication."
    )
    window_status = models.CharField(max_length=12, choices=_choices(WindowStatus), blank=True)
    earliest_date = models.DateField(null=True)
    likeliest_date = models.DateField(null=True)
    latest_date = models.DateField(null=True)
    share_waiting = models.FloatField(null=True)
    is_pooled = models.BooleanField(default=False)
    cases = models.PositiveIntegerField(default=0)
    events = models.PositiveIntegerField(default=0)
    estimated_to_date = models.DateField(null=True)
    window_changes = models.PositiveIntegerField(
        default=0, help_text="How often the window's days have changed; for calendars."
    )

    objects = WaitQuerySet.as_manager()

    class Meta:
        ordering = ["council", "publication_date"]
        indexes = [
            models.Index(fields=["publication_date", "next_publication_date"]),
            models.Index(fields=["next_publication_date", "publication_date"]),
            models.Index(fields=["closed_date"]),
            models.Index(
                fields=["start_date"],
                condition=Q(has_inadequate=True),
                name="wait_after_inadequate",
            ),
            models.Index(
                fields=["ended_days"],
                include=["next_publication_date"],
                condition=Q(has_inadequate=True, ended_days__isnull=False),
                name="wait_past_inadequate",
            ),
            models.Index(
                fields=["-reported_days", "-publication_date", "council_name"],
                name="wait_by_days_to_report",
            ),
            models.Index(
                fields=["publication_year", "reported_days", "publication_date"],
                name="wait_by_year_of_report",
            ),
            models.Index(
                fields=["earliest_date", "council"],
                name="wait_open_by_earliest",
                condition=Q(next_publication_date__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, since {self.publication_date}"


def pause_clock(known: datetime | None = None) -> Clock:
    """The clock of routine inspection with the pauses on record, now or at `known`."""
    held = InspectionPause.history.as_of(known) if known else InspectionPause.objects
    pauses = held.values_list("first_date", "last_date")
    return Clock(tuple(Pause(first, last) for first, last in pauses))


def known_to(known: datetime | None = None) -> date | None:
    """The last day up to which the record is complete; windows are reckoned as at this day.

    The shipped record says it, at `known` the one that was here then; without one it is the
    newest publication date held.
    """
    if known is None:
        said = RecordState.objects.values_list("as_at_date", flat=True).first()
        held = Inspection.objects.public()
    else:
        releases = Release.objects.filter(loaded_at__lte=known)
        said = releases.values_list("as_at_date", flat=True).first()
        held = Inspection.history.as_of(known).filter(status=Status.PUBLISHED)
    return said or held.aggregate(newest=Max("publication_date"))["newest"]


def area_roles() -> dict[int, tuple[bool, bool]]:
    """By area: whether it is the judgement on leaders, and whether one on practice."""
    roles: dict[int, tuple[bool, bool]] = {}
    for area, is_leaders, is_practice in JudgementArea.objects.values_list(
        "pk", "lanes__is_leaders", "lanes__is_practice"
    ):
        held = roles.get(area, (False, False))
        roles[area] = (held[0] or bool(is_leaders), held[1] or bool(is_practice))
    return roles


def full_inspections() -> list[FullInspection]:
    """Every public inspection of the whole service with what its outcome is read from."""
    roles = area_roles()
    judged: dict[int, list[JudgedArea]] = defaultdict(list)
    for inspection, area, *flags in Judgement.objects.filter(
        inspection__status=Status.PUBLISHED,
        inspection__framework__is_whole_service=True,
        area__is_part=False,
    ).values_list(
        "inspection_id",
        "area_id",
        "area__is_overall",
        "grade__is_inadequate",
        "grade__is_good_or_better",
    ):
        is_overall, is_inadequate, is_good = flags
        judged[inspection].append(JudgedArea(is_overall, *roles[area], is_inadequate, is_good))
    found = (
        Inspection.objects.public()
        .whole_service()
        .values_list("council_id", "pk", "start_date", "end_date", "publication_date")
    )
    return [FullInspection(*row, tuple(judged.get(row[1], ()))) for row in found.order_by()]


def wanted_waits() -> dict[int, dict[str, Any]]:
    """What the kept table ought to hold: its fields by inspection, from the facts alone."""
    closed = dict(Council.objects.values_list("pk", "closed_date"))
    rows = wait_rows(full_inspections(), closed)
    as_at = known_to()
    windows = windows_of(rows, as_at=as_at, clock=pause_clock()) if as_at else {}
    repeated = _repeated()
    return {
        row.inspection_id: {
            **_fields(row),
            **repeated[row.inspection_id],
            **_fields(windows.get(row.inspection_id, WindowRow())),
        }
        for row in rows
    }


def _repeated() -> dict[int, dict[str, Any]]:
    """By inspection: what a wait repeats from the council, the inspection and its judgements."""
    judged = Judgement.objects.filter(
        inspection__status=Status.PUBLISHED, inspection__framework__is_whole_service=True
    ).order_by()
    inadequate = set(
        judged.filter(
            Q(area__lanes__is_core=True) | Q(area__lanes__is_overall=True),
            grade__is_inadequate=True,
        ).values_list("inspection_id", flat=True)
    )
    overall = dict(judged.filter(area__is_overall=True).values_list("inspection_id", "grade_id"))
    found = Inspection.objects.public().whole_service().order_by().values_list(
        "pk", "publication_date", "council__short_name", "council__ofsted_region",
        "council__ons_region", "council__kind", "framework_id", "kind",
    )  # fmt: skip
    return {
        pk: {
            "council_name": name,
            "ofsted_region": ofsted_region,
            "ons_region": ons_region,
            "council_kind": council_kind,
            "framework_id": framework,
            "inspection_kind": kind,
            "overall_grade_id": overall.get(pk),
            "has_inadequate": pk in inadequate,
            "publication_year": published.year,
        }
        for pk, published, name, ofsted_region, ons_region, council_kind, framework, kind in found
    }


def _fields(row: WaitRow | WindowRow) -> dict[str, Any]:
    return {spec.name: getattr(row, spec.name) for spec in fields(row)}
