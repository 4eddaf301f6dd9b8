"""Bounds on every date, a list of conflicts with the shipped record, corrections of every fact."""

from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import inspections.models.user

FIRST, LAST = 1990, 2099
DAYS = (
    # model, what its constraint calls it, its dates, the first year
    ("Council", "council", ("opened_date", "closed_date"), 1800),
    ("CountedLate", "counted_late", ("as_at_date",), FIRST),
    ("Coverage", "coverage", ("complete_from_date", "complete_to_date"), FIRST),
    ("Framework", "framework", ("in_force_from", "in_force_to"), FIRST),
    ("Inspection", "inspection", ("start_date", "end_date", "publication_date"), FIRST),
    ("InspectionPause", "pause", ("first_date", "last_date"), FIRST),
    ("OfficialFigure", "figure", ("as_at_date", "from_date", "cut_off_date", "earlier_cut_off_date"), FIRST),
    ("PollingDay", "polling_day", ("polling_date",), FIRST),
    ("Source", "source", ("published_date",), FIRST),
    ("Statement", "statement", ("stated_date", "expected_from_date", "expected_to_date"), FIRST),
    ("Visit", "visit", ("start_date", "end_date", "publication_date"), FIRST),
)
CORRECTED = [
    ("council", "Council"),
    ("inspection", "Inspection"),
    ("visit", "Visit"),
    ("judgement", "Judgement"),
    ("statement", "Statement"),
    ("grade_scale", "Scale of grades"),
    ("grade", "Grade"),
    ("lane", "Area on the charts"),
    ("framework", "Framework"),
    ("area", "Judged area"),
    ("continuation", "How an area lives on"),
    ("alias", "Other name or former code"),
    ("neighbour", "Statistical neighbour"),
    ("source", "Source"),
    ("citation", "Cited source"),
    ("official_figure", "Official figure"),
    ("counted_late", "Inspection counted late"),
    ("pause", "Pause of inspections"),
    ("polling_day", "Polling day"),
    ("coverage", "Coverage of the record"),
]


class DayOutOfBoundsError(Exception):
    """Rows that the bounds would refuse; the message names them."""


def between(first_year):
    return date(first_year, 1, 1), date(LAST, 12, 31)


def refuse_what_lies_outside(apps, schema_editor):
    """Names every row that the bounds would refuse: nobody but a person knows the right day."""
    found = []
    for name, _, fields, first_year in DAYS:
        model = apps.get_model("inspections", name)
        for field in fields:
            outside = Q(**{f"{field}__isnull": False}) & ~Q(**{f"{field}__range": between(first_year)})
            for pk, day in model.objects.filter(outside).values_list("pk", field):
                found.append(f"{name} {pk}: {field} {day}")
    if found:
        raise DayOutOfBoundsError(
            f"{len(found)} days lie outside the years that a record can have; correct them in the "
            f"admin of the release that runs now, then upgrade again. {'; '.join(found)}"
        )


def bounds(name, fields, first_year):
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": between(first_year)})
    return models.CheckConstraint(
        name=f"{name}_lies_between_{first_year}_and_{LAST}",
        condition=condition,
        violation_error_message=f"A day lies outside the years {first_year} to {LAST}.",
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("inspections", "0006_one_record"),
    ]

    operations = [
        migrations.RunPython(refuse_what_lies_outside, migrations.RunPython.noop),
        *(
            migrations.AddConstraint(model, bounds(name, fields, first_year))
            for model, name, fields, first_year in DAYS
        ),
        migrations.AddConstraint(
            "StatisticalNeighbour",
            models.CheckConstraint(
                name="neighbour_model_lies_between_1990_and_2099",
                condition=Q(model_year__range=(FIRST, LAST)),
                violation_error_message="The model's year must lie between 1990 and 2099.",
            ),
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=250)),
                ("field", models.CharField(blank=True, max_length=60)),
                ("row", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="primary key of the row")),
                ("held", models.TextField(blank=True, verbose_name="in the record")),
                ("shipped", models.TextField(blank=True, verbose_name="in the shipped record")),
                ("value", models.JSONField(blank=True, editable=False, null=True)),
                ("release_date", models.DateField(verbose_name="shipped record as at")),
                ("found_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Open"),
                            ("kept", "Kept as entered"),
                            ("taken", "Taken as shipped"),
                            ("agreed", "They agree again"),
                        ],
                        default="",
                        max_length=6,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["table", "key", "field", "-pk"],
                "verbose_name": "difference from the shipped record",
                "verbose_name_plural": "differences from the shipped record",
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(outcome=""),
                        fields=("table", "key", "field"),
                        name="one_open_conflict_per_field",
                    )
                ],
            },
        ),
        migrations.AlterField(
            "Correction",
            "council",
            models.ForeignKey(
                blank=True,
                help_text="Empty for what no council owns: a framework, a grade, a source.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="inspections.council",
            ),
        ),
        migrations.AlterField(
            "Correction",
            "event_reference",
            models.CharField(
                blank=True,
                help_text="Of the event or statement; else the key that names the row among its kind.",
                max_length=160,
            ),
        ),
        migrations.AlterField(
            "Correction", "kind", models.CharField(choices=CORRECTED, max_length=20)
        ),
        migrations.AlterModelManagers(
            "User", managers=[("objects", inspections.models.user.PersonManager())]
        ),
    ]
