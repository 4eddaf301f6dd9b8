"""The latest backtest of the windows, kept for the method page."""

from django.db import models


class BacktestScore(models.Model):
    """How one method did on one set of past predictions; see rules/backtest.py.

    The rows of the latest run stand alone: a new run replaces them.
    """

    made_at = models.DateTimeField()
    known_to_date = models.DateField(help_text="The last day of the record it was run on.")
    question = models.CharField(max_length=20)
    method = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    decided = models.PositiveIntegerField()
    inside = models.PositiveIntegerField()
    early = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    undecided = models.PositiveIntegerField()
    without_window = models.PositiveIntegerField()
    inside_share = models.FloatField(null=True)
    inside_share_with_open = models.FloatField(null=True)
    median_width_days = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["question", "method"], name="one_score_per_method"),
        ]

    def __str__(self) -> str:
        return f"{self.question}, {self.method}"
