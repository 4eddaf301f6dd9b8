"""The record in memory: no kept tables, an identity, the days it covers, corrections by keys."""

import secrets

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

STATEMENT = "statement:"
COVERAGE = [
    ("full_inspections", "Full inspections"),
    ("focused_visit", "Focused visits"),
    ("monitoring_visit", "Monitoring visits"),
    ("assurance_visit", "Assurance visits"),
    ("jtai", "Joint targeted area inspections"),
]
CORRECTED = [
    ("council", "Council"),
    ("inspection", "Inspection"),
    ("visit", "Visit"),
    ("judgement", "Judgement"),
    ("statement", "Statement"),
]


def rows_of(apps, schema_editor):
    """By a model's name: its rows in the database that is migrated."""
    db = schema_editor.connection.alias
    return lambda name: apps.get_model("inspections", name).objects.using(db)


def name_the_record(apps, schema_editor):
    """The present version gets an identity and the moment at which it was made."""
    rows = rows_of(apps, schema_editor)
    for state in rows("RecordState").filter(version__gt=0):
        rows("RecordState").filter(pk=state.pk).update(identity=secrets.token_hex(16))
        rows("RecordMoment").create(version=state.version, made_at=state.changed_at)


def name_corrections_by_keys(apps, schema_editor):
    """Each entry's words, as this release wrote them, become kind, area and field."""
    rows = rows_of(apps, schema_editor)
    labels = {
        kind: {
            str(field.verbose_name): field.name
            for field in (*meta.concrete_fields, *meta.many_to_many)
        }
        for kind, model in (
            ("council", "Council"),
            ("inspection", "Inspection"),
            ("visit", "Visit"),
            ("judgement", "Judgement"),
            ("statement", "Statement"),
        )
        for meta in [rows(model).model._meta]
    }
    for entry in rows("Correction").order_by("pk"):
        owned = {"council_id": entry.council_id}
        reference = entry.event_reference
        entry.kind = "council"
        if reference.startswith(STATEMENT):
            entry.kind, short = "statement", reference.removeprefix(STATEMENT)
            near = rows("Statement").filter(**owned, reference__startswith=short)
            stated = near.filter(reference=short).first() or near.order_by("reference").first()
            entry.event_reference = stated.reference if stated else short
            entry.subject_date = stated.stated_date if stated else None
        elif reference:
            visit = rows("Visit").filter(**owned, reference=reference).first()
            inspection = rows("Inspection").filter(**owned, reference=reference).first()
            event = inspection or visit
            entry.kind = "visit" if visit and not inspection else "inspection"
            if event:
                entry.subject_date = event.start_date or event.publication_date
            area = area_named(rows, inspection, entry.subject) if inspection else None
            if area:
                entry.kind, entry.area = "judgement", area.code
        entry.field = labels[entry.kind].get(entry.field, entry.field)
        entry.save()


def area_named(rows, inspection, subject):
    """The area that a subject such as `Inspection of July 2022, leaders` ends with, or None.

    By the name that it has or had: an entry keeps the words of its day. Of two names that fit,
    such as `care` and `help, care`, the longer one.
    """
    found = {}
    for area in inspection.framework.areas.all():
        kept = rows("HistoricalJudgementArea").filter(id=area.pk)
        for name in {area.short_name, *kept.values_list("short_name", flat=True)}:
            if subject.lower().endswith(f", {name.lower()}"):
                found[len(name)] = area
    return found[max(found)] if found else None


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("inspections", "0005_waits_by_lane"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordMoment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveBigIntegerField()),
                ("made_at", models.DateTimeField(db_index=True)),
            ],
            options={"ordering": ["made_at"]},
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=COVERAGE, max_length=20, unique=True)),
                ("complete_from_date", models.DateField(blank=True, null=True, verbose_name="complete from")),
                ("complete_to_date", models.DateField(verbose_name="complete to")),
                ("note", models.CharField(blank=True, max_length=300)),
                ("source_text", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "ordering": ["kind"],
                "verbose_name": "coverage of the record",
                "verbose_name_plural": "coverage of the record",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("complete_from_date__isnull", True))
                        | models.Q(("complete_to_date__gte", models.F("complete_from_date"))),
                        name="coverage_ends_after_it_starts",
                        violation_error_message="The last day must not be before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCoverage",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("kind", models.CharField(choices=COVERAGE, db_index=True, max_length=20)),
                ("complete_from_date", models.DateField(blank=True, null=True, verbose_name="complete from")),
                ("complete_to_date", models.DateField(verbose_name="complete to")),
                ("note", models.CharField(blank=True, max_length=300)),
                ("source_text", models.CharField(max_length=300, verbose_name="source")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical coverage of the record",
                "verbose_name_plural": "historical coverage of the record",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            "RecordState", "identity", models.CharField(blank=True, default="", max_length=32)
        ),
        migrations.AddField(
            "Correction",
            "kind",
            models.CharField(choices=CORRECTED, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            "Correction",
            "area",
            models.CharField(blank=True, default="", help_text="Code of the judged area.", max_length=60),
            preserve_default=False,
        ),
        migrations.AlterField(
            "Correction",
            "area",
            models.CharField(blank=True, help_text="Code of the judged area.", max_length=60),
        ),
        migrations.AddField(
            "Correction",
            "subject_date",
            models.DateField(blank=True, help_text="The event's day then.", null=True),
        ),
        migrations.AlterField(
            "Correction",
            "field",
            models.CharField(help_text="The field's name, never its label.", max_length=60),
        ),
        migrations.RunPython(name_the_record, migrations.RunPython.noop),
        migrations.RunPython(name_corrections_by_keys, migrations.RunPython.noop),
        migrations.RemoveField("Correction", "subject"),
        migrations.DeleteModel("LaneWait"),
        migrations.DeleteModel("Tally"),
        migrations.DeleteModel("Wait"),
        migrations.DeleteModel("BacktestScore"),
    ]
