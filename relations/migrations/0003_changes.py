from django.db import migrations

import relations.models.changes
from relations.models.versions import watch


def watch_again(apps, schema_editor):
    """SQLite makes an altered table anew, without its triggers."""
    watch(schema_editor, 'relations_agreement', 'relations_event')


class Migration(migrations.Migration):

    dependencies = [
        ('relations', '0002_dataset_version'),
    ]

    operations = [
        # The first is for the way back.
        migrations.RunPython(migrations.RunPython.noop, watch_again),
        migrations.AddField(
            model_name='agreement',
            name='added',
            field=relations.models.changes.MomentField(verbose_name='added'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='changed',
            field=relations.models.changes.ChangedField(verbose_name='changed'),
        ),
        migrations.AddField(
            model_name='event',
            name='added',
            field=relations.models.changes.MomentField(verbose_name='added'),
        ),
        migrations.AddField(
            model_name='event',
            name='changed',
            field=relations.models.changes.ChangedField(verbose_name='changed'),
        ),
        migrations.RunPython(watch_again, migrations.RunPython.noop),
    ]
