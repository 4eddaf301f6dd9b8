import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from inspections.models.recovery import kept

CODES, SETS = "otp_static_statictoken", "otp_static_staticdevice"


def hash_them(apps, schema_editor):
    """Turns the codes that the release before kept readable into hashes, and empties its tables.

    They stay, empty: the former release goes on with them until it is renewed.
    """
    database = schema_editor.connection
    if CODES not in database.introspection.table_names():
        return
    model = apps.get_model("inspections", "RecoveryCodes")
    by_person: dict[int, list[str]] = {}
    with database.cursor() as cursor:
        cursor.execute(f"SELECT s.user_id, c.token FROM {CODES} c JOIN {SETS} s ON s.id = c.device_id ORDER BY c.id")
        for person, code in cursor.fetchall():
            by_person.setdefault(person, []).append(code)
        for person, codes in by_person.items():
            model.objects.create(user_id=person, name="paper", **kept(codes))
        for table in (CODES, SETS):
            cursor.execute(f"DELETE FROM {table}")


class Migration(migrations.Migration):

    dependencies = [
        ("inspections", "0027_unsent_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecoveryCodes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="The human-readable name of this device.", max_length=64)),
                ("confirmed", models.BooleanField(default=True, help_text="Is this device ready for use?")),
                ("throttling_failure_timestamp", models.DateTimeField(blank=True, default=None, help_text="A timestamp of the last failed verification attempt. Null if last attempt succeeded.", null=True)),
                ("throttling_failure_count", models.PositiveIntegerField(default=0, help_text="Number of successive failed attempts.")),
                ("salt", models.CharField(max_length=32)),
                ("rounds", models.PositiveIntegerField(help_text="That these were made with.")),
                ("hashes", models.JSONField(default=list)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user",), name="one_set_of_recovery_codes_per_person")],
            },
        ),
        migrations.RunPython(hash_them, migrations.RunPython.noop),
    ]
