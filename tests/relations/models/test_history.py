"""Every change of a record leaves a version; no more, no less, and nothing is put down to the wrong hand."""

import pytest
from django.core.management import call_command

from relations.models import Agreement, Event, Party, PublicChange, Signatory, Source
from relations.models.current import one_change
from relations.models.states import DELETED, last_states, last_versions, own_fields, versions_of
from tests.conftest import PRESS_RELEASES
from tests.factories import (
    make_agreement,
    make_citation,
    make_event,
    make_partnership,
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db


def versions(record):
    """The versions of a record, the first first."""
    table = versions_of(type(record)).objects
    return list(table.filter(id=record.pk).order_by("history_id"))


def told(**records):
    """What the public is told of a record: the steps and facts, the first first."""
    changes = PublicChange.objects.filter(**records).order_by("pk")
    return [(change.step, change.facts) for change in changes]


def test_a_save_that_changes_nothing_leaves_no_version():
    source = make_source()
    before = len(versions(source))

    source.save()

    assert len(versions(source)) == before


def test_each_record_has_one_last_version():
    kept, gone, other = make_source(), make_source(), make_source()
    kept.title = "Another title"
    kept.save()
    key = gone.pk
    gone.delete()

    some = {v.id: (v.history_type, v.title) for v in last_versions(Source, [kept.pk, key])}

    assert some == {kept.pk: ("~", "Another title"), key: (DELETED, gone.title)}
    assert {v.id for v in last_versions(Source)} == {kept.pk, key, other.pk}


def test_a_record_saved_in_several_steps_of_one_change_has_one_version():
    event = make_event()
    before = len(versions(event))

    with one_change("two steps"):
        event.title_en = "Another title"
        event.save()
        event.sectors.set([make_sector(), make_sector()])
        event.partnerships.add(make_partnership())

    (version,) = versions(event)[before:]
    state = last_states(Event, [event.pk])[event.pk]
    assert (version.title_en, version.history_change_reason) == ("Another title", "two steps")
    assert (len(state["sectors"]), len(state["partnerships"])) == (2, 1)


def test_saving_one_field_later_in_a_change_loses_nothing_of_it():
    act, sector = make_agreement(state="review", title_en="Before"), make_sector()

    with one_change("typed"):
        act.title_en = "After"
        act.save()
        act.sectors.add(sector)
        act.state, act._change_reason = "published", "Publish"  # noqa: SLF001 # documented API
        act.save(update_fields=["state"])
        act.save()

    state, version = last_states(Agreement, [act.pk])[act.pk], versions(act)[-1]
    assert (state["title_en"], state["state"], state["sectors"]) == (
        "After",
        "published",
        (sector.pk,),
    )
    assert version.history_change_reason == "typed · Publish"


def test_what_is_named_from_the_other_side_is_a_change_of_the_record_that_holds_it():
    act, sector = make_agreement(), make_sector()

    sector.agreements.add(act)

    assert last_states(Agreement, [act.pk])[act.pk]["sectors"] == (sector.pk,)


def test_derived_columns_and_moments_are_not_kept():
    names = {field.name for field in versions_of(Agreement)._meta.fields}  # noqa: SLF001 # documented API

    assert names.isdisjoint({"signed_earliest", "signed_latest", "term_end", "folded", "changed"})
    assert {field.name for field in own_fields(Agreement)} <= names


def test_a_load_writes_no_versions_and_the_first_change_keeps_what_was_loaded(atlas):
    act = Agreement.objects.first()
    sectors = tuple(sorted(act.sectors.values_list("pk", flat=True)))
    assert versions(act) == []

    act.title_en = "Typed at the desk"
    act.save()

    found, made = versions(act)
    assert (found.as_found, made.as_found) == (True, False)
    assert found.title_en != "Typed at the desk"
    assert last_states(Agreement, [act.pk])[act.pk]["sectors"] == sectors


def test_what_another_way_has_changed_is_not_put_down_to_the_next_editor():
    source = make_source(title="First")
    Source.objects.filter(pk=source.pk).update(title="Written by a load")
    source.refresh_from_db()

    source.publisher = "Comune"
    source.save()

    assert [(v.title, v.as_found) for v in versions(source)] == [
        ("First", False),
        ("Written by a load", True),
        ("Written by a load", False),
    ]


def test_what_is_deleted_leaves_its_last_version_with_all_that_it_named():
    event = make_event(sectors=(make_sector(),))
    key, sectors = event.pk, event.sectors.count()

    event.delete()

    last = versions_of(Event).objects.filter(id=key).latest()
    assert (last.history_type, last.sectors.count(), sectors) == (DELETED, 1, 1)


def test_the_moment_of_an_agreement_moves_with_each_of_its_parts():
    act = make_agreement()
    party = act.parties.first()
    moments = [act.changed]

    def note():
        moments.append(Agreement.objects.values_list("changed", flat=True).get(pk=act.pk))

    party.name_en = "The city"
    party.save()
    note()
    person = Signatory.objects.create(party=party, name="Maria Rossi")
    note()
    citation = make_citation(agreement=act, field="kind", stated="gemellaggio")
    note()
    citation.delete()
    note()
    person.delete()
    note()
    Party.objects.get(pk=party.pk).delete()
    note()

    assert moments == sorted(set(moments))


def test_the_moment_stays_where_a_part_is_saved_without_a_change():
    act = make_agreement()
    citation = act.citations.first()
    before = Agreement.objects.get(pk=act.pk).changed

    citation.save()

    assert Agreement.objects.get(pk=act.pk).changed == before


def test_the_public_is_told_which_facts_changed_once_for_a_change():
    act = make_agreement()
    PublicChange.objects.all().delete()

    with one_change():
        act.signed, act.title_it, act.clair_heads = "2005", "Altro titolo", "yes"
        act.save()
        act.parties.first().delete()
        make_citation(agreement=act, field="kind", stated="gemellaggio")

    assert told(agreement=act) == [("", ["clair", "parties", "signed", "sources", "title"])]


def test_the_public_is_told_nothing_of_a_draft():
    act = make_agreement(state="draft")
    act.signed = "1999"
    act.save()
    make_citation(agreement=act, field="kind", stated="gemellaggio")

    assert told(agreement=act) == []


def test_a_published_record_that_is_deleted_leaves_nothing_behind():
    act = make_agreement()
    key = act.pk

    act.delete()

    assert not PublicChange.objects.filter(agreement=key).exists()


def test_a_load_tells_once_of_each_record_and_nothing_when_it_changes_nothing(atlas):
    acts, events = Agreement.objects.published().count(), Event.objects.published().count()
    before = list(PublicChange.objects.values_list("step", flat=True))

    call_command("load_atlas", PRESS_RELEASES, verbosity=0)

    assert before == ["added"] * (acts + events)
    assert PublicChange.objects.count() == len(before)


def test_a_load_tells_what_it_changed(atlas, tmp_path):
    for file in PRESS_RELEASES.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    act = Agreement.objects.published().exclude(signed="").first()
    path = tmp_path / "06_agreements.yaml"
    text = path.read_text(encoding="utf-8")
    place = text.index(f"slug: {act.slug}\n")
    text = text[:place] + text[place:].replace(f"signed: '{act.signed}'", "signed: '1999'", 1)
    path.write_text(text, encoding="utf-8")
    PublicChange.objects.all().delete()

    call_command("load_atlas", tmp_path, verbosity=0)

    assert told(agreement=act) == [("", ["signed"])]
    assert PublicChange.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_public_before_the_log_is_told_when_it_came_and_when_it_last_changed():
    act, event = make_agreement(), make_event()
    make_agreement(state="draft")
    Event.objects.filter(pk=event.pk).update(changed=event.added)

    call_command("migrate", "relations", "0006", verbosity=0)
    call_command("migrate", "relations", verbosity=0)

    act.refresh_from_db()
    assert list(
        PublicChange.objects.order_by("pk").values_list("agreement", "event", "step", "moment")
    ) == [
        (act.pk, None, "added", act.added),
        (act.pk, None, "", act.changed),
        (None, event.pk, "added", event.added),
    ]
