"""The files that describe the project for catalogues and reference managers."""

import tomllib

import pytest
import yaml

from tests.conftest import BASE_DIR

PROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]


@pytest.fixture
def cited():
    return yaml.safe_load((BASE_DIR / "CITATION.cff").read_text())


@pytest.fixture
def described():
    return yaml.safe_load((BASE_DIR / "publiccode.yml").read_text())


def test_citation_has_what_the_format_demands(cited):
    """Citation File Format 1.2.0: cff-version, message, title and authors are mandatory."""
    assert (cited["cff-version"], cited["type"], cited["license"]) == (
        "1.2.0",
        "dataset",
        "CC-BY-4.0",
    )
    assert cited["title"] == "Italy–Japan Twinning Atlas"
    assert cited["authors"] == [{"name": "The Italy–Japan Twinning Atlas authors"}]
    assert all(cited[name] for name in ("message", "abstract", "keywords"))


def test_citation_has_no_address_that_is_not_known(cited):
    assert {"doi", "url", "identifiers", "repository", "repository-code"} & cited.keys() == set()


def test_all_files_say_the_same_version_and_authors(cited, described):
    version = PROJECT["version"]
    assert (str(cited["version"]), str(described["softwareVersion"])) == (version, version)
    assert cited["authors"] == PROJECT["authors"] == described["maintenance"]["contacts"]


def test_publiccode_has_what_the_standard_demands(described):
    """publiccode.yml 0.4: the keys that its schema calls mandatory."""
    demanded = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert demanded - described.keys() == set()
    assert described["publiccodeYmlVersion"] == "0.4"
    assert described["legal"]["license"] == PROJECT["license"] == "BSD-3-Clause"
    assert described["maintenance"]["type"] == "internal"
    assert described["localisation"] == {
        "localisationReady": True,
        "availableLanguages": ["it", "ja", "en"],
    }
    assert (described["developmentStatus"], described["platforms"]) == ("beta", ["web"])


def test_publiccode_invents_no_repository(described):
    """The standard demands an address; `.invalid` (RFC 2606) can be none."""
    assert described["url"].split("/")[2].endswith(".invalid")


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_publiccode_describes_in_the_lengths_that_are_allowed(described, language):
    said = described["description"][language]

    assert 0 < len(said["shortDescription"]) <= 150
    assert 150 <= len(said["longDescription"]) <= 10_000
    assert all(0 < len(feature) <= 100 for feature in said["features"])
    assert said["localisedName"]
