"""What was read is compared value by value with what a label tells."""

import pytest

from bench.counting import Outcome, compare, invented, suggestions
from relations.enums import (
    AgreementKind,
    Country,
    EventKind,
    Institution,
    Language,
    PlaceKind,
    Renewal,
)
from relations.press.readings import (
    ActReading,
    Body,
    EventReading,
    Named,
    Person,
    Reading,
    SourceReading,
    Span,
    Stage,
    Suggestion,
)

TEXT = (
    "Siena, 2 maggio 2024. La sindaca Ada Neri e il sindaco 田中 昭 di Hagi firmano un memorandum."
)
SIENA = Named("IT-052032", Country.ITALY, PlaceKind.MUNICIPALITY, "Siena")
HAGI = Named("JP-35204", Country.JAPAN, PlaceKind.MUNICIPALITY, "Hagi")
LABEL = {
    "language": "it",
    "source": {"publisher": "Comune di Siena", "published": "2024-05-02"},
    "places": ["IT-052032", "JP-35204"],
    "near_misses": [],
    "act": {
        "kind": "memorandum",
        "stage": "signed",
        "signed": "2024-05-02",
        "signed_at": "IT-052032",
        "bodies": [
            {"place": "IT-052032", "institution": "local_government"},
            {"place": "JP-35204", "institution": "local_government"},
        ],
        "signatories": [
            {"name": "Ada Neri", "country": "IT"},
            {"name": "田中 昭", "country": "JP"},
        ],
        "term_months": 36,
        "renewal": "automatic",
        "sectors": ["culture", "tourism"],
    },
    "further_acts": [{"kind": "twinning", "signed": "2004", "places": ["IT-052032", "JP-35204"]}],
    "events": [{"kind": "donation", "start": "2020"}],
}


def said(value, words="Siena"):
    """A suggestion whose evidence are these words of the text."""
    start = TEXT.index(words)
    return Suggestion(value, (Span(start, start + len(words)),), 0.9, "It stands there.")


def body(place, institution=Institution.LOCAL_GOVERNMENT):
    return said(Body(place, institution))


def person(name, country):
    return said(Person(name, "sindaco", country))


def act(**over):
    whole = {
        "kind": said(AgreementKind.MEMORANDUM),
        "stage": said(Stage.SIGNED),
        "signed": said("2024-05-02"),
        "signed_at": said(SIENA),
        "bodies": (body(SIENA), body(HAGI)),
        "signatories": (person("Ada Neri", Country.ITALY), person("田中昭", Country.JAPAN)),
        "term_months": said(36),
        "renewal": said(Renewal.AUTOMATIC),
        "sectors": (said("culture"), said("tourism")),
    }
    return ActReading(**{**whole, **over})


EARLIER = ActReading(
    kind=said(AgreementKind.TWINNING), signed=said("2004~"), bodies=(body(HAGI), body(SIENA))
)


def reading(**over):
    whole = {
        "text": TEXT,
        "language": Language.ITALIAN,
        "source": SourceReading(publisher=said("COMUNE DI SIENA"), published=said("2024-05-02")),
        "places": (said(SIENA), said(HAGI, "Hagi")),
        "acts": (act(), EARLIER),
        "events": (EventReading(said(EventKind.DONATION), said("2020~")),),
    }
    return Reading(**{**whole, **over})


def test_a_perfect_reading_has_hits_alone():
    outcomes = compare(reading(), LABEL)

    assert {name for name, one in outcomes.items() if one.extras or one.misses} == set()
    assert {name for name, one in outcomes.items() if not one.hits} == {"near_misses"}


@pytest.mark.parametrize(
    ("field", "over", "extras", "misses"),
    [
        ("kind", {"kind": said(AgreementKind.TWINNING)}, ("twinning",), ("memorandum",)),
        ("stage", {"stage": None}, (None,), ("signed",)),
        ("signed", {"signed": said("2024-05")}, ("2024-05",), ("2024-05-02",)),
        ("signed", {"signed": said("2024-05-02?")}, (), ()),
        ("signed_at", {"signed_at": None}, (), ("IT-052032",)),
        ("term", {"term_months": said(24)}, (24,), (36,)),
        ("renewal", {"renewal": said(Renewal.UNKNOWN)}, (), ("automatic",)),
        ("sectors", {"sectors": (said("culture"), said("arts"))}, ("arts",), ("tourism",)),
        (
            "signatories",
            {"signatories": (person("ADA NERI", Country.ITALY), person("田中昭", None))},
            (("田中昭", None),),
            (("田中昭", "JP"),),
        ),
        (
            "bodies",
            {"bodies": (body(SIENA, Institution.UNIVERSITY), body(HAGI))},
            (("IT-052032", "university"),),
            (("IT-052032", "local_government"),),
        ),
    ],
)
def test_what_differs_is_missed_or_extra(field, over, extras, misses):
    outcome = compare(reading(acts=(act(**over), EARLIER)), LABEL)[field]

    assert (outcome.extras, outcome.misses) == (extras, misses)


def test_a_place_read_twice_is_told_once():
    outcome = compare(reading(places=(said(SIENA), said(SIENA))), LABEL)["places"]

    assert outcome == Outcome(("IT-052032",), ("IT-052032",), ("JP-35204",))
    assert (outcome.precision, outcome.recall, outcome.f1) == (0.5, 0.5, 0.5)


def test_no_act_is_right_where_none_is_told():
    label = {**LABEL, "act": None, "further_acts": []}

    assert compare(reading(acts=()), label)["kind"] == Outcome(hits=(None,))
    assert compare(reading(), label)["kind"] == Outcome(extras=("memorandum",), misses=(None,))
    assert compare(reading(), label)["sectors"].extras == ("culture", "tourism")


def test_nothing_told_and_nothing_read_has_no_figure():
    assert (Outcome().precision, Outcome().recall, Outcome().f1) == (None, None, None)


def test_outcomes_add_up():
    together = Outcome(hits=(1,), misses=(2,)) + Outcome(extras=(3,))

    assert together == Outcome((1,), (3,), (2,))
    assert together.f1 == 0.5


@pytest.mark.parametrize(
    "evidence",
    [(), (Span(-1, 4),), (Span(0, 5), Span(6, 6)), (Span(0, 1000),), (Span(6, 7),)],
    ids=["none", "before", "empty", "beyond", "a space"],
)
def test_a_suggestion_without_evidence_is_invented(evidence):
    made_up = Suggestion("culture", evidence, 0.9, "")

    found = invented(reading(acts=(act(sectors=(made_up,)),)), TEXT)

    assert found == [("acts 1 sectors 1", made_up)]


def test_evidence_must_lie_in_the_release_itself():
    assert invented(reading(), TEXT) == []
    assert invented(reading(), TEXT.replace("’", "'").upper()) == []
    assert {path for path, _ in invented(reading(), TEXT.replace("Hagi", "Nara"))} == {"places 2"}


def test_every_suggestion_is_found():
    paths = [path for path, _ in suggestions(reading())]

    assert paths[:4] == ["source publisher", "source published", "places 1", "places 2"]
    assert paths[-2:] == ["events 1 kind", "events 1 start"]
    assert len(paths) == 2 + 2 + 12 + 4 + 2
