"""Frameworks, judgement areas, lanes and grades: rows, so that the next one needs no code."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from inspections.models.days import DayField, in_order, within_years
from inspections.models.fact import Fact
from inspections.rules import consistency
from inspections.vocabulary import Continuation


class GradeScale(Fact):
    """The set of grades that a framework uses."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Grade(Fact):
    """One step of a scale. Order 1 is the best; grades are compared, never averaged."""

    scale = models.ForeignKey(GradeScale, on_delete=models.PROTECT, related_name="grades")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    official_name = models.CharField(max_length=80, help_text="As printed in the reports.")
    letter = models.CharField(max_length=3, help_text="Shown in every mark beside the colour.")
    order = models.PositiveSmallIntegerField(help_text="1 is the best grade of the scale.")
    colour = models.SlugField(max_length=40, help_text="A colour token of the charts' theme.")
    is_inadequate = models.BooleanField(
        default=False, help_text="The grade after which a council is monitored."
    )
    is_good_or_better = models.BooleanField(
        default=False, help_text='Counts as "good or outstanding" in statistics and windows.'
    )

    class Meta:
        ordering = ["scale", "order"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "code"], name="one_grade_code_per_scale"),
            models.UniqueConstraint(fields=["scale", "order"], name="one_grade_per_step"),
            models.UniqueConstraint(fields=["scale", "letter"], name="one_letter_per_grade"),
            models.CheckConstraint(name="grade_order_starts_at_1", condition=Q(order__gte=1)),
            models.CheckConstraint(
                name="a_grade_is_not_both_good_and_inadequate",
                condition=Q(is_inadequate=False) | Q(is_good_or_better=False),
                violation_error_message="A grade cannot be good or better and inadequate.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A grade that has been given stays on the scale of the framework it was given under."""
        if not self.pk or not self.scale_id:
            return
        if self.judgements.exclude(area__framework__scale=self.scale_id).exists():
            raise ValidationError({"scale": f"{self.name} has been given on another scale."})


class Lane(Fact):
    """A row of a chart over time. Lanes place areas; they do not make them comparable."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(unique=True)
    is_overall = models.BooleanField(default=False)
    is_core = models.BooleanField(
        default=False, help_text="Offered as an area on the England and councils pages."
    )
    is_leaders = models.BooleanField(
        default=False, help_text="The judgement on leaders, in the rule for kinds of outcome."
    )
    is_practice = models.BooleanField(
        default=False,
        help_text="A judgement on practice with children, in the rule for kinds of outcome.",
    )

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_overall"], condition=Q(is_overall=True), name="one_overall_lane"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Framework(Fact):
    """The rules under which inspections of a time were made."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=60, help_text="For the bands of a chart.")
    scale = models.ForeignKey(GradeScale, on_delete=models.PROTECT, related_name="frameworks")
    in_force_from = DayField()
    in_force_to = DayField(null=True, blank=True)
    is_whole_service = models.BooleanField(
        help_text="Covers the whole of children's services, so that its inspections count as "
        "full inspections in statistics and intervals."
    )
    next_due_year = models.PositiveSmallIntegerField(
        "year in which the next is due", null=True, blank=True, help_text="As announced."
    )
    next_due_source = models.CharField(
        "who announced that", max_length=300, blank=True, default="", db_default=""
    )
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["in_force_from"]
        constraints = [
            in_order(
                "framework_ends_after_it_starts", "in_force_from", "in_force_to",
                "A framework's last day must not be before its first.", unknown=("in_force_to",),
            ),
            within_years("framework_lies_between_1990_and_2099", "in_force_from", "in_force_to"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.short_name

    def clean(self) -> None:
        """Neither the days nor the scale may leave out what was judged under the framework."""
        if not self.pk or not self.in_force_from:
            return
        found: list[consistency.Complaint] = []
        given = Grade.objects.filter(judgements__area__framework=self)
        if self.scale_id and given.exclude(scale=self.scale_id).exists():
            found.append(("scale", "Grades of another scale have been given under it."))
        starts = self.inspections.filter(start_date__isnull=False)
        first = starts.filter(start_date__lt=self.in_force_from).first()
        if first:
            found.append(("in_force_from", f"{first} under it began on {first.start_date}."))
        last = self.in_force_to and starts.filter(start_date__gt=self.in_force_to).first()
        if last:
            found.append(("in_force_to", f"{last} under it began on {last.start_date}."))
        if found:
            raise ValidationError(consistency.by_field(found))


class JudgementArea(Fact):
    """What is graded under a framework. An area in two lanes is judged together as one."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="areas")
    code = models.SlugField(max_length=40)
    official_name = models.CharField(max_length=200, help_text="As printed in the reports.")
    short_name = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(help_text="Order of printing, from 1.")
    is_overall = models.BooleanField(default=False)
    is_part = models.BooleanField(
        default=False, help_text="A graded part of another judgement of the same inspection."
    )
    lanes = models.ManyToManyField(Lane, related_name="areas", blank=True)

    _history_m2m_fields: ClassVar = [lanes]

    class Meta:
        ordering = ["framework", "order"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="one_area_per_code"),
            models.UniqueConstraint(fields=["framework", "order"], name="one_area_per_place"),
            models.UniqueConstraint(
                fields=["framework"],
                condition=Q(is_overall=True),
                name="at_most_one_overall_area_per_framework",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_name} ({self.framework})"

    def clean(self) -> None:
        """An area that has been judged stays with its framework."""
        if not self.pk or not self.framework_id:
            return
        if self.judgements.exclude(inspection__framework=self.framework_id).exists():
            raise ValidationError(
                {"framework": f"{self.short_name} has been judged under another framework."}
            )


class AreaContinuation(Fact):
    """Says that an area of an earlier framework lives on in a later one, and how.

    Only areas joined by an unbroken chain of `same` or `renamed` are compared; anything else is
    "not comparable", with the reason taken from the first other link.
    """

    earlier = models.ForeignKey(JudgementArea, on_delete=models.CASCADE, related_name="later_links")
    later = models.ForeignKey(
        JudgementArea,
        on_delete=models.CASCADE,
        related_name="earlier_links",
        null=True,
        blank=True,
        help_text="Left empty where the area ended.",
    )
    kind = models.CharField(max_length=10, choices=Continuation.choices())
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["later", "earlier"]
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="one_link_per_pair_of_areas"),
            models.CheckConstraint(
                name="only_an_area_that_ended_has_no_later_one",
                condition=Q(kind="ended", later__isnull=True)
                | (~Q(kind="ended") & Q(later__isnull=False)),
                violation_error_message="Name the later area, unless the area ended.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later or 'nothing'}: {self.get_kind_display()}"

    def clean(self) -> None:
        if self.earlier_id and self.later:
            first, then = self.earlier.framework, self.later.framework
            if first.in_force_from >= then.in_force_from:
                raise ValidationError("The later area must belong to a later framework.")
