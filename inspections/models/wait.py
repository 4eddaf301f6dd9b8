"""The waits between full inspections: kept beside the facts so that pages stay fast."""

from datetime import date

from django.db import models
from django.db.models import Q

from inspections.models.council import Council
from inspections.models.inspection import Inspection
from inspections.rules.outcomes import Basis, Standing
from inspections.rules.windows import WindowStatus


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

    One row per published full inspection; the last of a council is open. Nothing here is a
    fact of its own: `actions.keep_waits` writes the rows whenever a fact changes and
    `manage.py check_waits` proves them equal to a recomputation. The window's fields are
    filled for open waits, as known on `estimated_to_date`.
    """

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="waits")
    inspection = models.OneToOneField(Inspection, on_delete=models.CASCADE, related_name="wait")
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

    objects = WaitQuerySet.as_manager()

    class Meta:
        ordering = ["council", "publication_date"]
        indexes = [
            models.Index(fields=["publication_date", "next_publication_date"]),
            models.Index(
                fields=["earliest_date", "council"],
                name="wait_open_by_earliest",
                condition=Q(next_publication_date__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, since {self.publication_date}"
