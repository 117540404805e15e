"""The moment of the last change is that of the database."""

from datetime import UTC, datetime

import pytest

from relations.enums import PublicationState
from relations.freshness import last_change
from relations.models import Agreement, Event, Place, PublicChange, Source
from relations.models.current import Change, within
from tests.factories import make_agreement, make_event, make_italian_city

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def act():
    """A published agreement; nothing has changed since 2020."""
    act = make_agreement()
    _date_back()
    assert last_change() == LONG_AGO
    return Agreement.objects.get(pk=act.pk)


def _date_back():
    for model in (Agreement, Event):
        model.objects.update(changed=LONG_AGO)
    PublicChange.objects.update(moment=LONG_AGO)
    for model in (Place, Source):
        model.history.update(history_date=LONG_AGO)


def _at_noon(record, **fields):
    """Save a record as the desk does, at a known moment."""
    change = Change()
    vars(change)["moment"] = NOON
    with within(change):
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()


def test_where_nothing_is_public_nothing_has_changed():
    Agreement.objects.all().delete()

    assert last_change() is None


def test_a_change_of_an_agreement_is_the_last(act):
    act.save()

    assert last_change() == Agreement.objects.get().changed > NOON.replace(year=2020)


def test_a_change_of_a_partnership_is_the_last(act):
    _at_noon(act.partnership, summary_en="New.")

    assert last_change() == NOON


def test_a_change_of_a_place_or_a_source_is_the_last(act):
    _at_noon(act.partnership.italian_place, name_en="New name")
    assert last_change() == NOON

    Place.history.update(history_date=LONG_AGO)
    _at_noon(act.citations.get().source, title="New title")
    assert last_change() == NOON


def test_a_withdrawal_is_the_last_change(act):
    make_event(partnerships=(act.partnership,))
    _date_back()
    _at_noon(act, state=PublicationState.WITHDRAWN, withdrawn_on=NOON.date())

    assert last_change() == NOON


def test_what_is_not_public_changes_nothing(act):
    hidden = make_italian_city(region=act.partnership.italian_place.region)
    make_agreement(state=PublicationState.DRAFT, partnership=act.partnership)
    _at_noon(hidden, name_en="New name")

    assert last_change() == LONG_AGO
