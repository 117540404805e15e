"""Each fact has its sources; what each states is kept, and one may be preferred."""

from datetime import date

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import translation

from relations.dates import parse
from relations.enums import CitedField
from relations.models import Citation, Partnership, Source
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_partnership,
    make_source,
)

pytestmark = pytest.mark.django_db

MAKE = {"partnership": make_partnership, "agreement": make_agreement, "event": make_event}
TARGETS = list(MAKE)


@pytest.fixture
def release():
    return make_source(
        slug="la-spezia-izumisano",
        publisher="Comune della Spezia",
        title="La Spezia e Izumisano",
        published="2025-09",
        note_it="Senza data",
        note_en="Undated",
    )


# Sources


def test_a_source_is_called_by_its_publisher_and_title(release):
    assert str(release) == "Comune della Spezia, La Spezia e Izumisano"


def test_a_source_without_a_publisher_is_called_by_its_title(release):
    release.publisher = ""

    assert str(release) == "La Spezia e Izumisano"


def test_a_source_has_its_page(release):
    assert release.get_absolute_url() == "/en/sources/la-spezia-izumisano/"


def test_a_source_is_found_by_its_natural_key(release):
    make_source()

    assert release.natural_key() == ("la-spezia-izumisano",)
    assert Source.objects.get_by_natural_key(*release.natural_key()) == release


def test_a_source_is_dated_as_far_as_it_is_known(release, column):
    assert release.published_date == parse("2025-09")
    assert (column(release, "published_earliest"), column(release, "published_latest")) == (
        date(2025, 9, 1),
        date(2025, 9, 30),
    )


def test_the_note_of_a_source_is_that_of_the_active_language(release):
    with translation.override("it"):
        said = str(release.note)

    assert said == "Senza data"


def test_a_cited_source_cannot_be_deleted(release):
    make_citation(source=release, agreement=make_agreement(), field="kind", stated="gemellaggio")

    with pytest.raises(ProtectedError):
        release.delete()


def test_a_source_is_public_once_something_public_cites_it():
    of_act, of_event, of_partnership, of_draft, of_nothing = (make_source(slug=s) for s in "abcde")
    act = make_agreement()
    for fact in ("kind", "signed_at"):
        make_citation(source=of_act, agreement=act, field=fact, stated="x")
    make_citation(source=of_event, event=make_event(), field="place", stated="x")
    make_citation(source=of_partnership, partnership=act.partnership, field="record", stated="x")
    draft = make_agreement(state="draft")
    make_citation(source=of_draft, agreement=draft, field="kind", stated="x")
    make_citation(source=of_draft, partnership=draft.partnership, field="record", stated="x")

    public = Source.objects.published().filter(
        pk__in=[s.pk for s in (of_act, of_event, of_partnership, of_draft, of_nothing)]
    )

    assert list(public) == [of_act, of_event, of_partnership]


# What a citation may be about

ONE_RECORD = "A citation is about one partnership, one agreement or one event."


@pytest.mark.parametrize(
    "targets",
    [
        [],
        ["partnership", "agreement"],
        ["partnership", "event"],
        ["agreement", "event"],
        TARGETS,
    ],
    ids=lambda targets: " and ".join(targets) or "nothing",
)
def test_a_citation_of_none_or_several_records_is_refused(
    targets, release, refusals, database_refuses
):
    citation = Citation(source=release, field=CitedField.RECORD, stated="x")

    for target in targets:
        setattr(citation, target, MAKE[target]())

    assert refusals(citation) == {"__all__": [ONE_RECORD]}
    with database_refuses("relations_citation_of_one_record"):
        citation.save()


@pytest.mark.parametrize("target", TARGETS)
def test_a_citation_of_one_record_is_accepted(target, release, column):
    record = MAKE[target]()
    citation = Citation(
        source=release, field=CitedField.RECORD, stated="gemellaggio", **{target: record}
    )

    citation.full_clean()
    citation.save()

    assert column(citation, target) == record.pk
    assert (citation.target_kind, citation.target) == (target, record)


