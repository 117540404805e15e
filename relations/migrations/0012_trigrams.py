from django.db import DatabaseError, migrations, transaction

# What is searched for as it is folded; see `relations.text`.
TABLES = ('agreement', 'event', 'gazetteerentry', 'partnership', 'place', 'placename', 'signatory')

NOT_ALLOWED = (
    'The extension pg_trgm is not installed in this database, and this role may not install it. '
    'Let a superuser run there: CREATE EXTENSION pg_trgm; then migrate again.'
)


def index_trigrams(apps, schema_editor):
    """PostgreSQL finds what stands in the middle of a text by its trigrams; SQLite reads the column."""
    connection = schema_editor.connection
    if connection.vendor != 'postgresql':
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if not cursor.fetchone():
            try:
                with transaction.atomic(connection.alias):
                    cursor.execute('CREATE EXTENSION pg_trgm')
            except DatabaseError as error:
                raise DatabaseError(NOT_ALLOWED) from error
    for table in TABLES:
        schema_editor.execute(
            f'CREATE INDEX relations_{table}_trigrams ON relations_{table} USING gin (folded gin_trgm_ops)'
        )


def drop_indexes(apps, schema_editor):
    """The extension stays: others may use it."""
    if schema_editor.connection.vendor == 'postgresql':
        for table in TABLES:
            schema_editor.execute(f'DROP INDEX IF EXISTS relations_{table}_trigrams')


class Migration(migrations.Migration):

    dependencies = [
        ('relations', '0011_version_tells_its_moment'),
    ]

    operations = [
        migrations.RunPython(index_trigrams, drop_indexes),
    ]
