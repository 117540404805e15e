"""Cities and other territories that can have a partner."""

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relations.enums import Country, Language, MacroArea, PlaceKind
from relations.models.fields import DerivedTextField, WithDerivedColumns
from relations.models.localized import LocalizedText, Named, localized
from relations.text import haystack

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

EARTH_RADIUS_KM = 6371.0088
TERRITORIES = PlaceKind.territories()

# South, north, west, east of each country in degrees, remote islands included.
COUNTRY_BOXES = {
    Country.ITALY: (35.2, 47.2, 6.5, 18.7),
    Country.JAPAN: (20.2, 45.8, 122.7, 154.1),
}

# ISO 3166-2, ISTAT and JIS X 0402 codes: strings, since their leading zeros count.
_CODE_SHAPES: dict[tuple[str, str], tuple[str, "StrPromise"]] = {
    (Country.ITALY, PlaceKind.REGION): (r"IT-\d\d", _("an ISO 3166-2 code such as IT-45")),
    (Country.JAPAN, PlaceKind.PREFECTURE): (r"JP-\d\d", _("an ISO 3166-2 code such as JP-08")),
    (Country.ITALY, PlaceKind.PROVINCE): (r"\d{3}", _("an ISTAT code of 3 digits such as 011")),
    (Country.ITALY, PlaceKind.METROPOLITAN_CITY): (
        r"\d{3}",
        _("an ISTAT code of 3 digits such as 237"),
    ),
    (Country.ITALY, PlaceKind.MUNICIPALITY): (
        r"\d{6}",
        _("an ISTAT code of 6 digits such as 011015"),
    ),
    (Country.JAPAN, PlaceKind.MUNICIPALITY): (
        r"\d{5}",
        _("a JIS X 0402 code of 5 digits such as 27213"),
    ),
    (Country.JAPAN, PlaceKind.WARD): (r"\d{5}", _("a JIS X 0402 code of 5 digits such as 13119")),
}


def _in_box(country: Country) -> Q:
    south, north, west, east = COUNTRY_BOXES[country]
    return Q(country=country, latitude__range=(south, north), longitude__range=(west, east))


def _public_partnerships(side: str) -> Coalesce:
    """How many public partnerships a place has on a side."""
    partnerships = apps.get_model("relations", "Partnership").objects.published()
    counted = (
        partnerships.filter(**{side: OuterRef("pk")})
        .order_by()
        .values(side)
        .annotate(n=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("n")), 0)


class Located(Protocol):
    """What has a point on the Earth."""

    latitude: Decimal
    longitude: Decimal


class PlaceQuerySet(models.QuerySet["Place"]):
    """Sets of places."""

    def in_country(self, country: str) -> "PlaceQuerySet":
        """Those of one country."""
        return self.filter(country=country)

    def territories(self) -> "PlaceQuerySet":
        """The regions and prefectures."""
        return self.filter(kind__in=TERRITORIES)

    def with_partnership_count(self) -> "PlaceQuerySet":
        """Annotates `partnership_count`: the public ones of the place itself."""
        return self.annotate(
            partnership_count=_public_partnerships("italian_place")
            + _public_partnerships("japanese_place")
        )

    def spelled(self, needle: str) -> "PlaceQuerySet":
        """Those found by a needle (see `relations.text`) in a name or spelling of theirs or of their region."""
        # The keys first, so that each column is looked up in its own index.
        named = Place.objects.order_by().filter(folded__contains=needle).values("pk")
        spelled = PlaceName.objects.order_by().filter(folded__contains=needle).values("place")
        found = named.union(spelled)
        return self.filter(Q(pk__in=found) | Q(region__in=found))

    def get_by_natural_key(self, slug: str) -> "Place":
        """The place with this slug."""
        return self.get(slug=slug)


