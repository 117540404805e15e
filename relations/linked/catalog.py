"""The catalogue of the atlas's data in DCAT-AP_IT 1.1, the Italian profile of DCAT-AP."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCAT, FOAF

from relations.dates import UNKNOWN, PartialDate
from relations.enums import AgreementKind, Language
from relations.freshness import last_change
from relations.linked.downloads import API, API_DESCRIPTION, DATA_PAGE, DOWNLOADS, Download
from relations.linked.vocabulary import (
    COUNTRIES,
    DCATAPIT,
    EU,
    LANGUAGES,
    VCARD,
    add_exact_date,
    new_graph,
)
from relations.models import Agreement

LICENCE = URIRef("https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40")
_MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
# As DCAT-AP_IT 1.1 has it, where DCAT 3 has its own; schema.org as it was called then.
_START = URIRef("http://schema.org/startDate")
_THEMES = ("REGI", "GOVE")  # regions and cities; government and public sector


def day_of_last_change() -> date:
    """The day on which the public data last changed; today where there are none yet."""
    last = last_change()
    return timezone.localdate(last) if last else timezone.localdate()


def first_signed() -> PartialDate:
    """When the oldest public act was signed, as far as it is known."""
    dated = Agreement.objects.published().filter(signed_earliest__isnull=False)
    oldest = dated.order_by("signed_earliest", "slug").first()
    return oldest.signed_date if oldest else UNKNOWN


def catalog(
    site: str, modified: date, since: PartialDate, downloads: Iterable[Download] = DOWNLOADS
) -> Graph:
    """The catalogue: one dataset, which can be had in several forms.

    `site` is an `uris.origin`, `modified` the day of the last change of public data, `since` the
    date of the oldest act.
    """
    made = _Catalogue(site)
    made.describe_people()
    made.describe_catalogue(modified)
    made.describe_dataset(modified, since)
    for download in downloads:
        address = URIRef(site + download.path)
        form = made.describe_form(download.name, address, download.file_type, download.media_type)
        made.graph.add((form, DCAT.downloadURL, address))
    made.describe_api()
    return made.graph


class _Catalogue:
    """A catalogue while it is being written; what belongs to it is named by fragments of its URI."""

    def __init__(self, site: str) -> None:
        self.graph = new_graph()
        self._site = site
        self._uri = URIRef(f"{site}/catalog/")
        self._dataset = URIRef(f"{self._uri}#dataset")
        self._publisher = URIRef(f"{self._uri}#publisher")
        self._page = URIRef(f"{site}/en/{DATA_PAGE}")

    def _type(self, node: URIRef, *classes: URIRef) -> None:
        for each in classes:
            self.graph.add((node, RDF.type, each))

    def describe_people(self) -> None:
        """Say who publishes and holds the data, and under which licence."""
        graph, publisher = self.graph, self._publisher
        self._type(publisher, DCATAPIT.Agent, FOAF.Agent)
        graph.add((publisher, DCTERMS.identifier, Literal(settings.PUBLISHER_ID)))
        graph.add((publisher, FOAF.name, Literal(settings.PUBLISHER_NAME)))
        self._type(LICENCE, DCATAPIT.LicenseDocument, DCTERMS.LicenseDocument)
        attribution = URIRef("http://purl.org/adms/licencetype/Attribution")
        graph.add((LICENCE, DCTERMS.type, attribution))
        graph.add((LICENCE, FOAF.name, Literal("CC BY")))
        graph.add((LICENCE, OWL.versionInfo, Literal("4.0")))

    def _describe(self, node: URIRef, modified: date) -> None:
        """Say what the catalogue and the dataset have in common."""
        graph = self.graph
        for language in Language:
            with translation.override(language.value):
                title = _("Italy–Japan Twinning Atlas")
                description = _(
                    "The twinnings, pacts and agreements between Italian and Japanese cities, regions and prefectures, each fact with its source."
                )
            graph.add((node, DCTERMS.title, Literal(title, lang=language.value)))
            graph.add((node, DCTERMS.description, Literal(description, lang=language.value)))
            graph.add((node, DCTERMS.language, LANGUAGES[language]))
        graph.add((node, DCTERMS.publisher, self._publisher))
        graph.add((node, DCTERMS.modified, Literal(modified)))

    def describe_catalogue(self, modified: date) -> None:
        """Say what the catalogue is and that it has one dataset."""
        self._type(self._uri, DCATAPIT.Catalog, DCAT.Catalog)
        self._describe(self._uri, modified)
        self.graph.add((self._uri, FOAF.homepage, URIRef(f"{self._site}/en/")))
        self.graph.add((self._uri, DCAT.themeTaxonomy, EU["data-theme"]))
        self.graph.add((self._uri, DCAT.dataset, self._dataset))

    def describe_dataset(self, modified: date, since: PartialDate) -> None:
        """Say what the dataset is about, whose it is, and how often it changes."""
        graph, dataset = self.graph, self._dataset
        self._type(dataset, DCATAPIT.Dataset, DCAT.Dataset)
        self._describe(dataset, modified)
        identifier = f"{settings.PUBLISHER_ID}:twinnings"
        graph.add((dataset, DCTERMS.identifier, Literal(identifier)))
        graph.add((dataset, DCTERMS.rightsHolder, self._publisher))
        graph.add((dataset, DCTERMS.accrualPeriodicity, EU["frequency/IRREGULAR"]))
        graph.add((dataset, DCAT.landingPage, self._page))
        for code in _THEMES:
            graph.add((dataset, DCAT.theme, EU[f"data-theme/{code}"]))
            self._type(EU[f"data-theme/{code}"], SKOS.Concept)
        for country in COUNTRIES.values():
            graph.add((dataset, DCTERMS.spatial, country))
            self._type(country, DCTERMS.Location)
        self._add_keywords()
        self._add_period(since)
        self._add_contact()

    def _add_keywords(self) -> None:
        for language in Language:
            with translation.override(language.value):
                words = [str(AgreementKind(kind).label) for kind in ("twinning", "friendship_pact")]
            for word in words:
                keyword = Literal(word.lower(), lang=language.value)
                self.graph.add((self._dataset, DCAT.keyword, keyword))

    def _add_period(self, since: PartialDate) -> None:
        """From the oldest act on, without end; as precisely as its date is known."""
        if not since.is_known:
            return
        period = URIRef(f"{self._uri}#period")
        self.graph.add((self._dataset, DCTERMS.temporal, period))
        self._type(period, DCTERMS.PeriodOfTime)
        for predicate in (DCAT.startDate, _START):
            add_exact_date(self.graph, period, predicate, since)

    def _add_contact(self) -> None:
        if not settings.CONTACT_EMAIL:
            return
        contact = URIRef(f"{self._uri}#contact")
        self.graph.add((self._dataset, DCAT.contactPoint, contact))
        self._type(contact, DCATAPIT.Organization, VCARD.Organization, VCARD.Kind)
        self.graph.add((contact, VCARD.fn, Literal(settings.PUBLISHER_NAME)))
        self.graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{settings.CONTACT_EMAIL}")))

    def describe_form(self, name: str, address: URIRef, file_type: str, media_type: str) -> URIRef:
        """Say in which form the dataset can be had at an address, under its licence; return the URI of this form."""
        graph, form = self.graph, URIRef(f"{self._uri}#{name}")
        graph.add((self._dataset, DCAT.distribution, form))
        self._type(form, DCATAPIT.Distribution, DCAT.Distribution)
        graph.add((form, DCTERMS.title, Literal(name)))
        graph.add((form, DCTERMS["format"], EU[f"file-type/{file_type}"]))
        graph.add((form, DCAT.mediaType, URIRef(_MEDIA_TYPES + media_type)))
        graph.add((form, DCTERMS.license, LICENCE))
        graph.add((form, DCAT.accessURL, address))
        return form

    def describe_api(self) -> None:
        """Say that the dataset can be asked by programs too, and where it is described how."""
        graph, service = self.graph, URIRef(f"{self._uri}#service")
        description = URIRef(self._site + API_DESCRIPTION)
        form = self.describe_form("api", description, "JSON", "application/json")
        graph.add((form, DCAT.accessService, service))
        self._type(service, DCAT.DataService)
        title = Literal("Italy–Japan Twinning Atlas: API", lang="en")
        graph.add((service, DCTERMS.title, title))
        graph.add((service, DCAT.endpointURL, URIRef(self._site + API)))
        graph.add((service, DCAT.endpointDescription, description))
        graph.add((service, DCAT.servesDataset, self._dataset))
        graph.add((service, DCTERMS.license, LICENCE))
