from uuid import uuid4

from django.db import migrations, models

from relations.models.versions import unwatch, watch

# What the public pages are made of.
TABLES = [
    f'relations_{name}'
    for name in (
        'agreement', 'agreement_sectors', 'citation', 'event', 'event_partnerships', 'event_places',
        'event_sectors', 'partnership', 'party', 'place', 'placename', 'sector', 'signatory', 'source',
    )
]


def watch_tables(apps, schema_editor):
    apps.get_model('relations', 'DatasetVersion').objects.create(pk=1, token=uuid4().hex)
    watch(schema_editor, *TABLES)


def unwatch_tables(apps, schema_editor):
    unwatch(schema_editor, *TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('relations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DatasetVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='relations_datasetversion_one_row')],
            },
        ),
        migrations.RunPython(watch_tables, unwatch_tables),
    ]
