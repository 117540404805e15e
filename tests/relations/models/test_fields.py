"""Partial dates are kept as EDTF; derived columns follow from the rest of their row."""

import pytest
from django.core.exceptions import ValidationError

from relations import dates
from relations.models import Agreement, Place
from relations.models.fields import (
    DerivedDateField,
    DerivedTextField,
    PartialDateField,
    date_or_unknown,
    earliest,
    latest,
)
from tests.factories import make_agreement


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1986", "1986"),
        (" 2013-11 ", "2013-11"),
        ("１９８６～", "1986~"),  # noqa: RUF001 # full-width digits are what is tested
        ("S38.10.12", "1963-10-12"),
        ("", ""),
        ("  ", ""),
        (None, ""),
    ],
)
def test_a_partial_date_is_kept_in_canonical_form(written, kept):
    assert PartialDateField().clean(written, None) == kept


def test_a_partial_date_that_cannot_be_read_is_refused_with_the_reason():
    with pytest.raises(ValidationError) as caught:
        PartialDateField().clean("2013-02-30", None)

    assert (caught.value.messages, caught.value.code) == (
        ["“2013-02-30” is not a day of the calendar."],
        "invalid_date",
    )


def test_a_partial_date_may_be_left_empty():
    field = PartialDateField()

    assert (field.blank, field.null, field.default, field.max_length) == (True, False, "", 20)


@pytest.mark.parametrize("text", ["1986", "198X~", "2013-11", "2005-05-27", ""])
def test_a_stored_date_is_parsed(text):
    assert date_or_unknown(text) == dates.parse(text)


@pytest.mark.parametrize("text", ["205", "2013-02-30", "S64.1.8"])
def test_a_stored_text_that_is_no_date_is_unknown_until_it_is_cleaned(text):
    assert date_or_unknown(text) == dates.UNKNOWN


def test_derived_columns_are_neither_edited_nor_written_to_fixtures():
    derived = [
        field.name
        for field in Agreement._meta.concrete_fields  # noqa: SLF001 # documented API
        if isinstance(field, DerivedDateField | DerivedTextField)
        and not field.editable
        and not field.serialize
    ]

    assert derived == [
        "signed_earliest",
        "signed_latest",
        "term_end",
        "ended_earliest",
        "ended_latest",
        "folded",
    ]


@pytest.mark.parametrize("field", [earliest("signed"), latest("signed")])
def test_a_derived_date_is_written_to_migrations_without_its_function(field):
    _name, path, args, options = field.deconstruct()

    assert (path, args, options) == (
        "relations.models.fields.DerivedDateField",
        [],
        {"null": True},
    )


def test_a_derived_text_is_written_to_migrations_without_its_function():
    _name, path, args, options = DerivedTextField(derive=str).deconstruct()

    assert (path, args, options) == ("relations.models.fields.DerivedTextField", [], {})


def test_a_derived_value_follows_before_anything_is_saved():
    act = Agreement(signed="2013-11")

    act.signed = "2014"

    assert (act.signed_earliest, act.signed_latest) == (
        dates.parse("2014").earliest,
        dates.parse("2014").latest,
    )


def test_a_derived_value_cannot_be_assigned():
    place = Place(name_en="Torino", folded="nonsense")

    place.folded = "nonsense"

    assert place.folded == " torino"


def test_a_derived_column_stands_on_its_model_as_itself():
    assert Agreement.signed_earliest.field.attname == "signed_earliest"


def test_a_derived_column_of_a_new_record_is_not_taken_for_a_deferred_one():
    assert Agreement(signed="1986").get_deferred_fields() == set()


@pytest.mark.parametrize("code", [0x00, 0x01, 0x0B, 0x1F, 0x7F, 0xFFFE, 0xFFFF])
@pytest.mark.django_db
def test_a_character_that_is_no_text_is_refused_and_named(code: int) -> None:
    act = make_agreement()
    act.title_it = f"Gemellaggio{chr(code)} tra"

    with pytest.raises(ValidationError) as caught:
        act.full_clean()

    assert caught.value.message_dict["title_it"] == [
        f"After “Gemellaggio” stands a character that is no text (U+{code:04X}). Delete it."
    ]


@pytest.mark.django_db
def test_tabs_line_breaks_and_emoji_are_text() -> None:
    act = make_agreement(summary_it="Uno\tdue\r\ntre 🤝")

    act.full_clean()
