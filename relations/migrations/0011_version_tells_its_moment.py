from importlib import import_module

from django.db import migrations

from relations.models import DatasetVersion
from relations.models.versions import unwatch, watch

TABLES = import_module('relations.migrations.0002_dataset_version').TABLES


def renew_triggers(apps, schema_editor):
    """The token says since when the data are so; triggers that are there already do not write it."""
    unwatch(schema_editor, *TABLES)
    watch(schema_editor, *TABLES)
    DatasetVersion.objects.change()


class Migration(migrations.Migration):

    dependencies = [
        ('relations', '0010_history'),
    ]

    operations = [
        migrations.RunPython(renew_triggers, migrations.RunPython.noop),
    ]
