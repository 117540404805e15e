"""Two states of a record, told apart in the words of the site."""

import re

import pytest
from django.utils import translation

from relations.history import Piece, differences, word_differences
from relations.models import Agreement, Citation, Place
from relations.templatetags.history import marked_text

pytestmark = pytest.mark.django_db


def kept(text):
    return Piece(text)


def out(text):
    return Piece(text, "del")


def put_in(text):
    return Piece(text, "ins")


def test_changed_words_are_marked_and_the_others_are_kept():
    pieces = word_differences("Signed by the two mayors.", "Signed by both mayors.")

    assert pieces == [
        kept("Signed by "),
        out("the two"),
        put_in("both"),
        kept(" mayors."),
    ]


def test_japanese_is_compared_by_the_character():
    assert word_differences("姉妹都市提携", "友好都市提携") == [
        out("姉妹"),
        put_in("友好"),
        kept("都市提携"),
    ]


def test_texts_that_have_little_in_common_follow_each_other_whole():
    assert word_differences("Una visita", "A mission of forty people") == [
        out("Una visita"),
        put_in("A mission of forty people"),
    ]


def test_a_long_stretch_that_stays_is_cut_short_between_words():
    stays = "word " * 100
    pieces = word_differences(f"old {stays}old", f"new {stays}new")

    middle = pieces[2].text
    assert [piece.mark for piece in pieces] == ["del", "ins", "", "del", "ins"]
    assert len(middle) < 150
    assert set(middle.replace("…", " ").split()) == {"word"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Signed", "27 May 2005", "May 2005")),
        ("it", ("Data della firma", "27 maggio 2005", "maggio 2005")),
        ("ja", ("署名日", "2005年5月27日", "2005年5月")),
    ],
)
def test_a_date_is_said_as_the_site_says_it(language, said):
    with translation.override(language):
        (difference,) = differences(Agreement, {"signed": "2005-05-27"}, {"signed": "2005-05"}, {})

    assert (difference.before, difference.after) == said[1:]


def test_a_choice_a_record_and_a_yes_are_called_what_they_are_called():
    before = {"kind": "twinning", "signed_at_id": 1}
    after = {"kind": "memorandum", "signed_at_id": None}
    found = differences(Agreement, before, after, {(Place, 1): "Torino"})
    (yes,) = differences(Citation, {"preferred": False}, {"preferred": True}, {})

    assert [(d.label, d.before, d.after) for d in found] == [
        ("Kind", "Twinning", "Memorandum of understanding"),
        ("Signed at", "Torino", ""),
    ]
    assert (yes.before, yes.after) == ("No", "Yes")


def test_a_list_marks_what_came_and_what_went():
    sectors = Agreement._meta.get_field("sectors").related_model  # noqa: SLF001 # documented API
    names = {(sectors, 1): "Culture", (sectors, 2): "Sport", (sectors, 3): "Tourism"}
    (difference,) = differences(Agreement, {"sectors": (1, 2)}, {"sectors": (2, 3)}, names)

    assert difference.pieces == (out("Culture"), kept("Sport"), put_in("Tourism"))
    assert difference.is_list


def test_a_text_bears_its_language():
    (difference,) = differences(Agreement, {"title_ja": "第一協定"}, {"title_ja": "第二協定"}, {})

    assert difference.language == "ja"


def test_very_long_texts_are_told_apart_at_once():
    ends, one, other = "Inizio. ", "の を に は " * 3000, "が で と も " * 3000

    pieces = word_differences(ends * 5000 + one + ends * 5000, ends * 5000 + other + ends * 5000)

    assert [piece.mark for piece in pieces] == ["", "del", "ins", ""]


def test_hostile_text_is_only_text():
    pieces = word_differences("A <b>name</b>", "A <script>name</script>")

    html = marked_text(pieces)

    assert re.findall(r"<(?!/?(?:del|ins)>)", html) == []


def test_of_one_state_what_is_so_by_default_is_not_told():
    state = {"kind": "twinning", "renewal": "unknown", "ended": "", "signed_at_id": 1}

    found = differences(Agreement, None, state, {(Place, 1): "Torino"})

    assert [(d.label, d.after) for d in found] == [("Kind", "Twinning"), ("Signed at", "Torino")]
