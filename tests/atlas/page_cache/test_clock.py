"""A clock that is put back or forward makes neither errors nor wrong answers."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from atlas.page_cache import state
from tests.factories import make_agreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_pages")]

NOON = datetime(2026, 6, 15, 10, tzinfo=UTC)
SHIFTS = [timedelta(days=sign * days) for sign in (1, -1) for days in (1, 366)]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock of this process, in all the ways in which it is read here."""

    def set_to(moment: datetime) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:
                return moment.astimezone(tz) if tz else moment.replace(tzinfo=None)

        monkeypatch.setattr(time, "time", moment.timestamp)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        monkeypatch.setattr(state, "datetime", Clock)

    set_to(NOON)
    # Code that was installed before the clock was set to any of these days.
    monkeypatch.setattr(state, "code", lambda: state.Code("code", 0))
    return set_to


@pytest.mark.parametrize("shift", SHIFTS, ids=str)
def test_a_page_of_another_day_is_made_anew(
    client: Client, atlas: None, set_clock: Callable[[datetime], None], shift: timedelta
) -> None:
    first = client.get("/en/partnerships/")
    set_clock(NOON + shift)
    known = client.get("/en/partnerships/", headers={"if-none-match": first["ETag"]})
    since = client.get("/en/partnerships/", headers={"if-modified-since": first["Last-Modified"]})
    plain = client.get("/en/partnerships/")

    assert (known.status_code, since.status_code, plain.status_code) == (200, 200, 200)
    assert known["ETag"] == plain["ETag"] != first["ETag"]
    assert parsedate_to_datetime(plain["Last-Modified"]) <= NOON + shift


@pytest.mark.parametrize("shift", SHIFTS, ids=str)
def test_a_clock_that_is_put_right_makes_the_first_page_good_again(
    client: Client, atlas: None, set_clock: Callable[[datetime], None], shift: timedelta
) -> None:
    first = client.get("/en/partnerships/")
    set_clock(NOON + shift)
    client.get("/en/partnerships/")
    set_clock(NOON)
    again = client.get("/en/partnerships/", headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304


def test_statuses_follow_the_day(
    client: Client, db: None, set_clock: Callable[[datetime], None]
) -> None:
    make_agreement(signed="1990", ended="2026-06-15")
    make_agreement(signed="2026-06-16")

    def statuses(days: int) -> list[str]:
        set_clock(NOON + timedelta(days=days))
        found = client.get("/api/v1/partnerships").json()["items"]
        return [partnership["status"] for partnership in found]

    assert statuses(0) == ["ended", "proposed"]
    assert statuses(1) == statuses(366) == ["ended", "in_force"]
    assert statuses(-1) == statuses(-366) == ["in_force", "proposed"]
    assert statuses(0) == ["ended", "proposed"]
