from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from relations.models.versions import watch

# What hangs on a draft: a row that is taken off its page is deleted.
PARTS = ('party', 'signatory', 'citation')
RECORDS = ('agreement', 'event', 'partnership', 'place', 'placename', 'source')
EDITORS = {
    'view_sector',
    *(f'{verb}_{model}' for verb in ('view', 'add', 'change') for model in (*RECORDS, *PARTS)),
    *(f'delete_{model}' for model in PARTS),
}
PUBLISHERS = {
    *EDITORS,
    'add_sector',
    'change_sector',
    *(f'delete_{model}' for model in RECORDS),
    *(f'{verb}_{model}' for verb in ('publish', 'withdraw') for model in ('agreement', 'event')),
}


def watch_again(apps, schema_editor):
    """SQLite makes an altered table anew, without its triggers."""
    watch(schema_editor, 'relations_agreement', 'relations_event')


def make_groups(apps, schema_editor):
    """On a fresh database the permissions come only after all migrations: make those of ours now."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config('relations')
    was = getattr(config, 'models_module', None)
    config.models_module = True  # else it is taken for an app without models
    create_permissions(config, verbosity=0, using=alias, apps=apps)
    config.models_module = was
    permissions = apps.get_model('auth', 'Permission').objects.using(alias)
    for name, codenames in (('Editors', EDITORS), ('Publishers', PUBLISHERS)):
        group, _created = apps.get_model('auth', 'Group').objects.using(alias).get_or_create(name=name)
        found = permissions.filter(content_type__app_label='relations', codename__in=codenames)
        group.permissions.add(*found)


def remove_groups(apps, schema_editor):
    groups = apps.get_model('auth', 'Group').objects.using(schema_editor.connection.alias)
    groups.filter(name__in=('Editors', 'Publishers')).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('relations', '0005_gazetteer'),
    ]

    operations = [
        # The first is for the way back.
        migrations.RunPython(migrations.RunPython.noop, watch_again),
        migrations.AlterModelOptions(
            name='agreement',
            options={'ordering': ('slug',), 'permissions': (('publish_agreement', 'Can publish agreement'), ('withdraw_agreement', 'Can withdraw agreement')), 'verbose_name': 'agreement', 'verbose_name_plural': 'agreements'},
        ),
        migrations.AlterModelOptions(
            name='event',
            options={'ordering': ('slug',), 'permissions': (('publish_event', 'Can publish event'), ('withdraw_event', 'Can withdraw event')), 'verbose_name': 'event', 'verbose_name_plural': 'events'},
        ),
        migrations.AddField(
            model_name='agreement',
            name='withdrawn_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='withdrawn on'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='withdrawn_reason_en',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason of the withdrawal, English'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='withdrawn_reason_it',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason of the withdrawal, Italian'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='withdrawn_reason_ja',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason of the withdrawal, Japanese'),
        ),
        migrations.AddField(
            model_name='event',
            name='withdrawn_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='withdrawn on'),
        ),
        migrations.AddField(
            model_name='event',
            name='withdrawn_reason_en',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason of the withdrawal, English'),
        ),
        migrations.AddField(
            model_name='event',
            name='withdrawn_reason_it',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason of the withdrawal, Italian'),
        ),
        migrations.AddField(
            model_name='event',
            name='withdrawn_reason_ja',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason of the withdrawal, Japanese'),
        ),
        migrations.RunPython(watch_again, migrations.RunPython.noop),
        migrations.RunPython(make_groups, remove_groups),
    ]
