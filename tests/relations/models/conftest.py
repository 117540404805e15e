"""How the tests of the models see a rule refused: in a sentence, and by the database."""

import re
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction


@pytest.fixture
def refusals():
    """The sentences with which a record is refused, by field; `__all__` for the whole record."""

    def sentences(record, check="full_clean"):
        with pytest.raises(ValidationError) as caught:
            getattr(record, check)()
        error = caught.value
        return error.message_dict if hasattr(error, "error_dict") else error.messages

    return sentences


@pytest.fixture
def database_refuses():
    """The database itself refuses what happens inside, on account of the constraint named."""

    @contextmanager
    def refuses(name):
        match = re.escape(_named_by_database(name))
        with pytest.raises(IntegrityError, match=match), transaction.atomic():
            yield

    return refuses


def _named_by_database(name):
    """How the database names a constraint; SQLite names a unique one by its columns."""
    model, constraint = next(
        (model, constraint)
        for model in apps.get_app_config("relations").get_models()
        for constraint in model._meta.constraints  # noqa: SLF001 # documented API
        if constraint.name == name
    )
    if isinstance(constraint, models.CheckConstraint) or connection.vendor == "postgresql":
        return name
    options = model._meta  # noqa: SLF001 # documented API
    columns = [options.get_field(field).column for field in constraint.fields]
    return ", ".join(f"{options.db_table}.{column}" for column in columns)


@pytest.fixture
def column():
    """What the database holds in a column of a record."""

    def value(record, name):
        return type(record).objects.values_list(name, flat=True).get(pk=record.pk)

    return value
