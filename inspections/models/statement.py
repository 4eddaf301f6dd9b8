"""What was said about a council's services and, where it looked ahead, what came of it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from inspections.models.council import Council
from inspections.models.days import DayField, within_years
from inspections.models.fact import Fact
from inspections.vocabulary import ExpectedEvent, StatedPrecision, StatementKind


class Statement(Fact):
    """A recorded statement: who said what, when, where it was reported, in our own words.

    An expectation with a time names the first and last day of the span it gave. What the
    record shows of the outcome is worked out; `outcome` holds what a person has found beyond
    that, with its source.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="statements")
    reference = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20, choices=StatementKind.choices())
    stated_date = DayField()
    stated_precision = models.CharField(
        "date known to the",
        max_length=8,
        choices=StatedPrecision.choices(),
        default=StatedPrecision.DAY,
    )
    said_by = models.CharField(max_length=150)
    what = models.CharField(max_length=300)
    value = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    expected_event = models.CharField(max_length=20, choices=ExpectedEvent.choices(), blank=True)
    expected_from_date = DayField(null=True, blank=True)
    expected_to_date = DayField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    source_text = models.CharField("source", max_length=300)
    source_url = models.URLField(max_length=500, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["council", "stated_date", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "reference"], name="one_statement_per_reference"
            ),
            models.CheckConstraint(
                name="expected_span_ends_after_it_starts",
                condition=Q(expected_from_date__isnull=True, expected_to_date__isnull=True)
                | Q(expected_to_date__gte=F("expected_from_date")),
                violation_error_message="Give both days of the expected span, in order.",
            ),
            within_years(
                "statement_lies_between_1990_and_2099",
                "stated_date",
                "expected_from_date",
                "expected_to_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, {self.said_by}: {self.what}"

    def clean(self) -> None:
        has_span = self.expected_from_date is not None
        if bool(self.expected_event) != has_span:
            raise ValidationError(
                {"expected_event": "An expected event needs the days of its span, and these it."}
            )
