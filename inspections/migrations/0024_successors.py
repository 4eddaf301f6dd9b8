from django.db import migrations, models


def take_out_what_has_no_code(apps, schema_editor):
    """The version before has no council without its codes, and a district leads to one council."""
    alias = schema_editor.connection.alias
    councils = apps.get_model("inspections", "Council")._base_manager.using(alias)
    without = models.Q(ons_code="") | models.Q(dfe_code="") | models.Q(ofsted_urn="")
    councils.filter(without).delete()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0023_other_bodies'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='councilalias',
            name='a_former_code_leads_to_one_council',
        ),
        migrations.AlterField(
            model_name='council',
            name='dfe_code',
            field=models.CharField(blank=True, max_length=3, verbose_name='DfE code'),
        ),
        migrations.AlterField(
            model_name='council',
            name='ofsted_urn',
            field=models.CharField(blank=True, max_length=10, verbose_name='Ofsted number'),
        ),
        migrations.AlterField(
            model_name='council',
            name='ons_code',
            field=models.CharField(blank=True, max_length=9, verbose_name='ONS code'),
        ),
        migrations.AlterField(
            model_name='historicalcouncil',
            name='dfe_code',
            field=models.CharField(blank=True, max_length=3, verbose_name='DfE code'),
        ),
        migrations.AlterField(
            model_name='historicalcouncil',
            name='ofsted_urn',
            field=models.CharField(blank=True, max_length=10, verbose_name='Ofsted number'),
        ),
        migrations.AlterField(
            model_name='historicalcouncil',
            name='ons_code',
            field=models.CharField(blank=True, max_length=9, verbose_name='ONS code'),
        ),
        migrations.AddConstraint(
            model_name='council',
            constraint=models.UniqueConstraint(condition=models.Q(('ons_code', ''), _negated=True), fields=('ons_code',), name='one_council_per_ons_code', violation_error_message='Another council has this ONS code.'),
        ),
        migrations.AddConstraint(
            model_name='council',
            constraint=models.UniqueConstraint(condition=models.Q(('dfe_code', ''), _negated=True), fields=('dfe_code',), name='one_council_per_dfe_code', violation_error_message='Another council has this DfE code.'),
        ),
        migrations.AddConstraint(
            model_name='council',
            constraint=models.UniqueConstraint(condition=models.Q(('ofsted_urn', ''), _negated=True), fields=('ofsted_urn',), name='one_council_per_ofsted_urn', violation_error_message='Another council has this Ofsted number.'),
        ),
        migrations.AddConstraint(
            model_name='councilalias',
            constraint=models.UniqueConstraint(condition=models.Q(('scheme__in', ['name', 'trust', 'district']), _negated=True), fields=('scheme', 'value'), name='a_former_code_leads_to_one_council'),
        ),
        migrations.RunPython(migrations.RunPython.noop, take_out_what_has_no_code),
    ]
