"""Figures about children's services that the government publishes, council by council."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from inspections.measure_rows import Figure, read_figures
from inspections.models.council import Council
from inspections.models.fact import Fact
from inspections.models.source import Source
from inspections.rules import consistency
from inspections.vocabulary import MeasureGroup, PeriodKind, Place


class Measure(Fact):
    """What is measured: its unit, its period, its definition and where it is published.

    A ratio of two other measures has no series of its own: it is worked out when it is asked for.
    """

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    short_name = models.CharField(max_length=60)
    group = models.CharField(max_length=12, choices=MeasureGroup.choices())
    unit = models.CharField(max_length=60)
    decimals = models.PositiveSmallIntegerField(default=0)
    period = models.CharField(max_length=20, choices=PeriodKind.choices())
    is_comparable = models.BooleanField(
        "can be compared between councils",
        default=True,
        help_text="Not where it grows with the number of children who live there.",
    )
    definition = models.TextField()
    code_in_source = models.CharField(max_length=60, blank=True)
    numerator = models.SlugField(
        max_length=60, blank=True, help_text="Of a ratio: the code of the measure above the line."
    )
    denominator = models.SlugField(
        max_length=60, blank=True, help_text="Of a ratio: the code of the measure below the line."
    )
    charted = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Its place among the charts; empty: in files only."
    )
    order = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="measures")

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="a_ratio_has_both_its_parts",
                condition=Q(numerator="", denominator="") | (~Q(numerator="") & ~Q(denominator="")),
                violation_error_message="Give both measures of a ratio, or neither.",
            ),
            models.CheckConstraint(
                name="a_measure_has_at_most_three_decimals",
                condition=Q(decimals__lte=3),
                violation_error_message="Figures have at most three decimals.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        for name in ("numerator", "denominator"):
            code = getattr(self, name)
            if code and not Measure.objects.filter(code=code, numerator="").exists():
                raise ValidationError({name: f"There is no measure {code} with its own figures."})


class MeasureYear(Fact):
    """What a reader must know of one year of a measure: a break, how many places were ranked."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(help_text="The year in which the period ends.")
    is_break = models.BooleanField(
        default=False, help_text="Its figures cannot be set beside those of the years before."
    )
    out_of = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of a rank: how many places were ranked."
    )
    note = models.CharField(max_length=300, blank=True)
    source_text = models.CharField("source", max_length=300)

    class Meta:
        ordering = ["measure", "year"]
        verbose_name = "year of a measure"
        verbose_name_plural = "years of measures"
        constraints = [
            models.UniqueConstraint(fields=["measure", "year"], name="one_row_per_measure_year"),
            models.CheckConstraint(
                name="a_measures_year_lies_between_1990_and_2099",
                condition=Q(year__range=(consistency.FIRST_YEAR, consistency.LAST_YEAR)),
                violation_error_message="The year must lie between 1990 and 2099.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.year}"


class MeasureSeries(Fact):
    """A council's figures of one measure, or those of England or a region, all years in one row.

    `cells` is a year with its figure, or with the symbol that the publisher printed in its place:
    `2017:31.1 2018:31.3 2019:c`. What is not published is a symbol, never zero.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="series")
    council = models.ForeignKey(
        Council, on_delete=models.CASCADE, null=True, blank=True, related_name="series"
    )
    place = models.CharField(
        max_length=30, choices=Place.choices(), blank=True, help_text="Where it is no council's."
    )
    cells = models.TextField(
        "figures",
        help_text="Year and figure, as 2019:36.6, parted by spaces, the oldest first. In place of "
        "a figure: - not published, c held back, k rounds to 0, u unreliable, x not available, "
        "z not applicable.",
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["measure", "council", "place"]
        verbose_name = "series of figures"
        verbose_name_plural = "series of figures"
        constraints = [
            models.CheckConstraint(
                name="a_series_is_of_a_council_or_a_place",
                condition=Q(council__isnull=False, place="")
                | (Q(council__isnull=True) & ~Q(place="")),
                violation_error_message="Name a council, or England or a region.",
            ),
            models.UniqueConstraint(
                fields=["measure", "council"],
                condition=Q(council__isnull=False),
                name="one_series_per_measure_and_council",
            ),
            models.UniqueConstraint(
                fields=["measure", "place"],
                condition=Q(council__isnull=True),
                name="one_series_per_measure_and_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.council or self.get_place_display()}"

    def clean(self) -> None:
        try:
            read_figures(self.cells)
        except ValueError as error:
            raise ValidationError({"cells": f"Not a series of figures: {error}."}) from error

    def told(self, cells: str, *, beside: str) -> str:
        """The figures that differ from those `beside`, in words: `2019: 36.6, 2020: c`."""
        others = {row.year: row for row in read_figures(beside)}
        differing = [row for row in read_figures(cells) if others.get(row.year) != row]
        return ", ".join(f"{row.year}: {_figure(row)}" for row in differing)


def _figure(row: Figure) -> str:
    return row.symbol if row.value is None else f"{row.value:.12g}"
