"""How a release is cited."""

from datetime import date

from relations.releases import Edition, bibtex
from relations.releases.texts import citation, citation_file

RELEASE = Edition("https://atlas.example.org", 2, date(2026, 11, 30))


def test_a_release_is_cited_in_one_sentence():
    assert citation(RELEASE) == (
        "Italy–Japan Twinning Atlas, data set, release 2 of 2026-11-30, "
        "https://atlas.example.org/data/. CC BY 4.0."
    )


def test_a_release_is_cited_in_bibtex(settings):
    settings.PUBLISHER_NAME = "Regione Esempio"

    assert bibtex(RELEASE, date(2026, 12, 24)) == (
        "@misc{italy-japan-twinning-atlas-2,\n"
        "  title     = {{Italy–Japan Twinning Atlas}},\n"
        "  author    = {{The Italy–Japan Twinning Atlas authors}},\n"
        "  publisher = {{Regione Esempio}},\n"
        "  year      = {2026},\n"
        "  version   = {2},\n"
        "  url       = {https://atlas.example.org/data/},\n"
        "  urldate   = {2026-12-24},\n"
        "  note      = {Data set, release 2 of 2026-11-30. CC BY 4.0}\n"
        "}"
    )


def test_where_there_is_no_release_the_current_data_are_cited_by_day():
    said = bibtex(Edition("https://atlas.example.org"), date(2026, 12, 24))

    assert "@misc{italy-japan-twinning-atlas-2026-12-24,\n" in said
    assert "version" not in said
    assert "note      = {Data set, current data. CC BY 4.0}" in said


def test_the_citation_file_keeps_all_but_the_version():
    lines = citation_file(RELEASE).splitlines()

    assert 'version: "2"' in lines
    assert 'date-released: "2026-11-30"' in lines
    assert lines[0] == "cff-version: 1.2.0"
