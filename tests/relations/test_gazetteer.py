"""The table of the gazetteer is what its files say."""

from decimal import Decimal

import pytest
from django.conf import settings

from relations.enums import PlaceKind
from relations.loading import FILES, GazetteerReport, LoadError, dump, load_gazetteer
from relations.loading.gazetteer import HEADING
from relations.models import DatasetVersion, GazetteerEntry
from tests.factories import make_entry, make_italian_city, make_region

pytestmark = pytest.mark.django_db

FOLDER = settings.BASE_DIR / "data" / "gazetteer"
SPEZIA = "011015 M IT-42 SP La_Spezia - - - - 44.1030 9.8238 G 92000"
IZUMISANO = "27213 M JP-27 - Izumisano 泉佐野市 - いずみさのし - 34.4068 135.3273 J 99000"


def line(words):
    """A line of a file: a dash is an empty column, an underscore a space."""
    return "\t".join("" if word == "-" else word.replace("_", " ") for word in words.split())


@pytest.fixture
def write(tmp_path):
    """Writes both files, with these lines below the heading, and returns their folder."""

    def write(italy=(SPEZIA,), japan=(IZUMISANO,)):
        for name, lines in (("italy", italy), ("japan", japan)):
            text = "".join(f"{row}\n" for row in ["\t".join(HEADING), *map(line, lines)])
            (tmp_path / f"{name}.tsv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def sentences(refusal):
    """What was wrong, without the folder."""
    return [str(problem).split("/")[-1] for problem in refusal.value.problems]


def test_the_gazetteer_of_the_project_is_loaded_once():
    first, second = load_gazetteer(FOLDER), load_gazetteer(FOLDER)

    assert first == GazetteerReport(created=9744, updated=0, deleted=0, unchanged=0)
    assert second == GazetteerReport(created=0, updated=0, deleted=0, unchanged=9744)
    assert GazetteerEntry.objects.count() == 9744


def test_the_gazetteer_is_loaded_in_few_queries(django_assert_max_num_queries):
    # A savepoint and its release, what is there, and batches, which SQLite keeps to 71 rows.
    with django_assert_max_num_queries(145):
        load_gazetteer(FOLDER)


def test_an_entry_has_what_its_line_says(write):
    load_gazetteer(write())

    spezia = GazetteerEntry.objects.get(country="IT")
    assert (spezia.kind, spezia.code, spezia.region_code, spezia.province) == (
        PlaceKind.MUNICIPALITY,
        "011015",
        "IT-42",
        "SP",
    )
    assert (spezia.latitude, spezia.longitude) == (Decimal("44.10300"), Decimal("9.82380"))
    assert (spezia.inhabitants, str(spezia)) == (92_000, "La Spezia")
    izumisano = GazetteerEntry.objects.get(country="JP")
    assert (izumisano.reading, str(izumisano)) == ("いずみさのし", "泉佐野市 Izumisano")


def test_what_changed_is_written_and_what_is_gone_is_removed(write):
    load_gazetteer(write(italy=(SPEZIA, SPEZIA.replace("011015", "011099"))))
    kept = GazetteerEntry.objects.get(code="011015").pk

    report = load_gazetteer(write(italy=(SPEZIA.replace("La_Spezia", "Spezia"),)))

    assert report == GazetteerReport(created=0, updated=1, deleted=1, unchanged=1)
    spezia = GazetteerEntry.objects.get(country="IT")
    assert (spezia.pk, spezia.name_it, spezia.folded) == (kept, "Spezia", " spezia sp")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("011016 M", "italy.tsv, line 3: There are 2 columns instead of 13."),
        (SPEZIA, "italy.tsv, line 3: The code 011015 stands here for the second time."),
        (
            SPEZIA.replace("011015 M", "011016 X"),
            "italy.tsv, line 3: The kind “X” is none of M, W, P, C.",
        ),
        *(
            (
                SPEZIA.replace("011015", "011016").replace(good, bad),
                "italy.tsv, line 3: A coordinate or the number of inhabitants is no number.",
            )
            for good, bad in [("44.1030", "44,1"), ("9.8238", "-"), ("92000", "many")]
        ),
    ],
)
def test_a_line_that_is_wrong_gets_its_sentence_and_nothing_is_loaded(write, wrong, sentence):
    with pytest.raises(LoadError) as refusal:
        load_gazetteer(write(italy=(SPEZIA, wrong)))

    assert sentences(refusal) == [sentence]
    assert GazetteerEntry.objects.count() == 0


def test_a_file_with_other_columns_is_refused(write):
    folder = write()
    (folder / "japan.tsv").write_text("code\tname\n", encoding="utf-8")

    with pytest.raises(LoadError) as refusal:
        load_gazetteer(folder)

    assert sentences(refusal) == [
        f"japan.tsv, line 1: The columns should be: {', '.join(HEADING)}."
    ]


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b""])
def test_a_file_that_cannot_be_read_is_refused(write, content):
    folder = write()
    (folder / "italy.tsv").unlink()
    if content is not None:
        (folder / "italy.tsv").write_bytes(content)

    with pytest.raises(LoadError) as refusal:
        load_gazetteer(folder)

    assert [problem.file.name for problem in refusal.value.problems] == ["italy.tsv"]
    assert GazetteerEntry.objects.count() == 0


def test_a_load_is_no_change_of_the_atlas(write, tmp_path):
    before = DatasetVersion.objects.current()

    load_gazetteer(write())

    assert DatasetVersion.objects.current() == before
    dump(tmp_path / "dumped")
    assert {path.name for path in (tmp_path / "dumped").iterdir()} == set(FILES)


# Entries


def test_the_gazetteer_of_the_project_is_found_in_four_scripts():
    load_gazetteer(FOLDER)

    def first(words):
        return str(GazetteerEntry.objects.spelled(words).first())

    assert {
        words: first(words) for words in ("la spe", "Bozen", "l'aqui", "Forlì", "reggio re")
    } == {
        "la spe": "La Spezia",
        "Bozen": "Bolzano",
        "l'aqui": "L’Aquila",
        "Forlì": "Forlì",
        "reggio re": "Reggio nell’Emilia",
    }
    izumisano = ("izumisano", "いずみさの", "イズミサノ", "泉佐野")
    assert {first(words) for words in izumisano} == {"泉佐野市 Izumisano"}


def test_a_place_of_an_entry_is_complete():
    region = make_region(code="IT-52", name_en="Tuscany")
    entry = make_entry(name_it="Firenze", name_en="Florence", code="048017", region_code="IT-52")
    make_italian_city(slug="firenze")
    make_italian_city(slug="firenze-tuscany")

    place = entry.place()

    assert (place.name_it, place.name_en, place.name_ja) == ("Firenze", "Florence", "")
    assert (place.region, place.slug) == (region, "firenze-048017")
    place.name_ja = "フィレンツェ市"
    place.full_clean()
    place.save()
    assert not GazetteerEntry.objects.not_yet_places().exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Monticelli d’Ongina", "monticelli-d-ongina"),
        ("Forlì", "forli"),
        ("Provincia dell’Aquila", "provincia-dell-aquila"),
    ],
)
def test_a_slug_is_made_as_those_of_the_fixtures_are(name, slug):
    assert make_entry(name_it=name).place().slug == slug
