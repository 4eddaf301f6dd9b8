"""What a council says of its inspection, in its own words."""

from django.core.exceptions import ValidationError
from django.db import models

from inspections.models.days import DayField, within_years
from inspections.models.fact import Fact
from inspections.models.inspection import Inspection

LONGEST_COMMENT = 3000


class CouncilComment(Fact):
    """One comment of the council's beside one inspection; nobody here has checked it."""

    inspection = models.OneToOneField(
        Inspection, on_delete=models.PROTECT, related_name="council_comment"
    )
    text = models.TextField(max_length=LONGEST_COMMENT)
    said_by = models.CharField(
        "who speaks for the council", max_length=150, help_text="An office, such as its leader."
    )
    said_date = DayField("day it was said")
    source_url = models.URLField("where it can be read", max_length=500, blank=True)

    class Meta:
        ordering = ["inspection"]
        constraints = [within_years("comment_lies_between_1990_and_2099", "said_date")]

    def clean(self) -> None:
        if len(self.text) > LONGEST_COMMENT:
            found = f"Found {len(self.text)} characters, expected at most {LONGEST_COMMENT}."
            raise ValidationError({"text": found})

    def __str__(self) -> str:
        return f"{self.inspection}: {self.said_by}, {self.said_date}"
