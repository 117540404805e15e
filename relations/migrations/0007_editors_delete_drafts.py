from django.db import migrations

# What an editor has begun and nobody has read: `relations.permissions.may_delete` says of which.
DELETE = ('delete_agreement', 'delete_event')


def permissions(apps, schema_editor):
    rows = apps.get_model('auth', 'Permission').objects.using(schema_editor.connection.alias)
    return rows.filter(content_type__app_label='relations', codename__in=DELETE)


def editors(apps, schema_editor):
    groups = apps.get_model('auth', 'Group').objects.using(schema_editor.connection.alias)
    return groups.filter(name='Editors')


def allow(apps, schema_editor):
    for group in editors(apps, schema_editor):
        group.permissions.add(*permissions(apps, schema_editor))


def forbid(apps, schema_editor):
    for group in editors(apps, schema_editor):
        group.permissions.remove(*permissions(apps, schema_editor))


class Migration(migrations.Migration):

    dependencies = [
        ('relations', '0006_editors_and_publishers'),
    ]

    operations = [
        migrations.RunPython(allow, forbid),
    ]
