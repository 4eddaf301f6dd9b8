"""The state of the record itself: what was loaded, what changed, what is excepted."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.council import Council
from inspections.models.days import DayField, in_order, within_years
from inspections.models.fact import Fact
from inspections.vocabulary import CorrectedKind, CoverageKind

LONGEST_REFERENCE = 160


class RecordState(models.Model):
    """One row: the version that every change raises, and what the shipped record was.

    Pages depend on nothing but the identity, their address and the reader's theme. The identity
    is drawn by chance with every version, so that a restored backup never repeats one.
    """

    version = models.PositiveBigIntegerField(default=0)
    identity = models.CharField(max_length=32, default="", blank=True)
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


class RecordMoment(models.Model):
    """When a version of the record was made: between two of them nothing changed."""

    version = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"version {self.version}, {self.made_at:%d %B %Y %H:%M:%S}"


class Coverage(Fact):
    """The days between which the record is complete for one kind of fact.

    Nothing may be said of a later day that rests on something not having happened.
    """

    kind = models.CharField(max_length=20, choices=CoverageKind.choices(), unique=True)
    complete_from_date = DayField("complete from", null=True, blank=True)
    complete_to_date = DayField("complete to")
    note = models.CharField(max_length=300, blank=True)
    source_text = models.CharField("source", max_length=300)

    class Meta:
        ordering = ["kind"]
        constraints = [
            in_order(
                "coverage_ends_after_it_starts", "complete_from_date", "complete_to_date",
                unknown=("complete_from_date",),
            ),
            within_years(
                "coverage_lies_between_1990_and_2099", "complete_from_date", "complete_to_date"
            ),
        ]  # fmt: skip
        verbose_name = "coverage of the record"
        verbose_name_plural = "coverage of the record"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: complete to {self.complete_to_date}"


class CorrectionQuerySet(models.QuerySet):
    def known_at(self, moment: datetime | None) -> "CorrectionQuerySet":
        """The log as it stood at the moment; all of it where that is not pinned."""
        return self if moment is None else self.filter(corrected_at__lte=moment)


class Correction(models.Model):
    """A change of a published fact, with its reason: what the corrections log shows.

    `was_ofsteds` marks an error in Ofsted's own publication that the record does not
    repeat; the others are corrections of what this site showed.
    """

    council = models.ForeignKey(
        Council,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        help_text="Empty for what no council owns: a framework, a grade, a source.",
    )
    kind = models.CharField(max_length=20, choices=CorrectedKind.choices())
    event_reference = models.CharField(
        max_length=LONGEST_REFERENCE,
        blank=True,
        help_text="Of the event or statement; else the key that names the row among its kind.",
    )
    area = models.CharField(max_length=60, blank=True, help_text="Code of the judged area.")
    field = models.CharField(max_length=60, help_text="The field's name, never its label.")
    subject_date = models.DateField(null=True, blank=True, help_text="The event's day then.")
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
        return f"{self.kind} {self.event_reference}, {self.field}: {self.old} → {self.new}"


class Conflict(models.Model):
    """Where a shipped record and what a person entered differ, until somebody settles it.

    Loading leaves the person's value. `field` is the model's; empty where the row itself was
    withdrawn here. `value` is what the shipped record wants, as the field keeps it: a list of
    keys for a list of rows, every field for a row.
    """

    class Outcome(models.TextChoices):
        OPEN = "", "Open"
        KEPT = "kept", "Kept as entered"
        TAKEN = "taken", "Taken as shipped"
        AGREED = "agreed", "They agree again"

    table = models.CharField(max_length=40)
    key = models.CharField(max_length=250)
    field = models.CharField(max_length=60, blank=True)
    row = models.PositiveBigIntegerField("primary key of the row", null=True, blank=True)
    held = models.TextField("in the record", blank=True)
    shipped = models.TextField("in the shipped record", blank=True)
    value = models.JSONField(null=True, blank=True, editable=False)
    release_date = models.DateField("shipped record as at")
    found_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=6, choices=Outcome.choices, default=Outcome.OPEN, blank=True
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        ordering = ["table", "key", "field", "-pk"]
        verbose_name = "difference from the shipped record"
        verbose_name_plural = "differences from the shipped record"
        constraints = [
            models.UniqueConstraint(
                fields=["table", "key", "field"],
                condition=Q(outcome=""),
                name="one_open_conflict_per_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}, {self.key}: {self.field or 'withdrawn'}"


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
