"""Where facts come from."""

from django.db import models

from inspections.models.days import DayField, within_years
from inspections.models.event import of_one_event
from inspections.models.fact import Fact
from inspections.vocabulary import SourceKind


class Source(Fact):
    """A document, list or page from which facts were read."""

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=SourceKind.choices())
    title = models.CharField(max_length=250)
    publisher = models.CharField(max_length=150)
    url = models.URLField(max_length=500, blank=True)
    published_date = DayField(null=True, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [within_years("source_lies_between_1990_and_2099", "published_date")]

    def __str__(self) -> str:
        return self.title


class Citation(Fact):
    """A source that says what the record says of one inspection or one visit."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    inspection = models.ForeignKey(
        "Inspection", on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    visit = models.ForeignKey(
        "Visit", on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    place = models.CharField(max_length=100, blank=True, help_text="Sheet, page or row.")

    class Meta:
        ordering = ["source"]
        constraints = of_one_event(
            "citation_is_of_an_inspection_or_a_visit",
            "one_citation_per_source_and_{}",
            "source",
            "{}",
            message="Cite a source for an inspection or for a visit.",
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.inspection or self.visit}"
