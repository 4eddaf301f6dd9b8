from django.db import migrations


def shorten(apps, schema_editor):
    """No code before or after its half minute; nothing is kept of how slowly somebody typed."""
    apps.get_model("otp_totp", "TOTPDevice").objects.update(tolerance=0, drift=0)


class Migration(migrations.Migration):

    dependencies = [
        ("inspections", "0028_recovery_codes"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.RunPython(shorten, migrations.RunPython.noop),
    ]
