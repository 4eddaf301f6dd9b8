"""Councils responsible for children's services, past and present."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspections.models.days import CouncilDayField, in_order, within_years
from inspections.models.fact import Fact
from inspections.rows import OF_BODIES
from inspections.rules import consistency
from inspections.vocabulary import AliasScheme, CouncilKind, Region

CODES = {"ons_code": "ONS code", "dfe_code": "DfE code", "ofsted_urn": "Ofsted number"}
"""Empty until they are known: a council may be on record before it is given them."""


class CouncilQuerySet(models.QuerySet):
    def existing_on(self, day: date) -> "CouncilQuerySet":
        """Councils that exist on the day; a continuing record counts before it opened too."""
        return self.filter(
            Q(opened_date__isnull=True) | Q(opened_date__lte=day) | Q(is_continuing_record=True),
            Q(closed_date__isnull=True) | Q(closed_date__gte=day),
        )


class Council(Fact):
    """A local authority (Ofsted's word) with duties for children's services."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField("name in full", max_length=150)
    short_name = models.CharField(max_length=100)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    dfe_code = models.CharField("DfE code", max_length=3, blank=True)
    ofsted_urn = models.CharField("Ofsted number", max_length=10, blank=True)
    kind = models.CharField(max_length=30, choices=CouncilKind.choices())
    ons_region = models.CharField("ONS region", max_length=40, choices=Region.choices())
    ofsted_region = models.CharField("Ofsted region", max_length=40, choices=Region.choices())
    opened_date = CouncilDayField("first day", null=True, blank=True)
    closed_date = CouncilDayField("last day", null=True, blank=True)
    is_continuing_record = models.BooleanField(
        default=False,
        help_text="A legal successor whose inspection record Ofsted carries on unbroken, "
        "so that it counts in statistics before its opening date too.",
    )
    website = models.URLField(blank=True)
    notes = models.TextField(blank=True)
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, related_name="successors", blank=True
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["short_name"]
        constraints = [
            in_order(
                "council_closes_after_it_opens", "opened_date", "closed_date",
                "A council's last day must not be before its first.",
                unknown=("closed_date", "opened_date"),
            ),
            within_years(
                "council_lies_between_1800_and_2099",
                "opened_date",
                "closed_date",
                first_year=consistency.FIRST_YEAR_OF_COUNCILS,
            ),
            *(
                models.UniqueConstraint(
                    fields=[code],
                    condition=~Q(**{code: ""}),
                    name=f"one_council_per_{code}",
                    violation_error_message=f"Another council has this {name}.",
                )
                for code, name in CODES.items()
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("dashboard:council", args=[self.slug])

    def clean(self) -> None:
        found = consistency.region_complaints(
            ons_region=self.ons_region, ofsted_region=self.ofsted_region
        )
        if found:
            raise ValidationError(consistency.by_field(found))
        others = Council._base_manager.exclude(pk=self.pk)
        taken = {
            code: f"Another council has this {name}."  # said beside the field, as no constraint is
            for code, name in CODES.items()
            if (value := getattr(self, code)) and others.filter(**{code: value}).exists()
        }
        if taken:
            raise ValidationError(taken)


class CouncilAlias(Fact):
    """Another name or a former code under which a council is found, or a body that leads to it."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="aliases")
    scheme = models.CharField(max_length=12, choices=AliasScheme.choices())
    value = models.CharField(max_length=150)
    note = models.CharField(max_length=200, blank=True, default="", db_default="")
    source_text = models.CharField("source", max_length=300, blank=True, default="", db_default="")

    class Meta:
        ordering = ["council", "scheme", "value"]
        verbose_name_plural = "council aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["council", "scheme", "value"], name="one_alias_once_per_council"
            ),
            models.UniqueConstraint(
                fields=["scheme", "value"],
                condition=~Q(scheme__in=["name", "trust", "district"]),
                name="a_former_code_leads_to_one_council",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.council})"

    def clean(self) -> None:
        """A former code of one council is not another's code of today."""
        if self.scheme in {"", AliasScheme.NAME, *OF_BODIES} or not self.council_id:
            return
        others = Council.objects.exclude(pk=self.council_id)
        holder = others.filter(**{self.scheme: self.value}).first()
        if holder:
            raise ValidationError({"value": f"{self.value} is {holder}'s today."})


class StatisticalNeighbour(Fact):
    """One of the ten councils DfE's model finds most alike; rank 1 is nearest."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="neighbours")
    neighbour = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    model_year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["council", "model_year", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "model_year", "rank"], name="one_neighbour_per_rank"
            ),
            models.CheckConstraint(
                name="a_council_is_not_its_own_neighbour",
                condition=~Q(council=F("neighbour")),
                violation_error_message="A council cannot be its own statistical neighbour.",
            ),
            models.CheckConstraint(
                name="neighbour_model_lies_between_1990_and_2099",
                condition=Q(model_year__range=(consistency.FIRST_YEAR, consistency.LAST_YEAR)),
                violation_error_message="The model's year must lie between 1990 and 2099.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.rank} {self.neighbour}"
