"""Visits: published letters without grades."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from inspections.models.council import Council
from inspections.models.days import DayField, in_order, within_years
from inspections.models.event import Event, EventQuerySet
from inspections.rules import consistency
from inspections.vocabulary import Confidence, DatePrecision, VisitKind, VisitTopic


class Visit(Event):
    """A focused, monitoring or assurance visit, or a joint targeted area inspection.

    A visit has no grade, so nothing here can hold a judgement. Where only the month is
    known, `start_date` is the month's first day and `start_precision` says so.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=20, choices=VisitKind.choices())
    start_date = DayField("first day", null=True, blank=True)
    start_precision = models.CharField(
        "first day known to the", max_length=8, choices=DatePrecision.choices(), default="day"
    )
    end_date = DayField("last day", null=True, blank=True)
    publication_date = DayField(null=True, blank=True)
    topic = models.CharField(max_length=250, blank=True)
    topic_codes = models.CharField(
        max_length=150, blank=True, help_text="Codes of topics parted by |."
    )
    priority_actions = models.PositiveSmallIntegerField(
        "areas for priority action", null=True, blank=True
    )
    sequence = models.PositiveSmallIntegerField(
        "number in the sequence",
        null=True,
        blank=True,
        help_text="Counted since the last inadequate judgement, where a source states it.",
    )
    letter_url = models.URLField("address of Ofsted's letter", blank=True)
    confidence = models.CharField(
        max_length=10, choices=Confidence.choices(), default=Confidence.LETTER
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["council", "-start_date"]
        indexes = [models.Index(fields=["council", "-start_date"])]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "reference"], name="one_visit_per_reference"
            ),
            in_order("visit_ends_after_it_starts", "start_date", "end_date", unknown=("end_date",)),
            in_order(
                "visit_published_after_it_starts", "start_date", "publication_date",
                "The publication date must not be before the first day.",
                unknown=("publication_date", "start_date"),
            ),
            models.CheckConstraint(
                name="visit_precision_fits_its_date",
                condition=Q(start_date__isnull=True, start_precision="unknown")
                | Q(start_date__isnull=False, start_precision__in=["day", "month"]),
                violation_error_message=(
                    "Say that the first day is not known, or give it to the day or month."
                ),
            ),
            within_years(
                "visit_lies_between_1990_and_2099", "start_date", "end_date", "publication_date"
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
        unknown = [c for c in self.topic_codes.split("|") if c and c not in list(VisitTopic)]
        if unknown:
            found.append(
                (
                    "topic_codes",
                    f"{', '.join(unknown)}: not a topic; expected {', '.join(VisitTopic)}.",
                )
            )
        if self.council_id and self.reference:
            found += consistency.reference_complaints(
                reference=self.reference,
                other_kind="an inspection",
                is_taken=self.council.inspections.filter(reference=self.reference).exists(),
            )
        if found:
            raise ValidationError(consistency.by_field(found))
