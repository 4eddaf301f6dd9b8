"""Times at which routine inspection or publication stood still."""

from django.db import models

from inspections.models.days import DayField, in_order, within_years
from inspections.models.fact import Fact


class InspectionPause(Fact):
    """Days on which no full inspection could begin; taken out of the clock of the windows."""

    first_date = DayField("first day", unique=True)
    last_date = DayField("last day", null=True, blank=True)
    name = models.CharField(max_length=100)
    source_text = models.CharField("source", max_length=300)
    source_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["first_date"]
        constraints = [
            in_order(
                "pause_ends_after_it_starts", "first_date", "last_date", unknown=("last_date",),
            ),
            within_years("pause_lies_between_1990_and_2099", "first_date", "last_date"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class PollingDay(Fact):
    """An election before which Ofsted publishes no reports on councils.

    Only the polling day is on record; when the silence before it began is not published, so a
    wait for a report is marked where a polling day lies within it and nothing more is claimed.
    """

    polling_date = DayField(unique=True)
    name = models.CharField(max_length=150)
    source_text = models.CharField("source", max_length=300)
    source_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["polling_date"]
        constraints = [within_years("polling_day_lies_between_1990_and_2099", "polling_date")]

    def __str__(self) -> str:
        return f"{self.name}, {self.polling_date.day} {self.polling_date:%B %Y}"
