"""Full graded inspections and their judgements."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from inspections.models.council import Council
from inspections.models.days import DayField, in_order, within_years
from inspections.models.event import Event, EventQuerySet
from inspections.models.fact import Fact
from inspections.models.framework import Framework, Grade, JudgementArea
from inspections.rules import consistency
from inspections.vocabulary import Checked, InspectionKind


class InspectionQuerySet(EventQuerySet):
    def whole_service(self) -> "InspectionQuerySet":
        return self.filter(framework__is_whole_service=True)


class Inspection(Event):
    """A full graded inspection of a council by Ofsted, with a published report.

    Days on site are unknown for nearly all inspections before 2013; two periods on site
    are kept as the first day of the first and the last day of the second.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="inspections")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="inspections")
    kind = models.CharField(max_length=20, choices=InspectionKind.choices())
    start_date = DayField("first day on site", null=True, blank=True)
    end_date = DayField("last day on site", null=True, blank=True)
    has_two_periods = models.BooleanField(
        "two periods on site", default=False, help_text="The days between were not on site."
    )
    publication_date = DayField("publication date")
    report_url = models.URLField("address of Ofsted's report", blank=True)
    checked = models.CharField(max_length=10, choices=Checked.choices(), default=Checked.ENTERED)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["council", "-publication_date"]
        indexes = [models.Index(fields=["council", "-publication_date"])]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "reference"], name="one_inspection_per_reference"
            ),
            in_order(
                "inspection_ends_after_it_starts", "start_date", "end_date",
                "The last day on site must not be before the first.", unknown=("end_date",),
            ),
            in_order(
                "inspection_published_after_last_day_on_site", "end_date", "publication_date",
                "The publication date must not be before the last day on site.",
                unknown=("end_date",),
            ),
            in_order(
                "inspection_published_after_first_day_on_site", "start_date", "publication_date",
                "The publication date must not be before the first day on site.",
                unknown=("start_date",),
            ),
            models.CheckConstraint(
                name="inspection_with_an_end_has_a_start",
                condition=Q(end_date__isnull=True) | Q(start_date__isnull=False),
                violation_error_message="A last day on site needs a first day.",
            ),
            within_years(
                "inspection_lies_between_1990_and_2099",
                "start_date",
                "end_date",
                "publication_date",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.council}, {self.get_kind_display().lower()}, {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("dashboard:event", args=[self.council.slug, self.reference])

    def clean(self) -> None:
        found = consistency.date_complaints(
            start_date=self.start_date,
            end_date=self.end_date,
            publication_date=self.publication_date,
            today=self.scheduled_date or timezone.localdate(),
        )
        if self.framework_id:
            found += consistency.framework_complaints(
                start_date=self.start_date,
                in_force_from=self.framework.in_force_from,
                in_force_to=self.framework.in_force_to,
                name=self.framework.short_name,
            )
            found += self._areas_of_another_framework()
        if self.council_id and self.reference:
            found += consistency.reference_complaints(
                reference=self.reference,
                other_kind="a visit",
                is_taken=self.council.visits.filter(reference=self.reference).exists(),
            )
        if found:
            raise ValidationError(consistency.by_field(found))

    def _areas_of_another_framework(self) -> list[consistency.Complaint]:
        """A framework cannot be changed under judgements that were given under another."""
        if not self.pk:
            return []
        others = self.judgements.exclude(area__framework=self.framework_id)
        return [
            (
                "framework",
                f"{judgement.area.short_name} was judged under "
                f"{judgement.area.framework.short_name}; withdraw that judgement first.",
            )
            for judgement in others.select_related("area__framework")[:1]
        ]


class Judgement(Fact):
    """The grade given to one area in one inspection. An area not judged has no row."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="judgements")
    area = models.ForeignKey(JudgementArea, on_delete=models.PROTECT, related_name="judgements")
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="judgements")
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["inspection", "area__order"]
        indexes = [
            models.Index(fields=["area", "grade", "inspection"], name="judgement_by_grade"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "area"],
                name="one_grade_per_area",
                violation_error_message="This area already has a grade in this inspection.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area.short_name}: {self.grade}"

    def clean(self) -> None:
        if not (self.inspection_id or self.inspection) or not self.area_id or not self.grade_id:
            return
        found = consistency.judgement_complaints(
            area_name=self.area.short_name,
            area_framework=self.area.framework.code,
            inspection_framework=self.inspection.framework.code,
            grade_name=self.grade.name,
            grade_scale=self.grade.scale.code,
            framework_scale=self.inspection.framework.scale.code,
        )
        if found:
            raise ValidationError(consistency.by_field(found))
