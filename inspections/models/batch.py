"""Many documents brought at once: where they lie, how far their reading is, what came of them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from inspections.models.draft import Draft
from inspections.models.imports import ImportRun

STALLED = timedelta(minutes=5)
"""One file is read in less."""


class Batch(models.Model):
    """Files brought together. `looked`: the run that compared; `saved`: the one that wrote."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for the worker"
        READING = "reading", "Being read"
        READ = "read", "Read: to be confirmed"
        SAVING = "saving", "Being saved"
        SAVED = "saved", "Saved"
        DISCARDED = "discarded", "Thrown away"

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    token = models.CharField(max_length=32, unique=True)
    folder = models.CharField(max_length=100)
    names = models.JSONField(default=list, help_text="The files' own names, in order.")
    read_count = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="batches"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    looked = models.ForeignKey(
        ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    saved = models.ForeignKey(
        ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    drafts = models.ManyToManyField(Draft, blank=True, related_name="batches")

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{len(self.names)} files of {self.made_at:%d %B %Y %H:%M}"

    @property
    def is_busy(self) -> bool:
        """Is it the worker's turn?"""
        return self.state in {self.State.WAITING, self.State.READING, self.State.SAVING}

    @property
    def is_stalled(self) -> bool:
        """Has the worker done nothing of it for so long that it may have been killed?"""
        return self.is_busy and timezone.now() - self.changed_at > STALLED
