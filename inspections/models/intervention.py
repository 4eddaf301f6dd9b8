"""What the Department for Education did about a council's children's services."""

from django.db import models

from inspections.models.council import Council
from inspections.models.days import DayField, within_years
from inspections.models.fact import Fact
from inspections.vocabulary import InterventionKind, StatedPrecision


class Intervention(Fact):
    """One step of the government's, on its day: a notice, a direction, an appointment, an end.

    Each rests on a source that can be read. Of what no source at hand names there is no row, so
    a council without any may still have been under intervention.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="interventions")
    reference = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20, choices=InterventionKind.choices())
    taken_date = DayField("day it was taken")
    taken_precision = models.CharField(
        "day known to the",
        max_length=8,
        choices=StatedPrecision.choices(),
        default=StatedPrecision.DAY,
        help_text="Of a month give its first day, of a year 1 January.",
    )
    what = models.CharField(max_length=300)
    source_text = models.CharField("source", max_length=300)
    source_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["council", "taken_date", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "reference"], name="one_intervention_per_reference"
            ),
            within_years("intervention_lies_between_1990_and_2099", "taken_date"),
        ]

    def __str__(self) -> str:
        return f"{self.council}, {self.get_kind_display()}, {self.taken_date}"
