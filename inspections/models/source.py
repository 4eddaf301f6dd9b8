"""Where facts come from."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from inspections.models.days import DayField, within_years
from inspections.vocabulary import SourceKind


class Source(models.Model):
    """A document, list or page from which facts were read."""

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=SourceKind.choices())
    title = models.CharField(max_length=250)
    publisher = models.CharField(max_length=150)
    url = models.URLField(max_length=500, blank=True)
    published_date = DayField(null=True, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    notes = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["key"]
        constraints = [within_years("source_lies_between_1990_and_2099", "published_date")]

    def __str__(self) -> str:
        return self.title


class Citation(models.Model):
    """A source that says what the record says of one inspection or one visit."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    inspection = models.ForeignKey(
        "Inspection", on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    visit = models.ForeignKey(
        "Visit", on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    place = models.CharField(max_length=100, blank=True, help_text="Sheet, page or row.")

    history = HistoricalRecords()

    class Meta:
        ordering = ["source"]
        constraints = [
            models.CheckConstraint(
                name="citation_is_of_an_inspection_or_a_visit",
                condition=Q(inspection__isnull=True) ^ Q(visit__isnull=True),
                violation_error_message="Cite a source for an inspection or for a visit.",
            ),
            models.UniqueConstraint(
                fields=["source", "inspection"],
                condition=Q(inspection__isnull=False),
                name="one_citation_per_source_and_inspection",
            ),
            models.UniqueConstraint(
                fields=["source", "visit"],
                condition=Q(visit__isnull=False),
                name="one_citation_per_source_and_visit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.inspection or self.visit}"
