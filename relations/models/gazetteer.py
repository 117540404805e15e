"""Where a partner may be: every municipality, province and ward, to make a place of when one is needed."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils.text import slugify

from relations.enums import Country, PlaceKind
from relations.models.fields import DerivedTextField, WithDerivedColumns
from relations.models.places import Place
from relations.text import fold, haystack, needles

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

_ABOVE_CITIES = (PlaceKind.PROVINCE, PlaceKind.METROPOLITAN_CITY)
# Half a degree: some 50 km.
NEARBY = Decimal("0.5")
# How people name an entry: its country and code, IT-011015.
KEY = re.compile(r"(IT|JP)-(\d{3}|\d{5,6})")
_APOSTROPHE = re.compile("['’]")


class GazetteerQuerySet(models.QuerySet["GazetteerEntry"]):
    """Sets of entries."""

    def not_yet_places(self) -> "GazetteerQuerySet":
        """Those that the atlas has no place of."""
        there = Place.objects.filter(country=OuterRef("country"), code=OuterRef("code"))
        return self.filter(~Exists(there))

    def nearest(self, place: Place) -> "GazetteerEntry | None":
        """The municipality or ward of the same country that is nearest to a place; None where none is near."""
        near = self.exclude(kind__in=_ABOVE_CITIES).filter(
            country=place.country,
            latitude__range=(place.latitude - NEARBY, place.latitude + NEARBY),
            longitude__range=(place.longitude - NEARBY, place.longitude + NEARBY),
        )
        return min(near, key=place.distance_km, default=None)

    def spelled(self, words: str) -> "GazetteerQuerySet":
        """Those in whose names all of the words occur, as `relations.text` folds them; the likeliest first.

        A name that is just this goes before one that begins so, a city before the province
        that is called after it, a larger place before a smaller one.
        """
        found = self
        for needle in needles(words):
            found = found.filter(folded__contains=needle)
        above = Case(When(kind__in=_ABOVE_CITIES, then=Value(1)), default=Value(0))
        return found.order_by(_likeness(fold(words)), above, "-inhabitants", "country", "code")


def _likeness(phrase: str) -> "Combinable":
    """0 for a name that begins with the phrase as a word, and up to 4 for others.

    A haystack begins with the name in Latin letters.
    """
    word = Q(folded__contains=f" {phrase} ") | Q(folded__endswith=f" {phrase}")
    name = Q(folded__startswith=f" {phrase} ") | Q(folded=f" {phrase}")
    return Case(
        When(name, then=Value(0)),
        When(folded__startswith=f" {phrase}", then=Value(1)),
        When(word, then=Value(2)),
        When(folded__contains=f" {phrase}", then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )


class GazetteerEntry(WithDerivedColumns):
    """A place that the atlas may come to need, as official lists have it; see `data/gazetteer/`.

    Bookkeeping: editors choose an entry and the desk makes a `Place` of it, the public site
    never sees one. `load_gazetteer` writes them.
    """

    country = models.CharField(max_length=2, choices=Country)
    kind = models.CharField(max_length=20, choices=PlaceKind)
    code = models.CharField(max_length=6)
    region_code = models.CharField(max_length=5)
    province = models.CharField(max_length=2, blank=True)
    name_it = models.CharField(max_length=100)
    name_ja = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    reading = models.CharField(max_length=100, blank=True)
    other_names = models.CharField(max_length=100, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    inhabitants = models.PositiveIntegerField()
    folded = DerivedTextField(
        derive=lambda entry: haystack(
            entry.name_it,
            entry.name_ja,
            entry.name_en,
            entry.reading,
            entry.other_names,
            entry.province,
        )
    )

    objects = GazetteerQuerySet.as_manager()

    class Meta:
        constraints = (
            # Also the index by which `not_yet_places` and the desk look entries up.
            models.UniqueConstraint(
                name="relations_gazetteerentry_code_once_in_country", fields=("country", "code")
            ),
        )

    def __str__(self) -> str:
        return f"{self.name_ja} {self.name_it}" if self.name_ja else self.name_it

    def place(self) -> Place:
        """A place made of this entry, not yet saved; without a region where the atlas lacks it.

        What the gazetteer does not know is empty: the Japanese name of an Italian place.
        """
        region = Place.objects.filter(country=self.country, code=self.region_code).first()
        return Place(
            slug=_free_slug(self, region),
            kind=self.kind,
            country=self.country,
            region=region,
            name_it=self.name_it,
            name_ja=self.name_ja,
            name_en=self.name_en or self.name_it,
            reading=self.reading,
            latitude=self.latitude,
            longitude=self.longitude,
            code=self.code,
        )


def _free_slug(entry: GazetteerEntry, region: Place | None) -> str:
    """The name, with the region's where another place has that slug already, or else the code."""
    name = slugify(_APOSTROPHE.sub(" ", entry.name_it))
    candidates = [name, f"{name}-{slugify(region.name_en)}"] if region else [name]
    taken = set(Place.objects.filter(slug__in=candidates).values_list("slug", flat=True))
    return next((slug for slug in candidates if slug not in taken), f"{name}-{entry.code}")
