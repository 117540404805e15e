"""The vocabularies of the domain. A leaf: it imports nothing of ours.

The stored values are stable English codes, the labels are translated. The same codes
stand in fixtures, query strings and exports.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Country(models.TextChoices):
    """ISO 3166-1 alpha-2 codes of the two countries."""

    ITALY = "IT", _("Italy")
    JAPAN = "JP", _("Japan")


class PlaceKind(models.TextChoices):
    """What a place is in its country's administration."""

    MUNICIPALITY = "municipality", _("Municipality")
    WARD = "ward", _("Special ward")
    PROVINCE = "province", _("Province")
    METROPOLITAN_CITY = "metropolitan_city", _("Metropolitan city")
    REGION = "region", _("Region")
    PREFECTURE = "prefecture", _("Prefecture")

    @classmethod
    def territories(cls) -> tuple["PlaceKind", "PlaceKind"]:
        """The two kinds that contain the others: region and prefecture."""
        return (cls.REGION, cls.PREFECTURE)

    @classmethod
    def of_country(cls, country: str) -> tuple["PlaceKind", ...]:
        """The kinds that exist in a country."""
        if country == Country.JAPAN:
            return (cls.MUNICIPALITY, cls.WARD, cls.PREFECTURE)
        return (cls.MUNICIPALITY, cls.PROVINCE, cls.METROPOLITAN_CITY, cls.REGION)


class MacroArea(models.TextChoices):
    """ISTAT's five divisions of Italy and the customary eight regions of Japan."""

    NORTH_WEST = "north-west", _("North-West")
    NORTH_EAST = "north-east", _("North-East")
    CENTRE = "centre", _("Centre")
    SOUTH = "south", _("South")
    ISLANDS = "islands", _("Islands")
    HOKKAIDO = "hokkaido", pgettext_lazy("area of Japan", "Hokkaido")
    TOHOKU = "tohoku", _("Tohoku")
    KANTO = "kanto", _("Kanto")
    CHUBU = "chubu", _("Chubu")
    KINKI = "kinki", _("Kinki")
    CHUGOKU = "chugoku", _("Chugoku")
    SHIKOKU = "shikoku", _("Shikoku")
    KYUSHU = "kyushu", _("Kyushu and Okinawa")

    @property
    def full_label(self) -> "StrPromise":
        """Its name where its country does not stand beside it: 中国 alone would be read as China."""
        return _FULL_LABELS[self]


_FULL_LABELS = {
    MacroArea.NORTH_WEST: pgettext_lazy("area by itself", "North-western Italy"),
    MacroArea.NORTH_EAST: pgettext_lazy("area by itself", "North-eastern Italy"),
    MacroArea.CENTRE: pgettext_lazy("area by itself", "Central Italy"),
    MacroArea.SOUTH: pgettext_lazy("area by itself", "Southern Italy"),
    MacroArea.ISLANDS: pgettext_lazy("area by itself", "Insular Italy"),
    MacroArea.HOKKAIDO: pgettext_lazy("area by itself", "Hokkaido"),
    MacroArea.TOHOKU: pgettext_lazy("area by itself", "Tohoku"),
    MacroArea.KANTO: pgettext_lazy("area by itself", "Kanto"),
    MacroArea.CHUBU: pgettext_lazy("area by itself", "Chubu"),
    MacroArea.KINKI: pgettext_lazy("area by itself", "Kinki"),
    MacroArea.CHUGOKU: pgettext_lazy("area by itself", "Chugoku"),
    MacroArea.SHIKOKU: pgettext_lazy("area by itself", "Shikoku"),
    MacroArea.KYUSHU: pgettext_lazy("area by itself", "Kyushu and Okinawa"),
}


class Language(models.TextChoices):
    """ISO 639-1 codes of the languages of records and sources."""

    ITALIAN = "it", _("Italian")
    JAPANESE = "ja", _("Japanese")
    ENGLISH = "en", _("English")


class AgreementKind(models.TextChoices):
    """What an act is, by the formal document and not by the warm word in a speech."""

    TWINNING = "twinning", _("Twinning")
    FRIENDSHIP_PACT = "friendship_pact", _("Friendship pact")
    MEMORANDUM = "memorandum", _("Memorandum of understanding")
    PROTOCOL = "protocol", _("Protocol of understanding")
    FRIENDSHIP_RECORD = "friendship_record", _("Friendship record")
    LETTER_OF_INTENT = "letter_of_intent", _("Letter of intent")
    OTHER = "other", _("Other agreement")


class Renewal(models.TextChoices):
    """What happens when the term of an agreement runs out."""

    AUTOMATIC = "automatic", _("Automatic unless one side gives notice")
    BY_AGREEMENT = "by_agreement", _("By a new agreement of the sides")
    NONE = "none", _("None")
    UNKNOWN = "unknown", _("Unknown")


class Status(models.TextChoices):
    """How an agreement or a partnership stands on a given day; derived, never typed in."""

    IN_FORCE = "in_force", _("In force")
    IN_RENEWAL = "in_renewal", _("In renewal")
    ENDED = "ended", _("Ended")
    PROPOSED = "proposed", _("Proposed")
    UNKNOWN = "unknown", pgettext_lazy("status", "Unknown")