@pytest.mark.parametrize("target", TARGETS)
def test_a_source_states_a_value_of_a_fact_once(target, release, refusals, database_refuses):
    said = {"source": release, "field": "summary", "stated": "x", target: MAKE[target]()}
    make_citation(**said, preferred=False)
    again = Citation(**said)

    assert refusals(again) == {"__all__": ["This source already states this of the same fact."]}
    with database_refuses(f"relations_citation_once_of_{target}"):
        again.save()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    "change",
    [{"field": "record"}, {"stated": "y"}, {"source": None}],
    ids=["another fact", "another value", "another source"],
)
def test_a_source_may_state_other_values_and_other_sources_the_same(target, change, release):
    said = {"source": release, "field": "summary", "stated": "x", target: MAKE[target]()}
    make_citation(**said, preferred=False)
    if "source" in change:
        change = {"source": make_source()}
    other = Citation(**said | change)

    other.full_clean()
    other.save()

    assert Citation.objects.filter(**{target: said[target]}, stated__in="xy").count() == 2


@pytest.mark.parametrize("target", TARGETS)
def test_one_citation_of_a_fact_is_preferred(target, refusals, database_refuses):
    record = MAKE[target]()
    make_citation(field="summary", stated="x", preferred=True, **{target: record})
    other = Citation(
        source=make_source(), field="summary", stated="y", preferred=True, **{target: record}
    )

    assert refusals(other) == {
        "__all__": ["Another citation of this fact is already the preferred one."]
    }
    with database_refuses(f"relations_citation_one_preferred_value_of_{target}"):
        other.save()


@pytest.mark.parametrize("target", TARGETS)
def test_several_citations_of_a_fact_may_stand_beside_the_preferred_one(target):
    record = MAKE[target]()
    for stated, preferred in (("x", True), ("y", False), ("z", False)):
        citation = Citation(
            source=make_source(),
            field="summary",
            stated=stated,
            preferred=preferred,
            **{target: record},
        )
        citation.full_clean()
        citation.save()

    assert record.citations.filter(field="summary").count() == 3


FIELDS = {
    "partnership": "record italian_place japanese_place first_contact summary",
    "agreement": (
        "record kind signed signed_at parties signatories term renewal ended sectors summary"
    ),
    "event": "record kind start end place places participants sectors summary",
}


@pytest.mark.parametrize("field", CitedField.values)
@pytest.mark.parametrize("target", TARGETS)
def test_a_citation_names_a_fact_that_its_record_has(target, field, release, refusals):
    citation = Citation(source=release, field=field, stated="x", **{target: MAKE[target]()})

    if field in FIELDS[target].split():
        assert citation.full_clean() is None
    else:
        label = CitedField(field).label
        assert refusals(citation) == {"field": [f"A record of this kind has no fact “{label}”."]}


# What a citation is called


def test_only_a_record_as_a_whole_can_be_cited_without_a_value(release):
    whole = Citation(source=release, field="record", stated="", agreement=make_agreement())
    whole.full_clean()

    whole.field = "kind"
    with pytest.raises(ValidationError) as refused:
        whole.full_clean()

    assert refused.value.message_dict == {"stated": ["Say what the source states of this fact."]}


def test_a_citation_is_called_by_its_record_its_fact_and_what_is_stated():
    citation = make_citation(
        agreement=make_agreement(title_en="Memorandum"), field="kind", stated="gemellaggio"
    )

    assert str(citation) == "Memorandum · Kind: gemellaggio"


@pytest.mark.parametrize("target", TARGETS)
def test_a_citation_is_found_by_its_natural_key(target, release):
    record = MAKE[target](slug="record")
    citation = make_citation(source=release, field="summary", stated="205", **{target: record})
    make_citation(
        source=release, field="summary", stated="2025", preferred=False, **{target: record}
    )

    key = citation.natural_key()

    assert key == ("la-spezia-izumisano", target, "record", "summary", "205")
    assert Citation.objects.get_by_natural_key(*key) == citation


