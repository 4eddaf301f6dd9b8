"""The audit is added to and never changed; a person keeps their username and their row."""

from django.db import migrations

from inspections.people import kept


class Migration(migrations.Migration):
    dependencies = [("inspections", "0014_people")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: kept.protect(editor.connection),
            lambda apps, editor: kept.release(editor.connection),
        )
    ]
