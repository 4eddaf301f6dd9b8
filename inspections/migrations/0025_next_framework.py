from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0024_successors'),
    ]

    operations = [
        migrations.AddField(
            model_name='framework',
            name='next_due_source',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='who announced that'),
        ),
        migrations.AddField(
            model_name='framework',
            name='next_due_year',
            field=models.PositiveSmallIntegerField(blank=True, help_text='As announced.', null=True, verbose_name='year in which the next is due'),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='next_due_source',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='who announced that'),
        ),
        migrations.AddField(
            model_name='historicalframework',
            name='next_due_year',
            field=models.PositiveSmallIntegerField(blank=True, help_text='As announced.', null=True, verbose_name='year in which the next is due'),
        ),
    ]
