"""The state of the record itself: what was loaded, what changed, what is excepted."""

from datetime import datetime

from django.conf import settings
from django.db import models

from inspections.models.council import Council

STATEMENT = "statement:"
LONGEST_REFERENCE = 60


def statement_mark(reference: str) -> str:
    """What stands in the log for a statement, where an event's reference stands for an event."""
    return (STATEMENT + reference)[:LONGEST_REFERENCE]


class RecordState(models.Model):
    """One row: the version that every change raises, and what the shipped record was.

    Pages depend on nothing but this version, their address and the reader's theme.
    """

    version = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)
    as_at_date = models.DateField(null=True, blank=True, help_text="As the shipped record says.")
    compiled_date = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the loaded files.")

    def __str__(self) -> str:
        return f"version {self.version}"


class Release(models.Model):
    """A record that was loaded here: up to which day it was complete, and when it came.

    Windows are reckoned as at that day, so a pinned link asks which release was here then.
    """

    as_at_date = models.DateField()
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-loaded_at", "-pk"]

    def __str__(self) -> str:
        return f"complete to {self.as_at_date}, loaded {self.loaded_at:%d %B %Y}"


class CorrectionQuerySet(models.QuerySet):
    def known_at(self, moment: datetime | None) -> "CorrectionQuerySet":
        """The log as it stood at the moment; all of it where that is not pinned."""
        return self if moment is None else self.filter(corrected_at__lte=moment)


class Correction(models.Model):
    """A change of a published fact, with its reason: what the corrections log shows.

    `was_ofsteds` marks an error in Ofsted's own publication that the record does not
    repeat; the others are corrections of what this site showed.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="corrections")
    event_reference = models.CharField(max_length=LONGEST_REFERENCE, blank=True)
    subject = models.CharField(max_length=200, help_text="What was corrected, in words.")
    field = models.CharField(max_length=60)
    old = models.CharField(max_length=2000, blank=True)
    new = models.CharField(max_length=2000, blank=True)
    reason = models.TextField()
    source_text = models.CharField("source", max_length=300, blank=True)
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True
    )
    was_ofsteds = models.BooleanField(default=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-corrected_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject}: {self.old} → {self.new}"


class RuleException(models.Model):
    """A recorded exception to a rule of `check_record`, with the source that bears it out."""

    rule = models.CharField(max_length=60)
    subject = models.CharField(max_length=150, help_text="Council and reference.")
    reason = models.TextField()
    source_text = models.CharField("source", max_length=300)

    class Meta:
        ordering = ["rule", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "subject"], name="one_exception_per_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.subject}"
