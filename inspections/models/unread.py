"""Reports that have been published and that nobody here has read yet."""

from django.db import models

from inspections.models.council import Council
from inspections.models.days import DayField, in_order, within_years
from inspections.models.fact import Fact
from inspections.vocabulary import InspectionKind


class UnreadReport(Fact):
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

    class Meta:
        ordering = ["council", "start_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "start_date"], name="one_unread_report_per_first_day"
            ),
            in_order(
                "unread_report_published_after_it_began", "start_date", "publication_date",
                "A report is published after the first day on site.",
            ),
            within_years(
                "unread_report_lies_between_1990_and_2099", "start_date", "publication_date"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.council}, report of {self.publication_date} not read yet"
