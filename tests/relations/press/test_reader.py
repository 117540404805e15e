"""Whole releases, in the manners of those who write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.enums import AgreementKind, EventKind, Institution, Language, Renewal
from relations.press.reader import LONGEST
from relations.press.readings import Reading, Stage, Suggestion

_MEMORANDUM = """(AGENZIA) – Wed 24 September 2025
La Spezia e Izumisano: firmato l’accordo di amicizia
La Spezia, 23 settembre 205 – Il sindaco della Spezia, Mario Rossi, e il sindaco di Izumisano, Ken Tanaka, hanno \
firmato un Memorandum di Intesa, alla presenza del console Paolo Bianchi.
“Oggi firmiamo con orgoglio il gemellaggio tra le due città, un accordo che guarda lontano”, ha detto il sindaco.
La firma è avvenuta nella città di Izumisano. I settori sono la cultura, il turismo e lo sport.
Il Memorandum ha una durata di tre anni e si rinnoverà automaticamente, salvo disdetta.
Nel 2019 una delegazione di Izumisano aveva visitato Bologna. La città conta 92.000 abitanti ed è gemellata con Tolone.
"""
_JAPANESE = """泉佐野市
泉佐野市とイタリア・ラヴェンナ市が姉妹都市提携を締結
令和7年9月24日、ラヴェンナ市で調印式が行われ、田中健市長とラヴェンナ市のマリオ・ロッシ市長が署名しました。
協定の有効期間は5年間で、自動的に更新されます。
"""


@pytest.fixture(scope="module")
def memorandum(reader):
    return reader.read(_MEMORANDUM)


def test_the_formal_document_outdoes_title_and_speech(memorandum):
    assert memorandum.acts[0].kind.value == AgreementKind.MEMORANDUM


def test_the_act_is_read_whole(memorandum):
    act = memorandum.acts[0]

    assert act.stage.value == Stage.SIGNED
    assert act.signed.value == "2025-09-23"
    assert act.signed_at.value.key == "JP-27213"
    assert [body.value.place.key for body in act.bodies] == ["IT-011015", "JP-27213"]
    assert (act.term_months.value, act.renewal.value) == (36, Renewal.AUTOMATIC)
    assert {sector.value for sector in act.sectors} == {"culture", "tourism", "sport"}


def test_only_those_who_sign_are_signatories(memorandum):
    signed = [
        (person.value.name, person.value.country) for person in memorandum.acts[0].signatories
    ]

    assert signed == [("Mario Rossi", "IT"), ("Ken Tanaka", "JP")]


def test_the_release_is_dated_by_its_dispatch(memorandum):
    assert memorandum.source.published.value == "2025-09-24"


def test_events_are_told_apart_from_the_act(memorandum):
    event = memorandum.events[0]

    assert (event.kind.value, event.start.value) == (EventKind.DELEGATION, "2019")
    assert len(memorandum.events) == 1


def test_a_japanese_release_is_read(reader):
    reading = reader.read(_JAPANESE)
    act = reading.acts[0]

    assert reading.language == Language.JAPANESE
    assert (act.kind.value, act.signed.value) == (AgreementKind.TWINNING, "2025-09-24")
    assert [person.value.name for person in act.signatories] == ["田中健", "マリオ・ロッシ"]
    assert (act.term_months.value, act.renewal.value) == (60, Renewal.AUTOMATIC)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Bologna e Izumisano hanno firmato il patto di amicizia.", Stage.SIGNED),
        ("Bologna e Izumisano hanno rinnovato il patto di amicizia.", Stage.RENEWED),
        ("Sarà firmato il 4 ottobre il patto di amicizia tra Bologna e Izumisano.", Stage.PLANNED),
        ("Il consiglio ha approvato il gemellaggio tra Bologna e Izumisano.", Stage.PLANNED),
        ("Si lavora a un possibile gemellaggio tra Bologna e Izumisano.", Stage.HOPED_FOR),
        ("Bologna and Izumisano signed a friendship agreement.", Stage.SIGNED),
        ("Bologna and Izumisano will sign a friendship agreement.", Stage.PLANNED),
    ],
)
def test_stages(reader, text, stage):
    assert reader.read(text).acts[0].stage.value == stage


@pytest.mark.parametrize(
    ("text", "institution"),
    [
        ("La Camera di Commercio di Bologna e quella di Izumisano hanno siglato un protocollo d'intesa.", Institution.CHAMBER_OF_COMMERCE),
        ("L'Università di Bologna e il Comune di Izumisano hanno siglato un protocollo d'intesa.", Institution.UNIVERSITY),
        ("Il Comune di Bologna e il Comune di Izumisano hanno siglato un protocollo d'intesa.", Institution.LOCAL_GOVERNMENT),
    ],
)  # fmt: skip
def test_a_city_is_not_its_chamber(reader, text, institution):
    assert reader.read(text).acts[0].bodies[0].value.institution == institution


def test_an_anniversary_implies_a_year(reader):
    text = "Bologna, 3 maggio 2025 – Bologna e Izumisano festeggiano vent'anni di gemellaggio."

    signed = reader.read(text).acts[0].signed

    assert (signed.value, signed.implied) == ("2005", True)


def test_a_list_gives_an_act_for_each_pair(reader):
    text = "I gemellaggi: Bologna con Izumisano e Kanazawa, Faenza con Shirakawa, in Giappone."

    pairs = [[body.value.place.name for body in act.bodies] for act in reader.read(text).acts]

    assert ["Bologna", "Kanazawa"] in pairs
    assert ["Faenza", "Shirakawa"] in pairs


def test_near_misses_are_offered_apart(reader):
    reading = reader.read("Un patto di amicizia tra Faenza e Kanzawa, in Giappone.")

    assert [place.value.key for place in reading.near_misses] == ["JP-17201"]
    assert "JP-17201" not in {place.value.key for place in reading.places}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Il tempo di domani: sole.",
        "Firmato il gemellaggio tra Bologna e Tolone, in Francia.",
        "Nessun accordo è stato firmato tra Bologna e Izumisano.",
    ],
)
def test_what_tells_no_act_gives_none(reader, text):
    reading = reader.read(text)

    assert reading.acts == ()
    assert reading.remarks


def test_received_stands_in_for_a_missing_date(reader):
    text = "Bologna e Izumisano hanno firmato oggi il patto di amicizia."

    assert reader.read(text).acts[0].signed is None
    assert reader.read(text, received=date(2025, 9, 24)).acts[0].signed.value == "2025-09-24"


def test_what_lies_behind_the_longest_release_is_not_read(reader):
    reading = reader.read("Bologna. " * LONGEST)

    assert len(reading.text) <= LONGEST
    assert any(str(LONGEST) in remark for remark in reading.remarks)


_PIECES = st.sampled_from(
    ["Bologna", "Izumisano", "泉佐野市", "ラヴェンナ市", "hanno firmato", "il sindaco ", "“", "»", "il 3 maggio ", "2025", "\n", ". ", " e ", "gemellaggio", "田中市長が署名", "\u202e", "\x00", "’"]
)  # fmt: skip


@given(st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=40).map("".join))
def test_whatever_is_read_has_its_evidence_in_the_text(reader, text):
    reading = reader.read(text, received=date(2025, 9, 24))

    assert reading == reader.read(text, received=date(2025, 9, 24))
    for suggestion in _suggestions(reading):
        assert suggestion.evidence
        assert 0 < suggestion.confidence <= 1
        assert suggestion.reason
        for span in suggestion.evidence:
            assert 0 <= span.start < span.end <= len(reading.text)


def _suggestions(part: object) -> list[Suggestion]:
    """All suggestions of a reading, wherever they are."""
    if isinstance(part, Suggestion):
        return [part]
    if isinstance(part, tuple):
        return [found for item in part for found in _suggestions(item)]
    names = getattr(part, "__slots__", ()) if not isinstance(part, str) else ()
    return [found for name in names for found in _suggestions(getattr(part, name))]


def test_all_suggestions_are_looked_at(memorandum):
    assert isinstance(memorandum, Reading)
    assert len(_suggestions(memorandum)) > 15


def test_who_was_there_without_signing_is_no_signatory(reader):
    text = (
        "Bologna e Izumisano hanno firmato un patto di amicizia con il sindaco Mario Rossi; "
        "il vicesindaco Paolo Verdi, che non ha firmato, e il sindaco Ken Tanaka."
    )

    signed = [person.value.name for person in reader.read(text).acts[0].signatories]

    assert signed == ["Mario Rossi", "Ken Tanaka"]


def test_an_older_act_is_told_behind_the_present_one(reader):
    text = (
        "Bologna, 24 settembre 2025 – Bologna ha firmato nel 2009 un patto di amicizia con Kanazawa. "
        "Ieri Faenza e Izumisano hanno firmato un protocollo d'intesa."
    )

    acts = reader.read(text).acts

    assert (acts[0].kind.value, acts[0].signed.value) == (AgreementKind.PROTOCOL, "2025-09-23")
    assert (acts[1].kind.value, acts[1].signed.value) == (AgreementKind.FRIENDSHIP_PACT, "2009")
