"""What was imported, when, by whom, and which source said what."""

from django.conf import settings
from django.db import models

from inspections.models.event import of_one_event
from inspections.models.inspection import Inspection
from inspections.models.source import Source
from inspections.models.visit import Visit


class ImportRun(models.Model):
    """One start of the import command, whether it wrote or only looked."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        FINISHED = "finished", "Finished"
        INTERRUPTED = "interrupted", "Interrupted"

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    started_by = models.CharField(max_length=150, blank=True, help_text="Account or system user.")
    is_saving = models.BooleanField("wrote", default=False, help_text="Off: it only looked.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%d %B %Y %H:%M}, {'saved' if self.is_saving else 'looked only'}"


class ImportDocument(models.Model):
    """One file of a run: what it was and what came of it."""

    class Outcome(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        UNCHANGED = "unchanged", "Unchanged"
        PROBLEM = "problem", "Problem"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="documents")
    file_name = models.CharField(max_length=255)
    size_bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    layout = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    changes = models.JSONField(default=list, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="imports"
    )

    class Meta:
        ordering = ["run", "file_name", "pk"]
        indexes = [models.Index(fields=["sha256"])]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.get_outcome_display().lower()}"


class ImportProblem(models.Model):
    """What could not be read in a document, or what a person should look at."""

    document = models.ForeignKey(ImportDocument, on_delete=models.CASCADE, related_name="problems")
    severity = models.CharField(max_length=8)
    place = models.CharField(max_length=200)
    fact = models.CharField(max_length=80, blank=True)
    found = models.TextField()
    expected = models.TextField()
    advice = models.TextField()

    class Meta:
        ordering = ["document", "pk"]

    def __str__(self) -> str:
        return f"{self.place}: found {self.found}; expected {self.expected}"


class Reading(models.Model):
    """What one source says of one fact of one inspection or visit, right or wrong.

    A reading that differs from the record is a disagreement until a person settles it.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="readings")
    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, null=True, blank=True, related_name="readings"
    )
    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, null=True, blank=True, related_name="readings"
    )
    fact = models.CharField(max_length=80, help_text="A field, or grade: and an area's code.")
    value = models.CharField(max_length=300)
    place = models.CharField(max_length=150, blank=True)
    read_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        ordering = ["inspection", "visit", "fact", "source"]
        constraints = of_one_event(
            "reading_is_of_an_inspection_or_a_visit",
            "one_reading_per_source_{}_and_fact",
            "source",
            "{}",
            "fact",
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.fact} is {self.value}"
