"""What was found on Ofsted's site, when it was looked at, and what came of it."""

from django.db import models

from inspections.models.council import Council
from inspections.models.days import DayField, within_years
from inspections.models.draft import Draft
from inspections.vocabulary import CoverageKind


class CollectRun(models.Model):
    """One look at Ofsted's site."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        FINISHED = "finished", "Finished"
        STOPPED = "stopped", "Stopped before the end"

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    saw_whole_list = models.BooleanField(default=False)
    counts = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(
        default=list, blank=True, help_text="Place, found, expected and advice of each."
    )

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%d %B %Y %H:%M}, {self.get_state_display().lower()}"

    @property
    def came(self) -> str:
        """What it found, in words: `3 new documents, 2 made a draft`."""
        new, drafts = (self.counts.get(name, 0) for name in ("found", "draft"))
        said = f"{new or 'no'} new document{'' if new == 1 else 's'}"
        return f"{said}, {drafts} made a draft" if drafts else said


class CollectedPage(models.Model):
    """A council's page on Ofsted's site as it was last sent, so that it is asked for with
    `If-None-Match` and `If-Modified-Since`."""

    url = models.URLField(max_length=500, unique=True)
    council = models.ForeignKey(Council, on_delete=models.CASCADE)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["looked_at", "pk"]

    def __str__(self) -> str:
        return self.url


class CollectedDocument(models.Model):
    """One document listed on a council's page, and what came of reading it."""

    class Outcome(models.TextChoices):
        LISTED = "listed", "Listed, not downloaded yet"
        HELD = "held", "On record"
        DRAFT = "draft", "A draft for a person"
        PUBLISHED = "published", "Published as read"
        OTHER = "other", "Another kind of document"
        FAILED = "failed", "Could not be downloaded"

    url = models.URLField(max_length=500, unique=True)
    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="collected")
    kind_text = models.CharField("kind, as listed", max_length=200)
    kind = models.CharField(max_length=20, choices=CoverageKind.choices(), blank=True)
    publication_date = DayField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.LISTED)
    sha256 = models.CharField(max_length=64, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    first_seen_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField("not listed any more since", null=True, blank=True)
    draft = models.ForeignKey(
        Draft, on_delete=models.SET_NULL, null=True, blank=True, related_name="collected"
    )

    class Meta:
        ordering = ["council", "-publication_date", "pk"]
        constraints = [
            within_years("collected_document_lies_between_1990_and_2099", "publication_date")
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.kind_text} of {self.publication_date}"