class Answer(models.TextChoices):
    """Answer to one of CLAIR's three tests for a sister affiliation."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Unknown")


class Institution(models.TextChoices):
    """What kind of body is bound by an agreement."""

    LOCAL_GOVERNMENT = "local_government", _("Local government")
    CHAMBER_OF_COMMERCE = "chamber_of_commerce", _("Chamber of commerce")
    PORT_AUTHORITY = "port_authority", _("Port authority")
    UNIVERSITY = "university", _("University")
    ASSOCIATION = "association", _("Association")
    OTHER = "other", _("Other body")


class EventKind(models.TextChoices):
    """What happened."""

    SIGNING = "signing", _("Signing")
    APPROVAL = "approval", _("Approval")
    RENEWAL = "renewal", pgettext_lazy("event", "Renewal")
    ENDING = "ending", _("Ending")
    ANNIVERSARY = "anniversary", _("Anniversary")
    MISSION = "mission", _("Mission")
    DELEGATION = "delegation", _("Delegation")
    DONATION = "donation", _("Donation")
    MEETING = "meeting", _("Meeting")
    PROGRAMME = "programme", _("Programme")
    EXHIBITION = "exhibition", _("Exhibition")
    EXCHANGE = "exchange", _("Exchange")


class SourceKind(models.TextChoices):
    """What kind of publication a source is."""

    PRESS_RELEASE = "press_release", _("Press release")
    OFFICIAL_LIST = "official_list", _("Official list")
    OFFICIAL_PAGE = "official_page", _("Official page")
    NEWSLETTER = "newsletter", _("Newsletter")
    NEWS = "news", _("News item")
    DATASET = "dataset", _("Dataset")
    OTHER = "other", _("Other publication")


class PublicationState(models.TextChoices):
    """How far a record has come on the editor's desk; only *published* is public."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LinkResult(models.TextChoices):
    """How an address answered."""

    FINE = "fine", _("There")
    MOVED = "moved", _("Moved for good")
    GONE = "gone", _("Gone")
    REFUSED = "refused", _("Refused to a program")
    SERVER_ERROR = "server_error", _("Error of the server")
    NO_ANSWER = "no_answer", _("No answer")
    NOT_ASKED = "not_asked", _("No public address")

    @property
    def is_failure(self) -> bool:
        """Whether a reader would not get there; a server that turns programs away may let readers in."""
        return self not in (LinkResult.FINE, LinkResult.MOVED, LinkResult.REFUSED)


class CitedField(models.TextChoices):
    """Which fact of a partnership, agreement or event a citation speaks of."""

    RECORD = "record", _("The record as a whole")
    ITALIAN_PLACE = "italian_place", _("Italian partner")
    JAPANESE_PLACE = "japanese_place", _("Japanese partner")
    FIRST_CONTACT = "first_contact", _("First contact")
    KIND = "kind", _("Kind")
    SIGNED = "signed", _("Date of signature")
    SIGNED_AT = "signed_at", _("Place of signature")
    PARTIES = "parties", _("Parties")
    SIGNATORIES = "signatories", _("Signatories")
    TERM = "term", _("Term")
    RENEWAL = "renewal", pgettext_lazy("fact", "Renewal")
    ENDED = "ended", _("End")
    SECTORS = "sectors", _("Sectors")
    START = "start", _("Date")
    END = "end", _("Last day")
    PLACE = "place", _("Place")
    PLACES = "places", _("Other places concerned")
    PARTICIPANTS = "participants", _("Participants")
    SUMMARY = "summary", _("Summary")


class PublicStep(models.TextChoices):
    """What became of a record before the eyes of the public; empty where only facts of it changed."""

    ADDED = "added", pgettext_lazy("record", "Added")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ChangedFact(models.TextChoices):
    """What of a record has changed, in the words of the public change log."""

    TITLE = "title", _("Title")
    KIND = "kind", _("Kind")
    PARTNERSHIP = "partnership", _("Partnership")
    ITALIAN_PLACE = "italian_place", _("Italian partner")
    JAPANESE_PLACE = "japanese_place", _("Japanese partner")
    FIRST_CONTACT = "first_contact", _("First contact")
    SIGNED = "signed", _("Date of signature")
    SIGNED_AT = "signed_at", _("Place of signature")
    PARTIES = "parties", _("Parties")
    SIGNATORIES = "signatories", _("Signatories")
    TERM = "term", _("Term")
    RENEWAL = "renewal", pgettext_lazy("fact", "Renewal")
    ENDED = "ended", _("End")
    EARLIER_ACTS = "earlier_acts", _("Earlier acts")
    START = "start", _("Date")
    END = "end", _("Last day")
    PLACE = "place", _("Place")
    PLACES = "places", _("Other places concerned")
    PARTNERSHIPS = "partnerships", _("Partnerships")
    AGREEMENT = "agreement", _("Agreement")
    SECTORS = "sectors", _("Sectors")
    SUMMARY = "summary", _("Summary")
    CLAIR = "clair", _("CLAIR’s tests")
    SOURCES = "sources", _("Sources")
    ADDRESS = "address", _("Address in the atlas")