@pytest.mark.parametrize("target", TARGETS)
def test_a_citation_comes_back_from_a_fixture_as_it_was(target, release):
    record = MAKE[target](slug="record")
    citation = make_citation(source=release, field="summary", stated="205", **{target: record})
    text = serializers.serialize(
        "yaml", [citation], use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    citation.delete()

    for loaded in serializers.deserialize("yaml", text):
        loaded.save()

    again = Citation.objects.get(source=release)
    assert (again.target, again.field, again.stated, again.preferred) == (
        record,
        "summary",
        "205",
        True,
    )


def test_the_note_of_a_citation_is_that_of_the_active_language():
    citation = make_citation(
        agreement=make_agreement(), field="kind", stated="x", note_it="Refuso", note_ja="誤植"
    )

    with translation.override("ja"):
        said = str(citation.note)

    assert said == "誤植"


# Which citations are public


@pytest.mark.parametrize("state", ["published", "draft", "review", "withdrawn"])
def test_a_citation_is_as_public_as_its_agreement(state):
    act = make_agreement(state=state)

    public = Citation.objects.published().filter(agreement=act).count()

    assert public == (1 if state == "published" else 0)


@pytest.mark.parametrize("state", ["published", "draft", "review", "withdrawn"])
def test_a_citation_is_as_public_as_its_event(state):
    event = make_event(state=state)

    public = Citation.objects.published().filter(event=event).count()

    assert public == (1 if state == "published" else 0)


@pytest.mark.parametrize(("state", "count"), [("published", 1), ("draft", 0)])
def test_a_citation_is_public_once_anything_of_its_partnership_is(state, count):
    partnership = make_partnership()
    make_citation(partnership=partnership, field="record", stated="x")
    make_event(partnerships=(partnership,), state=state)
    make_event(partnerships=(partnership,), state=state)

    assert Citation.objects.published().filter(partnership=partnership).count() == count


# Sources of partnerships and places


def test_sources_of_partnerships_are_those_of_their_public_life():
    act = make_agreement()
    partnership = act.partnership
    sources = [make_source(slug=f"source-of-{name}") for name in ("itself", "act", "event")]
    event = make_event(partnerships=(partnership,))
    for source, target in zip(
        sources, ({"partnership": partnership}, {"agreement": act}, {"event": event}), strict=True
    ):
        make_citation(source=source, **target)
    draft = make_agreement(partnership=partnership, state="draft")
    make_citation(agreement=draft, source=make_source(slug="of-a-draft"))
    make_citation(agreement=make_agreement(), source=make_source(slug="of-another"))

    found = Source.objects.of_partnerships(Partnership.objects.filter(pk=partnership.pk))

    own = {source.slug for source in found}
    assert {source.slug for source in sources} <= own
    assert own.isdisjoint({"of-a-draft", "of-another"})


def test_sources_of_a_place_are_those_of_its_partnerships_and_of_what_happened_there():
    act = make_agreement()
    city = act.partnership.italian_place
    make_citation(agreement=act, source=make_source(slug="of-the-act"))
    there = make_event(place=city)
    make_citation(event=there, source=make_source(slug="of-the-event"))
    make_citation(agreement=make_agreement(), source=make_source(slug="of-another"))

    for place in (city, city.territory):
        own = {source.slug for source in Source.objects.of_place(place)}
        assert {"of-the-act", "of-the-event"} <= own
        assert "of-another" not in own


def test_the_newest_source_comes_first_and_the_undated_last():
    for published in ("", "1986", "2025-09"):
        make_source(published=published)

    assert [source.published for source in Source.objects.latest_first()] == ["2025-09", "1986", ""]
