"""What readers said is wrong, and what staff answered."""

from django.db import models


class ErrorReport(models.Model):
    """One report of an error in one fact. `about` is the page's address, as it was asked for."""

    class State(models.TextChoices):
        OPEN = "open", "To be answered"
        CORRECTED = "corrected", "Corrected"
        DECLINED = "declined", "Declined"

    about = models.CharField("page", max_length=300)
    fact = models.CharField(max_length=100, blank=True)
    said = models.TextField("what is wrong", max_length=2000)
    where = models.CharField("where it can be checked", max_length=500, blank=True)
    email = models.EmailField(blank=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField("reason", max_length=2000, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["state", "-made_at"])]
        constraints = [
            models.CheckConstraint(
                name="an_answer_has_a_reason",
                condition=models.Q(state="open") | ~models.Q(answer=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}, {self.fact or 'the page'}"
