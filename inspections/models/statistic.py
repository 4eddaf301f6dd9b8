"""Official figures that our statistics are checked against, and Ofsted's own exceptions."""

from django.db import models
from django.db.models import Q

from inspections.models.days import DayField, in_order, within_years
from inspections.models.fact import Fact
from inspections.models.framework import Lane
from inspections.models.inspection import Inspection
from inspections.models.source import Source
from inspections.vocabulary import (
    FigureMeasure,
    FigureOrigin,
    FigureReading,
    FigureUnit,
    Movement,
    Region,
    RegionScheme,
)


class OfficialFigure(Fact):
    """A published number with the question it answers, so that we can answer it too.

    `manage.py verify_statistics` works every one out from the record. Where ours differs for a
    known reason, `our_value` and `difference` say what we get and why; an unexpected
    difference is an error.
    """

    key = models.SlugField(max_length=80, unique=True)
    measure = models.CharField(max_length=20, choices=FigureMeasure.choices())
    as_at_date = DayField(help_text="The day the figure is read on; the last of a year.")
    from_date = DayField(
        null=True, blank=True, help_text="First day, for a figure about a span of time."
    )
    cut_off_date = DayField(
        null=True, blank=True, help_text="Reports published later did not count."
    )
    earlier_cut_off_date = DayField(
        null=True, blank=True, help_text="The cut-off of the release before, for a release year."
    )
    reading = models.CharField(
        max_length=10, choices=FigureReading.choices(), default=FigureReading.OFSTED
    )
    lane = models.ForeignKey(
        Lane, on_delete=models.PROTECT, null=True, blank=True, related_name="official_figures"
    )
    region_scheme = models.CharField(max_length=10, choices=RegionScheme.choices(), blank=True)
    region = models.CharField(max_length=40, choices=Region.choices(), blank=True)
    frameworks = models.CharField(
        max_length=200, blank=True, help_text="Codes of frameworks parted by |; empty for all."
    )
    kinds = models.CharField(
        max_length=200,
        blank=True,
        help_text="Kinds of inspection or visit parted by |; empty for all.",
    )
    grades = models.CharField(
        max_length=200,
        blank=True,
        help_text="Codes of grades parted by |; empty counts councils with any grade.",
    )
    movement = models.CharField(max_length=20, choices=Movement.choices(), blank=True)
    value = models.DecimalField(max_digits=7, decimal_places=1)
    unit = models.CharField(max_length=10, choices=FigureUnit.choices())
    origin = models.CharField(max_length=20, choices=FigureOrigin.choices())
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="official_figures")
    our_value = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    difference = models.TextField(blank=True, help_text="Why our figure differs, if it does.")

    class Meta:
        ordering = ["as_at_date", "key"]
        constraints = [
            models.CheckConstraint(
                name="a_known_difference_has_its_reason",
                condition=Q(our_value__isnull=True, difference="")
                | (Q(our_value__isnull=False) & ~Q(difference="")),
                violation_error_message="Give our value and the reason, or neither.",
            ),
            in_order(
                "figure_span_ends_after_it_starts", "from_date", "as_at_date",
                unknown=("from_date",),
            ),
            within_years(
                "figure_lies_between_1990_and_2099",
                "as_at_date",
                "from_date",
                "cut_off_date",
                "earlier_cut_off_date",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key

    @property
    def is_official(self) -> bool:
        return self.origin != FigureOrigin.PRESS


class CountedLate(Fact):
    """An inspection that Ofsted counted on a day although its report came after the cut-off."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="counted_late"
    )
    as_at_date = DayField()
    reason = models.TextField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["as_at_date", "inspection"]
        verbose_name = "inspection counted late"
        verbose_name_plural = "inspections counted late"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "as_at_date"], name="counted_late_once_per_day"
            ),
            within_years("counted_late_lies_between_1990_and_2099", "as_at_date"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} at {self.as_at_date}"
