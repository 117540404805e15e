"""A record remembers when it was added and when it last changed, for the feeds alone."""

import json

import pytest
from django.core import serializers

from relations.models import Agreement, Event
from tests.factories import make_agreement, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[make_agreement, make_event])
def record(request):
    """A row of each kind that remembers."""
    return request.param()


def moments(record):
    """When it was added and last changed, as the database has it."""
    return type(record).objects.values_list("added", "changed").get(pk=record.pk)


def test_saving_moves_the_moment_of_the_change_alone(record):
    added, changed = moments(record)

    record.save()

    assert moments(record)[0] == added
    assert moments(record)[1] > changed


def test_saving_one_field_moves_it_too(record):
    changed = moments(record)[1]

    record.save(update_fields=["title_en"])

    assert moments(record)[1] > changed


def test_saving_what_was_fetched_in_part_moves_it_too(record):
    changed = moments(record)[1]

    type(record).objects.only("slug").get(pk=record.pk).save()

    assert moments(record)[1] > changed


def test_reading_moves_nothing(record):
    before = moments(record)

    type(record).objects.get(pk=record.pk)

    assert moments(record) == before


@pytest.mark.parametrize("model", [Agreement, Event])
@pytest.mark.parametrize("name", ["added", "changed"])
def test_no_form_and_no_fixture_holds_it(model, name):
    field = model._meta.get_field(name)  # noqa: SLF001 # documented API

    assert (field.editable, field.serialize) == (False, False)


def test_a_record_that_a_fixture_brings_is_new_at_that_moment(record):
    (told,) = json.loads(serializers.serialize("json", [record]))
    record_of = type(record).objects
    told["pk"] = None
    told["fields"]["slug"] = "brought"

    for brought in serializers.deserialize("json", json.dumps([told])):
        brought.save()

    added, changed = moments(record_of.get(slug="brought"))
    assert {"added", "changed"} & told["fields"].keys() == set()
    assert added > moments(record)[0]
    assert changed > moments(record)[1]
