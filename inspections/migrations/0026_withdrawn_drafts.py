from django.db import migrations, models
from django.db.models import Q

STATES = [('draft', 'Draft'), ('in_review', 'In review'), ('scheduled', 'Scheduled'), ('published', 'Published'), ('withdrawn', 'Withdrawn'), ('discarded', 'Discarded')]


def mark_withdrawn(apps, schema_editor):
    drafts = apps.get_model("inspections", "Draft").objects.using(schema_editor.connection.alias)
    gone = Q(inspection__status="withdrawn") | Q(visit__status="withdrawn")
    pks = list(drafts.filter(gone, state="published").values_list("pk", flat=True))
    drafts.filter(pk__in=pks).update(state="withdrawn")


def mark_published(apps, schema_editor):
    drafts = apps.get_model("inspections", "Draft").objects.using(schema_editor.connection.alias)
    drafts.filter(state="withdrawn").update(state="published")


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0025_next_framework'),
    ]

    operations = [
        migrations.AlterField(
            model_name='draft',
            name='state',
            field=models.CharField(choices=STATES, default='draft', max_length=10),
        ),
        migrations.RunPython(mark_withdrawn, mark_published),
    ]
