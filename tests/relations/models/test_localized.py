"""Texts are shown in the language asked for, or in the next best, which is then said."""

import pytest
from django.utils import translation

from relations.enums import Language
from relations.models import Event, Sector
from relations.models.localized import LocalizedText, active_language, folded_texts, localized

ALL = {"it": "Industria", "ja": "産業", "en": "Industry"}


def sector(*languages):
    return Sector(**{f"name_{language}": ALL[language] for language in languages})


@pytest.mark.parametrize(
    ("wanted", "present", "shown"),
    [
        ("it", "it ja en", "it"),
        ("ja", "it ja en", "ja"),
        ("en", "it ja en", "en"),
        ("it", "ja en", "en"),
        ("it", "ja", "ja"),
        ("ja", "it en", "en"),
        ("ja", "it", "it"),
        ("en", "it ja", "it"),
        ("en", "ja", "ja"),
    ],
)
def test_a_missing_text_is_shown_in_the_next_best_language(wanted, present, shown):
    record = sector(*present.split())

    assert localized(record, "name", wanted) == LocalizedText(
        ALL[shown], Language(shown), is_translated=shown == wanted
    )


@pytest.mark.parametrize("wanted", Language)
def test_a_text_that_exists_in_no_language_is_empty_in_the_one_asked_for(wanted):
    assert localized(sector(), "name", wanted) == LocalizedText("", wanted)


@pytest.mark.parametrize("language", ["it", "ja", "en"])
def test_a_text_is_shown_in_the_active_language_unless_one_is_given(language):
    with translation.override(language):
        shown = localized(sector("it", "ja", "en"), "name")

    assert shown == LocalizedText(ALL[language], Language(language))


@pytest.mark.parametrize(
    ("active", "language"),
    [
        ("it", Language.ITALIAN),
        ("it-ch", Language.ITALIAN),
        ("ja", Language.JAPANESE),
        ("en-gb", Language.ENGLISH),
        ("fr", Language.ENGLISH),
        (None, Language.ENGLISH),
    ],
)
def test_the_active_language_is_one_of_three(active, language):
    with translation.override(active):
        found = active_language()

    assert found is language


def test_a_localized_text_reads_as_its_text_and_is_true_unless_empty():
    full, empty = LocalizedText("産業", Language.JAPANESE), LocalizedText("", Language.JAPANESE)

    assert (str(full), bool(full), str(empty), bool(empty)) == ("産業", True, "", False)


def test_a_record_is_called_by_its_name_its_title_and_its_summary_in_the_active_language():
    event = Event(title_it="Visita", title_ja="訪問", summary_it="Quaranta delegati")

    with translation.override("ja"):
        said = (str(sector("it", "ja")), str(event), event.title, event.summary)

    assert said == (
        "産業",
        "訪問",
        LocalizedText("訪問", Language.JAPANESE),
        LocalizedText("Quaranta delegati", Language.ITALIAN, is_translated=False),
    )


def test_folded_texts_hold_every_language_of_each_text_in_order():
    event = Event(title_it="Città", title_ja="訪問", title_en="Visit", summary_ja="トリノ")

    folded = folded_texts("title", "summary").derive(event)

    assert folded == " citta 訪問 visit とりの"
