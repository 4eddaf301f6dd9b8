import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("inspections", "0026_withdrawn_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnsentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=300)),
                ("typed", models.TextField(help_text="As the body of a form.")),
                ("kept_at", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["-kept_at"],
                "constraints": [models.UniqueConstraint(fields=("person", "path"), name="one_unsent_form_per_page")],
            },
        ),
    ]
