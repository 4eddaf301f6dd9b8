"""Keeps which record was loaded when; one loaded before counts from its first councils on."""

from django.db import migrations, models


def release_loaded_before(apps, schema_editor):
    state = apps.get_model("inspections", "RecordState").objects.filter(pk=1).first()
    if state is None or state.as_at_date is None:
        return
    councils = apps.get_model("inspections", "HistoricalCouncil").objects
    first = councils.order_by("history_date").values_list("history_date", flat=True).first()
    apps.get_model("inspections", "Release").objects.create(
        as_at_date=state.as_at_date, loaded_at=first or state.changed_at
    )


class Migration(migrations.Migration):
    dependencies = [("inspections", "0002_expectations_and_statistics")]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_at_date", models.DateField()),
                ("loaded_at", models.DateTimeField()),
            ],
            options={"ordering": ["-loaded_at", "-pk"]},
        ),
        migrations.RunPython(release_loaded_before, migrations.RunPython.noop),
    ]
