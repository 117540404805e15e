"""System checks: whether the translations are compiled, and whether the data hold together.

Those of the data ask the database, and so run only when told which one:
`manage.py check --database default`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 # its name
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F
from django.utils import timezone

from relations.models import Agreement, Citation, Event, Place, Source
from relations.quality import rules

# No act is older than the relations of the two countries; the filter's years begin here too.
FIRST_YEAR = 1860

_Apps = Sequence[AppConfig] | None


@register(Tags.translation)
def check_catalogs(app_configs: _Apps = None, **options: Any) -> list[CheckMessage]:  # noqa: ARG001 # as Django calls it
    """W001: a catalog of translations is not compiled, or was changed since."""
    return [
        Warning(
            f"The translations in {catalog} are not compiled, or were changed since.",
            hint="Run make serve or make test: they compile what has changed.",
            id="relations.W001",
        )
        for folder in settings.LOCALE_PATHS
        for catalog in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
        if not _is_newer(catalog.with_suffix(".mo"), catalog)
    ]


def _is_newer(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


@register(Tags.database)
def check_data(
    app_configs: _Apps = None,  # noqa: ARG001 # as Django calls it
    databases: Sequence[str] | None = None,
    **options: Any,  # noqa: ARG001 # likewise
) -> list[CheckMessage]:
    """E002 to E008: rules that span several rows or depend on the day, and that no constraint can keep.

    Silent while migrations wait: `migrate` runs the checks of the database too, before
    the tables are there.
    """
    if DEFAULT_DB_ALIAS not in (databases or ()) or not _is_migrated():
        return []
    return [error for find in _CHECKS for error in find()]


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes("relations"))


def _unfounded_agreements() -> Iterator[CheckMessage]:
    """E002: a published agreement has no citation, or a side without party."""
    for act in Agreement.objects.published():
        for message in _missing(act):
            hint = "Add what is missing, or withdraw the agreement."
            yield Error(message, hint=hint, obj=f"agreement {act.slug}", id="relations.E002")


def _misplaced_places() -> Iterator[CheckMessage]:
    """E003: a place's region lies in the other country."""
    elsewhere = Place.objects.exclude(region=None).exclude(region__country=F("country"))
    for place in elsewhere.select_related("region"):
        yield Error(
            f"“{place}” is in {place.get_country_display()}, “{place.region}” is not.",
            hint="Choose a region or prefecture of its own country.",
            obj=f"place {place.slug}",
            id="relations.E003",
        )


def _unfounded_events() -> Iterator[CheckMessage]:
    """E004: a published event has no citation, or concerns nobody."""
    for event in Event.objects.published():
        for message in _missing(event):
            hint = "Add what is missing, or withdraw the event."
            yield Error(message, hint=hint, obj=f"event {event.slug}", id="relations.E004")


def _missing(record: Agreement | Event) -> list[str]:
    try:
        record.check_publishable()
    except ValidationError as error:
        return error.messages
    return []


def _open_conflicts() -> Iterator[CheckMessage]:
    """E005: sources state different values of a fact, and none is preferred."""
    targets = rules.RECORDS
    names = [f"{target}__slug" for target in targets]
    facts = rules.undecided(Citation.objects.all(), names).order_by(*names, "field")
    for fact in facts:
        target = next(target for target in targets if fact[f"{target}__slug"])
        yield Error(
            f"Sources state {fact['differing']} values of “{fact['field']}”, and none is preferred.",
            hint="Mark the citation that the atlas follows as preferred, and say why in its note.",
            obj=f"{target} {fact[f'{target}__slug']}",
            id="relations.E005",
        )


def _impossible_dates() -> Iterator[CheckMessage]:
    """E006: a published agreement is signed in the future, or before the two countries had any treaty."""
    today = timezone.localdate()
    for act in Agreement.objects.published().filter(signed_earliest__gt=today):
        yield Error(
            f"It is said to be signed on {act.signed}, which is still to come.",
            hint="Correct the date, or keep the agreement in draft until it is signed.",
            obj=f"agreement {act.slug}",
            id="relations.E006",
        )
    for act in Agreement.objects.published().filter(signed_latest__lt=date(FIRST_YEAR, 1, 1)):
        yield Error(
            f"It is said to be signed on {act.signed}, before {FIRST_YEAR}.",
            hint="Correct the date: Italy and Japan made their first treaty in 1866.",
            obj=f"agreement {act.slug}",
            id="relations.E006",
        )


def _turned_round() -> Iterator[CheckMessage]:
    """E007: an agreement renews or supersedes one that was signed after it."""
    for name in ("renews", "supersedes"):
        earlier = Agreement.objects.filter(signed_latest__lt=F(f"{name}__signed_earliest"))
        for act in earlier.select_related(name):
            other: Agreement = getattr(act, name)
            yield Error(
                f"It {name} “{other.slug}”, but was signed before it: {act.signed}, {other.signed}.",
                hint="Correct one of the dates, or let the later act refer to the earlier one.",
                obj=f"agreement {act.slug}",
                id="relations.E007",
            )


def _doubled_sources() -> Iterator[CheckMessage]:
    """E008: two sources have the same URL."""
    slugs: dict[str, list[str]] = defaultdict(list)
    for url, slug in Source.objects.exclude(url="").order_by("slug").values_list("url", "slug"):
        slugs[url].append(slug)
    for url, (first, *others) in slugs.items():
        for slug in others:
            yield Error(
                f"It has the URL of “{first}”: {url}",
                hint="Move its citations to one of the two sources and delete the other.",
                obj=f"source {slug}",
                id="relations.E008",
            )


_CHECKS: tuple[Callable[[], Iterator[CheckMessage]], ...] = (
    _unfounded_agreements,
    _misplaced_places,
    _unfounded_events,
    _open_conflicts,
    _impossible_dates,
    _turned_round,
    _doubled_sources,
)