class Place(Named, WithDerivedColumns):
    """A city or another territory that can have a partner."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    region = models.ForeignKey(
        "self",
        verbose_name=_("region or prefecture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        limit_choices_to={"kind__in": TERRITORIES},
        help_text=_("The region or prefecture that contains it; empty for those themselves."),
    )
    macro_area = models.CharField(
        _("macro-area"),
        max_length=20,
        choices=MacroArea,
        blank=True,
        help_text=_("For regions and prefectures only."),
    )
    reading = models.CharField(
        _("reading"),
        max_length=100,
        blank=True,
        help_text=_("In hiragana, for sorting and finding Japanese names: いずみさのし."),
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5)
    code = models.CharField(
        _("official code"),
        max_length=10,
        help_text=_(
            "ISTAT, JIS X 0402 or, for regions and prefectures, ISO 3166-2; with its zeros."
        ),
    )
    wikidata = models.CharField(_("Wikidata id"), max_length=20, blank=True)
    folded = DerivedTextField(
        derive=lambda place: haystack(place.name_it, place.name_ja, place.name_en, place.reading)
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("country", "name_en")
        constraints = (
            models.UniqueConstraint(
                name="relations_place_code_once_in_country",
                fields=("country", "code"),
                violation_error_message=_("Another place of this country has this code."),
            ),
            models.CheckConstraint(
                name="relations_place_inside_country",
                condition=_in_box(Country.ITALY) | _in_box(Country.JAPAN),
                violation_error_message=_(
                    "The coordinates lie outside the country: check latitude and longitude."
                ),
            ),
            models.CheckConstraint(
                name="relations_place_kind_of_country",
                condition=Q(country=Country.ITALY, kind__in=PlaceKind.of_country(Country.ITALY))
                | Q(country=Country.JAPAN, kind__in=PlaceKind.of_country(Country.JAPAN)),
                violation_error_message=_("This country has no places of this kind."),
            ),
            models.CheckConstraint(
                name="relations_place_has_region_unless_territory",
                condition=Q(kind__in=TERRITORIES, region__isnull=True)
                | (~Q(kind__in=TERRITORIES) & Q(region__isnull=False)),
                violation_error_message=_(
                    "A municipality, ward or province needs its region or prefecture; a region or prefecture has none."
                ),
            ),
            models.CheckConstraint(
                name="relations_place_macro_area_of_territory",
                condition=(Q(kind__in=TERRITORIES) & ~Q(macro_area=""))
                | (~Q(kind__in=TERRITORIES) & Q(macro_area="")),
                violation_error_message=_(
                    "A region or prefecture needs its macro-area; other places have none."
                ),
            ),
        )

    def natural_key(self) -> tuple[str]:
        """Its slug."""
        return (self.slug,)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("relations:place_detail", args=(self.slug,))

    def clean(self) -> None:
        """Check what the database cannot: the region's country, and the shape of the code."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.region and self.region.country != self.country:
            errors["region"] = _("“%(region)s” lies in the other country.") % {
                "region": self.region
            }
        elif self.region and not self.region.is_territory:
            errors["region"] = _("“%(region)s” is not a region or prefecture.") % {
                "region": self.region
            }
        shape = _CODE_SHAPES.get((self.country, self.kind))
        if shape and not re.fullmatch(shape[0], self.code):
            errors["code"] = _("“%(code)s” should be %(expected)s.") % {
                "code": self.code,
                "expected": shape[1],
            }
        if errors:
            raise ValidationError(errors)

    @property
    def is_territory(self) -> bool:
        """Whether it is a region or a prefecture."""
        return self.kind in TERRITORIES

    @property
    def native_name(self) -> LocalizedText:
        """The name in the language of its country."""
        return localized(
            self, "name", Language.JAPANESE if self.country == Country.JAPAN else Language.ITALIAN
        )

    def distance_km(self, other: "Located") -> int:
        """The great-circle distance in whole kilometres, on a sphere of the Earth's mean radius."""
        south, north = math.radians(self.latitude), math.radians(other.latitude)
        between = math.radians(other.longitude - self.longitude)
        haversine = (
            math.sin((north - south) / 2) ** 2
            + math.cos(south) * math.cos(north) * math.sin(between / 2) ** 2
        )
        return round(2 * EARTH_RADIUS_KM * math.asin(math.sqrt(haversine)))

    @property
    def territory(self) -> "Place":
        """The region or prefecture that it lies in, or itself where it is one."""
        return self.region or self


class PlaceNameQuerySet(models.QuerySet["PlaceName"]):
    """Finds by natural key."""

    def get_by_natural_key(self, place: str, text: str, language: str) -> "PlaceName":
        """The spelling of a place (by slug) in a language."""
        return self.get(place__slug=place, text=text, language=language)


class PlaceName(WithDerivedColumns):
    """Another spelling or a former name of a place, for search only."""

    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.CASCADE, related_name="spellings"
    )
    text = models.CharField(_("spelling"), max_length=100)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    folded = DerivedTextField(derive=lambda name: haystack(name.text))

    objects = PlaceNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("other spelling")
        verbose_name_plural = _("other spellings")
        ordering = ("place__slug", "language", "text")
        constraints = (
            models.UniqueConstraint(
                name="relations_placename_once",
                fields=("place", "text", "language"),
                violation_error_message=_("This place already has this spelling."),
            ),
        )

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, str, str]:
        """Its place's slug, the spelling and its language."""
        return (self.place.slug, self.text, self.language)

    natural_key.dependencies = ("relations.place",)  # type: ignore[attr-defined]
