"""Reports that have been published and that nobody here has read yet."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from inspections.models.council import Council
from inspections.models.days import DayField, within_years
from inspections.vocabulary import InspectionKind


class UnreadReport(models.Model):
    """A full inspection of which a report is out and its judgements are not known here.

    Nothing else is guessed: no framework, no grade. The inspection itself takes its place once
    it is recorded; the row may stay.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="unread_reports")
    start_date = DayField("first day on site")
    kind = models.CharField(max_length=20, choices=InspectionKind.choices())
    publication_date = DayField()
    lead_inspector = models.CharField(max_length=150, blank=True)
    report_url = models.URLField("address of the report", max_length=500)
    source_text = models.CharField("source", max_length=300)

    history = HistoricalRecords()

    class Meta:
        ordering = ["council", "start_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "start_date"], name="one_unread_report_per_first_day"
            ),
            models.CheckConstraint(
                name="unread_report_published_after_it_began",
                condition=Q(publication_date__gte=F("start_date")),
                violation_error_message="A report is published after the first day on site.",
            ),
            within_years(
                "unread_report_lies_between_1990_and_2099", "start_date", "publication_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, report of {self.publication_date} not read yet"
