"""What inspectors asked for: the points of reports and letters, and the themes they raise."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import ProtectedError

from inspections.models.event import of_one_event
from inspections.models.fact import Fact
from inspections.models.inspection import Inspection
from inspections.models.source import Source
from inspections.models.visit import Visit
from inspections.rules import consistency
from inspections.vocabulary import PointKind, ThemeBasis

LONGEST_SENTENCE = 4000  # characters


class Theme(Fact):
    """One of the groups under which points are sorted, with two questions worth asking.

    A change of meaning is a new version: points sorted by an earlier one say so.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=30)
    order = models.PositiveSmallIntegerField()
    definition = models.TextField(validators=[MaxLengthValidator(600)])
    belongs_elsewhere = models.TextField(
        blank=True,
        validators=[MaxLengthValidator(400)],
        help_text="What is sorted under other themes, each named by its code.",
    )
    question_1 = models.CharField("a question worth asking", max_length=250)
    question_2 = models.CharField("another question", max_length=250)
    version = models.PositiveSmallIntegerField(
        default=1, help_text="Raised with every change of meaning."
    )

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises ProtectedError while a point raises the theme."""
        near = ImprovementPoint.objects.filter(themes__contains=self.code)
        using: set[models.Model] = {point for point in near if self.code in point.themes.split("|")}
        if using:
            raise ProtectedError(f"{self} is raised by points.", using)
        return super().delete(*args, **kwargs)


class ImprovementPoint(Fact):
    """One thing that a report or letter asks for: an improvement point or a priority action.

    Ofsted's sentence is kept where it was imported or entered here; `source` is the document
    that it was read from. The shipped record has number, page, kind and themes alone.
    """

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, null=True, blank=True, related_name="points"
    )
    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, null=True, blank=True, related_name="points"
    )
    number = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)],
        help_text="From 1: areas for priority action, then the others, as printed.",
    )
    kind = models.CharField(
        max_length=20, choices=PointKind.choices(), default=PointKind.IMPROVEMENT.value
    )
    page = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Of the document; empty where the point was typed.",
    )
    themes = models.CharField(
        max_length=500, blank=True, help_text="Codes of themes parted by |, in their order."
    )
    basis = models.CharField(
        "themes chosen",
        max_length=10,
        choices=ThemeBasis.choices(),
        default=ThemeBasis.UNSURE.value,
    )
    themes_version = models.PositiveSmallIntegerField("version of the themes", default=1)
    text = models.TextField(
        "sentence", blank=True, validators=[MaxLengthValidator(LONGEST_SENTENCE)]
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="improvement_points",
        help_text="The document that the sentence was read from.",
    )

    class Meta:
        ordering = ["inspection", "visit", "number"]
        constraints = of_one_event(
            "point_is_of_an_inspection_or_a_visit",
            "one_point_per_{}_and_number",
            "{}",
            "number",
            message="A point is of an inspection or of a visit.",
            twice="This {} has a point of this number already.",
        )

    def __str__(self) -> str:
        return f"{self.event}, point {self.number}"

    @property
    def event(self) -> Inspection | Visit | None:
        return self.inspection or self.visit

    def clean(self) -> None:
        found = consistency.theme_complaints(
            self.themes.split("|"), known=list(Theme.objects.values_list("code", flat=True))
        )
        if found:
            raise ValidationError(consistency.by_field(found))
