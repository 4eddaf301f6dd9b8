"""A council's own register of what it does about the points of a report or letter."""

from django.core.validators import MaxLengthValidator
from django.db import models

from inspections.models.council import Council
from inspections.models.days import DayField, within_years
from inspections.models.fact import Fact
from inspections.vocabulary import ActionState, OwnerRole


class ActionPlan(Fact):
    """Whether a council's register is public: only where somebody switched it on."""

    council = models.OneToOneField(Council, on_delete=models.PROTECT, related_name="action_plan")
    is_public = models.BooleanField("public", default=False)

    def __str__(self) -> str:
        return f"{self.council}: register of its action plan"


class PlannedAction(Fact):
    """What a council says it does about one point, named by its event and number.

    Kept by the council's own officers; the record does not check it. The owner is a role.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="planned_actions")
    event_reference = models.SlugField("report or letter", max_length=60)
    number = models.PositiveSmallIntegerField("number of the point")
    owner_role = models.CharField("owner's role", max_length=30, choices=OwnerRole.choices())
    due_date = DayField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=ActionState.choices(), default=ActionState.NOT_BEGUN.value
    )
    evidence = models.TextField(
        blank=True,
        validators=[MaxLengthValidator(1000)],
        help_text="What shows it. Name no child, family or member of staff.",
    )
    updated_date = DayField("last update")

    class Meta:
        ordering = ["council", "event_reference", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "event_reference", "number"], name="one_action_per_point"
            ),
            within_years("planned_action_lies_between_1990_and_2099", "due_date", "updated_date"),
        ]

    def __str__(self) -> str:
        return f"{self.council}, {self.event_reference}, point {self.number}"
