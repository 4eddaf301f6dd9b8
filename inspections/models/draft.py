"""What is being entered: an inspection or a visit that only staff see."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.council import Council
from inspections.models.inspection import Inspection
from inspections.models.visit import Visit


class Draft(models.Model):
    """One inspection or visit on its way to the public pages: typed, or read from a document.

    `facts` maps a fact's name to its text as an import writes it: `kind`, `framework`, days as
    YYYY-MM-DD, `grade:<area>` to a grade's code. A fact that nobody knows yet is not in it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        SCHEDULED = "scheduled", "Scheduled"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DISCARDED = "discarded", "Discarded"

    class Origin(models.TextChoices):
        TYPED = "typed", "Typed"
        UPLOADED = "uploaded", "Read from an uploaded document"
        COLLECTED = "collected", "Collected from Ofsted's site"

    WAITING = (State.DRAFT, State.IN_REVIEW, State.SCHEDULED)
    DONE = (State.PUBLISHED, State.WITHDRAWN)

    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.TYPED)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, blank=True)
    is_visit = models.BooleanField(default=False)
    facts = models.JSONField(default=dict, blank=True)
    places = models.JSONField(default=dict, blank=True, help_text="Fact to page, as read.")
    points = models.JSONField(
        default=list, blank=True, help_text="Text, page and is_priority_action of each, in order."
    )
    problems = models.JSONField(
        default=list, blank=True, help_text="What the reader could not settle, and for a person."
    )
    document_url = models.URLField("address of the document", max_length=500, blank=True)
    document = models.FileField(upload_to="documents/", blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    typed = models.JSONField(
        default=dict, blank=True, help_text="Field to text that could not be understood yet."
    )
    reasons = models.JSONField(
        default=dict, blank=True, help_text="Rule to the reason why what is unusual is right."
    )
    is_another = models.CharField(
        "why it is another than one on record", max_length=250, blank=True
    )
    token = models.CharField(
        "of the form that began it", max_length=32, unique=True, null=True, blank=True
    )
    scheduled_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="drafts",
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, null=True, blank=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        permissions = [("review_draft", "Can publish what others entered")]
        indexes = [models.Index(fields=["state", "-changed_at"])]
        constraints = [
            models.CheckConstraint(
                name="draft_became_an_inspection_or_a_visit",
                condition=Q(inspection__isnull=True) | Q(visit__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["document_url"],
                condition=~Q(document_url="") & Q(state__in=["draft", "in_review", "scheduled"]),
                name="one_waiting_draft_per_document",
            ),
        ]

    def __str__(self) -> str:
        what = "visit" if self.is_visit else "inspection"
        return f"{self.council or 'No council yet'}, {what}: {self.get_state_display().lower()}"
