"""The labels of the releases name what exists, say what their texts say, and contradict themselves nowhere."""

import csv
from collections import Counter
from itertools import chain

import pytest
import yaml

from bench.labels import OPEN, SET_ASIDE, releases
from relations import dates
from relations.enums import AgreementKind, Country, EventKind, Institution, Language, Renewal
from relations.press.readings import Stage
from tests.conftest import BASE_DIR

ACT = {
    "kind",
    "stage",
    "signed",
    "signed_at",
    "bodies",
    "signatories",
    "term_months",
    "renewal",
    "sectors",
}
ALL = [*releases(OPEN), *releases(SET_ASIDE)]
every_release = pytest.mark.parametrize("release", ALL, ids=lambda release: release.name)
every_act = pytest.mark.parametrize(
    "release", [r for r in ALL if r.label["act"]], ids=lambda release: release.name
)


def rows(name):
    with (BASE_DIR / "data" / "gazetteer" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def fixture(name):
    return (BASE_DIR / "fixtures" / name).read_text(encoding="utf-8")


def records(name):
    return [record["fields"] for record in yaml.load(fixture(name), Loader=yaml.CSafeLoader)]


@pytest.fixture(scope="module")
def keys():
    """The keys of all places: of the gazetteer, and the regions and prefectures, which have their own names."""
    territories = {place["code"] for place in records("02_places.yaml") if "-" in place["code"]}
    return (
        territories
        | {f"IT-{row['code']}" for row in rows("italy.tsv")}
        | {f"JP-{row['code']}" for row in rows("japan.tsv")}
    )


@pytest.fixture(scope="module")
def sectors():
    return {sector["code"] for sector in records("01_sectors.yaml")}


def keys_of(label):
    """Every key that a label holds beside its list of places."""
    act = label["act"] or {"bodies": [], "signed_at": None}
    yield from (body["place"] for body in act["bodies"])
    yield from filter(None, [act["signed_at"]])
    yield from chain.from_iterable(told["places"] for told in label["further_acts"])
    yield from chain.from_iterable(told["places"] for told in label["events"])


def dates_of(label):
    yield label["source"]["published"]
    yield from (told["signed"] for told in label["further_acts"])
    yield from (told["start"] for told in label["events"])
    if label["act"]:
        yield label["act"]["signed"]


@every_release
def test_places_exist_and_are_listed_once(release, keys):
    places = release.label["places"]

    assert set(places) <= keys
    assert len(set(places)) == len(places)
    assert set(release.label["near_misses"]) <= keys


@every_release
def test_what_a_label_speaks_of_is_among_its_places(release):
    known = {*release.label["places"], *release.label["near_misses"]}

    assert set(keys_of(release.label)) <= known


@every_release
def test_dates_are_canonical(release):
    for said in filter(None, dates_of(release.label)):
        assert dates.parse(said).edtf == said
        assert "1868" <= said[:4] <= "2026"


@every_release
def test_language_events_and_further_acts_have_codes(release):
    assert release.label["language"] in Language.values
    assert {event["kind"] for event in release.label["events"]} <= set(EventKind.values)
    kinds = {act["kind"] for act in release.label["further_acts"]} - {None}
    assert kinds <= set(AgreementKind.values)


@every_release
def test_labels_have_one_shape(release):
    assert set(release.label) == {
        "language",
        "source",
        "places",
        "near_misses",
        "act",
        "further_acts",
        "events",
    }
    assert set(release.label["source"]) == {"publisher", "published"}
    assert all(set(act) == {"kind", "signed", "places"} for act in release.label["further_acts"])
    assert all(set(event) == {"kind", "start", "places"} for event in release.label["events"])


@every_act
def test_acts_have_codes_and_one_shape(release, sectors):
    act = release.label["act"]

    assert set(act) == ACT
    assert act["kind"] in AgreementKind.values
    assert act["stage"] in set(Stage)
    assert act["renewal"] in {*Renewal.values, None}
    assert set(act["sectors"]) <= sectors
    assert {body["institution"] for body in act["bodies"]} <= set(Institution.values)
    assert act["term_months"] is None or 0 < act["term_months"] <= 600


@every_act
def test_an_act_binds_both_countries(release):
    sides = {body["place"][:2] for body in release.label["act"]["bodies"]}

    assert sides == set(Country.values)


@every_act
def test_signatories_stand_in_the_text(release):
    for person in release.label["act"]["signatories"]:
        assert person["name"] in release.text
        assert person["country"] in Country.values


@pytest.mark.parametrize("half", [OPEN, SET_ASIDE], ids=lambda half: half.name)
def test_each_half_has_the_mixture(half):
    languages = Counter(release.label["language"] for release in releases(half))

    assert languages["it"] >= 15
    assert languages["ja"] >= 4
    assert languages["en"] >= 3


def test_no_text_comes_from_the_atlas():
    said = " ".join(" ".join(path.read_text("utf-8").split()) for path in fixtures())
    lines = (line.strip() for release in ALL for line in release.text.splitlines())

    assert [line for line in lines if len(line) >= 30 and line in said] == []


def fixtures():
    return (BASE_DIR / "fixtures").glob("*.yaml")
